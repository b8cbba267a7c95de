// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/cluster_poller.h"
#include "app/poll/engine.h"
#include "app/poll/evidence_asker.h"
#include "app/poll/schedule.h"

#include <QDateTime>
#include <QSet>
#include <QTimer>

#include <map>

namespace quorate {

/// The engine's parts: children of the engine, so that they move to its thread with it.
struct Engine::Private {
    Private(EngineOptions chosen, Engine &engine);

    [[nodiscard]] Time now() const { return options.clock(); }
    [[nodiscard]] ClusterPoller *pollerOf(const ClusterName &cluster) const;
    void configure(const Config &config);
    void schedulePolls();
    void pollDue();
    void pollNow(const ClusterName &cluster);
    void runOnce();
    void endRoundIfOver();
    void take(const Input &input);
    void touch(const ClusterName &cluster);
    void tick();
    void wake();
    void followMachine();
    void flushSoon();
    void flush();
    void keepMemory(bool atOnce);
    void stop();

    EngineOptions options;
    Engine &q;
    Fetcher fetcher;
    SecretStore secrets;
    EvidenceAsker evidence;
    std::optional<Milliseconds> evidenceAsked; ///< monotonic clock
    std::optional<ReferenceAddress> reference;
    Schedule schedule;
    Fleet fleet;
    std::map<ClusterName, ClusterPoller *> pollers;
    QList<Notice> notices;
    QList<Notice> machineNotes; ///< as they were last sent
    QSet<ClusterName> unseen; ///< as they were last sent
    QTimer polls; ///< the next cluster that is due
    QTimer ticks; ///< every second: what changes without an observation
    QTimer flushes; ///< the next update
    Time lastTick;
    Time lastFlush;
    QSet<ClusterName> dirty;
    QList<Instant> parsed;
    int sent = 0;
    bool updateDue = false; ///< something besides a cluster changed
    bool awaitingTaken = false; ///< an update is under way to its receiver
    bool running = false;
    bool roundAsked = false; ///< runOnce() waits for its end
    Memory kept; ///< as in the state file
    Milliseconds keptAt{}; ///< monotonic clock
    QDateTime stateModified; ///< of the state file, as it was last read or written

private:
    void addPoller(const ClusterConfig &config);
    void lookAtTokens();
    void pollWithNewToken(const ClusterName &cluster);
    void observed(const Observation &observation);
    void askEvidence();
    void gathered(const NetworkEvidence &newest);
    void pollWanted();
    [[nodiscard]] QList<QHostAddress> addressesOutThere() const;
    void pollAgainSoon(const ClusterName &cluster, const EndpointUrl &endpoint);
    void remember(const ClusterName &cluster, const EndpointUrl &endpoint, const QString &what);
    [[nodiscard]] bool isPaused(const ClusterName &cluster);
};

} // namespace quorate
