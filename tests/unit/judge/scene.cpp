// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/scene.h"

namespace quorate::test {
using namespace Qt::StringLiterals;

Scene::Scene(int size, JudgeMode mode, const std::function<void(ClusterSpec &)> &change)
{
    fleet.mode = mode;
    now = {Instant(Milliseconds(1'800'000'000'000)), Milliseconds(1'000'000), Milliseconds(2'000'000)};
    ClusterSpec spec;
    spec.name = ClusterName(u"cluster"_s);
    spec.system = u"system"_s;
    for (int i = 1; i <= size; ++i)
        spec.endpoints.append(EndpointUrl(u"http://node-%1:80"_s.arg(i)));
    if (change)
        change(spec);
    tell(FleetSpec{spec});
}

Observation Scene::reply(int number, const Facts &facts) const
{
    Observation observation;
    observation.cluster = fleet.clusters.first().spec.name;
    observation.endpoint = url(number);
    observation.request = u"status"_s;
    observation.path = u"/status"_s;
    observation.primary = true;
    observation.endpointDone = true;
    observation.at = now;
    observation.latencySeconds = 0.003;
    observation.reach = Reach::Answered;
    observation.http = 200;
    observation.facts = facts;
    return observation;
}

Observation Scene::failure(int number, Reach reach, const QString &error) const
{
    Observation observation = reply(number, {});
    observation.reach = reach;
    observation.error = error;
    observation.http = 0;
    return observation;
}

void Scene::tell(const Input &input) { events += step(fleet, input, now); }

void Scene::pass(Milliseconds time)
{
    const Time end = now + time;
    while (now.boot < end.boot) {
        now = now + std::min(Milliseconds(1000), end.boot - now.boot);
        tell(Tick{});
    }
}

ClusterStatus Scene::status() const { return judged(fleet.clusters.first(), fleet.mode, now); }

QStringList Scene::reasons() const
{
    QStringList list;
    const ClusterStatus judged = status();
    for (const Reason &reason : judged.reasons)
        list.append(u"%1 %2 %3/%4"_s.arg(name(reason.code), reason.subject, name(reason.severity), name(reason.clusterSeverity)));
    return list;
}

QStringList Scene::codes() const
{
    QStringList list;
    const ClusterStatus judged = status();
    for (const Reason &reason : judged.reasons) {
        if (!reason.foldedUnder && reason.clusterSeverity != Severity::Ok)
            list.append(name(reason.code));
    }
    return list;
}

QList<Event> Scene::eventsOf(EventKind kind) const
{
    QList<Event> list;
    std::copy_if(events.cbegin(), events.cend(), std::back_inserter(list), [&](const Event &event) { return event.kind == kind; });
    return list;
}

Facts healthy() { return with(component(u"storage"_s, ComponentState::Healthy)); }

ComponentFact component(const QString &name, ComponentState state, const QString &message)
{
    ComponentFact fact;
    fact.name = name;
    fact.state = state;
    fact.message = message;
    return fact;
}

Facts with(const ComponentFact &component)
{
    Facts facts;
    facts.components = QList<ComponentFact>{component};
    return facts;
}

Facts says(const QString &word, ComponentState state)
{
    Facts facts;
    facts.reported = word;
    facts.reportedState = state;
    return facts;
}

const Reason *find(const ClusterStatus &status, ReasonCode code, const QString &subject)
{
    for (const Reason &reason : status.reasons) {
        if (reason.code == code && (subject.isEmpty() || reason.subject == subject))
            return &reason;
    }
    return nullptr;
}

} // namespace quorate::test
