// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/fetch.h"
#include "app/poll/flood_watch.h"
#include "app/poll/resolver.h"

#include <QHash>
#include <QObject>
#include <QQueue>
#include <QTimer>

#include <unordered_map>

namespace quorate {

using FetchId = quint64;

/// GETs by QNetworkAccessManager with a total deadline, a body cap and no surprises: nothing is followed, unpacked or kept. At most four
/// requests are under way an origin, the rest waits here with its deadline not started. See Transports for what is shared, and FloodWatch
/// for servers that never end.
class Fetcher final : public QObject {
    Q_OBJECT
public:
    using Done = Fetch::Done;
    explicit Fetcher(NameLookup lookup = lookUpName, QObject *parent = nullptr);
    ~Fetcher() override;

    /// `done` is called once, from the event loop; never after cancel() or stop().
    FetchId fetch(FetchOrder order, Done done);
    void cancel(FetchId id);
    /// Drops the connections of every origin and TLS identity that these clusters do not use.
    void retain(const QList<ClusterConfig> &inUse);
    /// Cancels everything without a word and drops every connection: after sleep they are dead, and each would cost a deadline.
    void dropConnections();
    /// The same. Threads end by the event loop afterwards, or with the fetcher, or with the process: they are not waited for here.
    void stop() { dropConnections(); }

    static constexpr int mostInFlight = 4; ///< an origin; QNetworkAccessManager's own limit of 6 would let deadlines run while queued

private:
    struct Job {
        FetchOrder order;
        Done done;
        QString origin;
        bool begun = false; ///< has left the queue
        Fetch *fetch = nullptr;
    };
    struct Origin {
        int inFlight = 0;
        QQueue<FetchId> queue;
    };
    void pumpAsked();
    void pump(const QString &origin);
    void begin(FetchId id, Job &job);
    void ended(FetchId id, const Reply &reply);
    void lookForFloods();
    void endFlooded(const QSet<Peer> &peers);

    Resolver m_resolver;
    Transports m_transports;
    FetchId m_lastId = 0;
    std::unordered_map<FetchId, Job> m_jobs;
    QHash<QString, Origin> m_origins;
    QStringList m_asked; ///< origins of new requests
    FloodWatch m_floods;
    QTimer m_looks;
};

} // namespace quorate
