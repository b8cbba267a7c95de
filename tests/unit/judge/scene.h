// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

#include <functional>

namespace quorate::test {

/// One cluster of `size` endpoints ("http://node-1:80" …) and the time, for telling stories to the judge.
class Scene {
public:
    explicit Scene(int size, JudgeMode mode = JudgeMode::OneShot, const std::function<void(ClusterSpec &)> &change = {});

    Fleet fleet;
    Time now;
    QList<Event> events; ///< all so far

    [[nodiscard]] ClusterSpec spec() const { return fleet.clusters.first().spec; }
    [[nodiscard]] EndpointUrl url(int number) const { return fleet.clusters.first().endpoints.at(number - 1).url; }

    /// The only request of a poll of endpoint `number` (from 1), at `now`.
    [[nodiscard]] Observation reply(int number, const Facts &facts) const;
    [[nodiscard]] Observation failure(int number, Reach reach, const QString &error = {}) const;

    void tell(const Input &input);
    void answer(int number, const Facts &facts) { tell(reply(number, facts)); }
    void fail(int number, Reach reach, const QString &error = {}) { tell(failure(number, reach, error)); }
    /// Ticks once a second.
    void pass(Milliseconds time);
    void jump(Milliseconds time) { now = now + time; }

    [[nodiscard]] ClusterStatus status() const;
    /// "code subject severity/cluster-severity", notes and folded ones included, sorted as in the status.
    [[nodiscard]] QStringList reasons() const;
    /// The codes that count.
    [[nodiscard]] QStringList codes() const;
    [[nodiscard]] QList<Event> eventsOf(EventKind kind) const;
};

/// Nothing wrong: one healthy component.
[[nodiscard]] Facts healthy();
[[nodiscard]] ComponentFact component(const QString &name, ComponentState state, const QString &message = {});
[[nodiscard]] Facts with(const ComponentFact &component);
/// An overall word and what it means.
[[nodiscard]] Facts says(const QString &word, ComponentState state);
[[nodiscard]] const Reason *find(const ClusterStatus &status, ReasonCode code, const QString &subject = {});

} // namespace quorate::test
