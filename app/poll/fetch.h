// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "app/poll/connection.h"
#include "app/poll/outcome.h"
#include "models/status/observation.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace quorate {

class Resolver;

/// What is to be fetched with one GET. `headers` hold the credential: an order is never logged, shown or kept.
struct FetchOrder {
    QUrl url;
    Headers headers;
    TlsSettings tls;
    Milliseconds timeout{10'000}; ///< total: name, connect, handshake, reply
};

/// How the request leaves this machine.
struct FetchRoute {
    std::shared_ptr<ConnectionPool> pool;
    QString proxy; ///< host:port of it, empty without one
    QString lookUp; ///< the name that must have an address first: the server's, or the proxy's
    QByteArray proxyCredential; ///< for Proxy-Authorization; plain requests through an HTTP proxy only
    bool absolute = false; ///< the request line names the whole URL: such a proxy reads it
};

/// One request under way, with a deadline over all of it. Ends exactly once; destroyed before, it ends without a word.
class Fetch final : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const Reply &)>;
    Fetch(FetchOrder order, FetchRoute route, Resolver &resolver, Done done, QObject *parent);
    ~Fetch() override;
    void start();

private:
    void resolved(bool found);
    void use(Connection *connection);
    void send();
    void arrived();
    void ended();
    void conclude();
    void takeOutcome();
    [[nodiscard]] Reply replyOf(const Ending &ending) const;
    void leave();

    FetchOrder m_order;
    FetchRoute m_route;
    Resolver &m_resolver;
    Done m_done;
    Outcome m_outcome;
    QTimer m_deadline;
    QElapsedTimer m_clock;
    Connection *m_connection = nullptr;
    ReplyParser m_parser;
};

} // namespace quorate
