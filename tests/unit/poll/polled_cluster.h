// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/demo/stub_server.h"
#include "app/poll/cluster_poller.h"
#include "models/judge/fleet.h"

#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace quorate::test {

/// A cluster of servers on loopback that is polled round by round and judged, by a clock that the test turns.
class PolledCluster {
public:
    struct Server {
        std::unique_ptr<StubServer> stub;
        QByteArray accepted = "good-token"; ///< the token; empty: any
        std::function<std::optional<StubAnswer>(const StubRequest &)> instead; ///< of the healthy answer
        [[nodiscard]] QByteArrayList tokens() const; ///< sent so far, in order; "none" where there was none
        [[nodiscard]] qsizetype asked() const { return stub->seen().size(); }
    };

    PolledCluster(const QString &system, int servers, SecretLimits limits = {});

    /// The token as its file holds it.
    void writeToken(const QByteArray &token);
    void removeToken();
    void useCommand(); ///< that prints that file
    void useNoToken();
    /// Polls everything, or one server; ends when nothing is under way. The clock stands still meanwhile.
    void round(std::optional<int> only = {});
    /// Looks at the token until another is found; false when none is.
    [[nodiscard]] bool seesAnotherToken();
    /// Rounds at the interval, with a tick each second between them.
    void rounds(int count);
    void pass(Milliseconds time);
    /// Of all servers since the last call.
    qsizetype newlyAsked();

    [[nodiscard]] ClusterStatus status() const { return judged(fleet.clusters.first(), fleet.mode, now); }
    [[nodiscard]] const Reason *reason(ReasonCode code);
    [[nodiscard]] Server &server(int number) { return servers.at(size_t(number)); }
    [[nodiscard]] EndpointUrl url(int number) const { return fleet.clusters.first().endpoints.at(number).url; }

    Time now;
    std::vector<Server> servers;
    ClusterConfig config;
    Fleet fleet;
    QList<Event> events;
    QList<Observation> observations;
    int tokenChanges = 0;
    std::unique_ptr<ClusterPoller> poller;

private:
    void makePoller();
    StubAnswer answer(const Server &server, const StubRequest &request) const;

    QTemporaryDir m_folder;
    std::function<Time()> m_clock = [this] { return now; };
    Fetcher m_fetcher;
    SecretStore m_secrets;
    ClusterStatus m_status;
    qsizetype m_asked = 0;
};

} // namespace quorate::test
