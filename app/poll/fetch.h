// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "app/poll/outcome.h"
#include "models/status/observation.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QObject>
#include <QSslConfiguration>
#include <QTimer>

#include <functional>

namespace quorate {

class Resolver;

/// What is to be fetched with one GET. `headers` hold the credential: an order is never logged, shown or kept.
struct FetchOrder {
    QUrl url;
    Headers headers;
    TlsSettings tls;
    Milliseconds timeout{10'000}; ///< total: name, connect, handshake, reply
};

/// How the request leaves this machine. Lives as long as the fetch.
struct FetchRoute {
    QNetworkAccessManager *manager = nullptr;
    QSslConfiguration tls;
    QString proxy; ///< host:port of it, empty without one
    QString lookUp; ///< the name that must have an address first: the server's, or the proxy's
};

/// One request under way, with its own deadline and body cap. Ends exactly once; destroyed before, it ends without a word.
class Fetch final : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const Reply &)>;
    Fetch(FetchOrder order, FetchRoute route, Resolver &resolver, Done done, QObject *parent);
    ~Fetch() override;
    void start();

    static constexpr qint64 bodyCap = 8 * 1024 * 1024;

private:
    void resolved(bool found);
    void send();
    void watch();
    void received();
    void conclude();
    [[nodiscard]] Reply replyOf(const Ending &ending) const;
    void drop();

    FetchOrder m_order;
    FetchRoute m_route;
    Resolver &m_resolver;
    Done m_done;
    Outcome m_outcome;
    QTimer m_deadline;
    QElapsedTimer m_clock;
    QNetworkReply *m_reply = nullptr;
    QByteArray m_body;
};

} // namespace quorate
