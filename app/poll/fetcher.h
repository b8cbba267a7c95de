// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/fetch.h"
#include "app/poll/resolver.h"

#include <QHash>
#include <QNetworkProxy>
#include <QObject>
#include <QProcessEnvironment>
#include <QQueue>

#include <memory>
#include <unordered_map>

namespace quorate {

using FetchId = quint64;

/// GETs with a total deadline, caps on head and body, and no surprises: nothing is followed, unpacked, kept or sent twice to another. At
/// most four requests are under way an origin, the rest waits here with its deadline not started. A connection belongs to one TLS identity.
///
/// Own HTTP, and not QNetworkAccessManager, which in Qt 6.4 reads headers without an end: one server that sends them for ever keeps its
/// only thread busy for good, past any abort(), and every other plain request of the process with it. Its connection cache also mixes
/// identities.
class Fetcher final : public QObject {
    Q_OBJECT
public:
    using Done = Fetch::Done;
    explicit Fetcher(NameLookup lookup = lookUpName, QObject *parent = nullptr);
    ~Fetcher() override;

    /// `done` is called once, from the event loop; never after cancel() or stop().
    FetchId fetch(FetchOrder order, Done done);
    void cancel(FetchId id);
    /// Drops the connections of every TLS identity that is not in use any more.
    void retain(const QList<TlsSettings> &inUse);
    /// Cancels everything without a word and drops every connection: after sleep they are dead, and each would cost a deadline.
    void dropConnections();
    void stop() { dropConnections(); }

    static constexpr int mostInFlight = 4; ///< an origin

private:
    /// Connections of one TLS identity.
    struct Identity {
        bool secure = false; ///< speaks TLS, with these settings
        TlsSettings settings;
        std::optional<QSslConfiguration> tls; ///< absent: plain
        QString error; ///< a TLS file that cannot be used; nothing is sent then
        QHash<QString, std::shared_ptr<ConnectionPool>> pools; ///< by origin
    };
    struct Job {
        FetchOrder order;
        Done done;
        QString origin;
        std::shared_ptr<Identity> identity; ///< once it has left the queue
        Fetch *fetch = nullptr;
    };
    struct Origin {
        int inFlight = 0;
        QQueue<FetchId> queue;
    };

    void pump(const QString &origin);
    void begin(FetchId id, Job &job);
    void ended(FetchId id, const Reply &reply);
    std::shared_ptr<Identity> identityFor(const FetchOrder &order);
    FetchRoute routeOf(const Job &job);

    Resolver m_resolver;
    QProcessEnvironment m_environment;
    FetchId m_lastId = 0;
    std::unordered_map<FetchId, Job> m_jobs;
    QHash<QString, Origin> m_origins;
    QHash<QString, std::shared_ptr<Identity>> m_identities;
};

} // namespace quorate
