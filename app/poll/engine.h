// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "app/poll/network_evidence.h"
#include "models/judge/fleet.h"
#include "models/status/status.h"
#include "models/systems/system.h"

#include <QObject>

#include <functional>
#include <memory>

namespace quorate {

/// The last reply of one request of one endpoint, asked for by the raw-reply page and `doctor --save-replies`. Without secrets.
struct StoredReply {
    ClusterName cluster;
    EndpointUrl endpoint;
    Request request;
    Reply reply;
    Reach reach = Reach::NotPolled; ///< as refined by the decoder
    QString error;
};

struct EngineOptions {
    JudgeMode mode = JudgeMode::OverTime;
    std::function<Time()> clock = currentTime; ///< replaced by tests
    Milliseconds flushEvery{100}; ///< at most ten updates a second
    /// Of this machine's network; replaced by tests. Runs in a pool and may block.
    EvidenceSource networkEvidence = quorate::networkEvidence;
    std::function<bool(const QString &)> lookup = {}; ///< name → has an address; replaced by tests. Runs in a pool and may block
    QString stateFile = {}; ///< where the memory is kept: written when it changed, at most once a minute, and by stop(). Empty: nowhere
};

/// Schedule, fetcher and step in one place. Owns the Fleet. Runs in any thread with an event loop and does not know which: a thread of its
/// own beside the window, inline for the command line and the tests. Every signal carries values and may be queued.
class Engine final : public QObject {
    Q_OBJECT
public:
    explicit Engine(EngineOptions options = {}, QObject *parent = nullptr);
    ~Engine() override;

    /// Everything below may be called through a queued invocation.
    void setMemory(const Memory &memory); ///< before setConfig
    void setConfig(const Config &config); ///< keeps the state of clusters that did not change
    void setNotices(const QList<Notice> &notices); ///< shown with every update
    void start(); ///< begins polling over time
    void stop(); ///< timers off, requests aborted without a word, memory kept; < 50 ms
    void pollNow(const ClusterName &cluster); ///< an empty name: all
    void runOnce(); ///< one round of every cluster that is not paused, then roundFinished()
    void wake(); ///< after sleep: drops connections, polls everything; noticed by itself too
    void apply(const Intent &intent);
    void taken(); ///< the receiver has applied the last update: the next may come
    void requestReplies(const ClusterName &cluster); ///< answered by repliesReady()

    [[nodiscard]] FleetStatus status() const; ///< judged now; for the same thread only
    [[nodiscard]] Memory memory() const;
    [[nodiscard]] QList<StoredReply> replies(const ClusterName &cluster) const;
    /// Its poll in the newest round is over: one endpoint's, or the whole cluster's.
    [[nodiscard]] bool isPolled(const ClusterName &cluster, const std::optional<EndpointUrl> &endpoint = {}) const;

Q_SIGNALS:
    void updated(const quorate::FleetUpdate &update);
    void happened(const QList<quorate::Event> &events);
    void roundFinished();
    void repliesReady(const quorate::ClusterName &cluster, const QList<quorate::StoredReply> &replies);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace quorate

Q_DECLARE_METATYPE(quorate::StoredReply)
