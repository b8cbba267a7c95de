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

/// GETs with a total deadline, a body cap and no surprises (PROOFS b): at most four under way an origin, the rest waits here with its
/// deadline not started; one QNetworkAccessManager for each TLS identity and proxy, because its connection cache knows neither.
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
    /// The same for good. Managers are deleted: nothing of this is left in the thread.
    void stop();

    static constexpr int mostInFlight = 4; ///< an origin; QNetworkAccessManager's own limit of 6 would let deadlines run while queued

private:
    /// Connections of one TLS identity and proxy. Gone from the map it lives on with its last fetch.
    struct Identity {
        ~Identity();
        QNetworkAccessManager *manager = nullptr;
        bool secure = false; ///< speaks TLS, with these settings
        TlsSettings settings;
        QSslConfiguration tls;
        QString error; ///< a TLS file that cannot be used; nothing is sent then
        QNetworkProxy proxy;
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
    std::shared_ptr<Identity> newIdentity(const FetchOrder &order, const QNetworkProxy &proxy);

    Resolver m_resolver;
    QProcessEnvironment m_environment;
    FetchId m_lastId = 0;
    std::unordered_map<FetchId, Job> m_jobs;
    QHash<QString, Origin> m_origins;
    QHash<QString, std::shared_ptr<Identity>> m_identities;
};

} // namespace quorate
