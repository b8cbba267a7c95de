// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/flood_watch.h"
#include "app/poll/outcome.h"
#include "app/poll/transport.h"
#include "models/status/observation.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>

namespace quorate {

class Resolver;

/// One request under way, with its own deadline and body cap. Ends exactly once; destroyed before, it ends without a word.
class Fetch final : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const Reply &)>;
    Fetch(const FetchOrder &order, FetchRoute route, Resolver &resolver, Done done, QObject *parent);
    ~Fetch() override;
    void start();

    /// Where its connection goes: to the server, or to the proxy.
    [[nodiscard]] QSet<Peer> peers() const;
    /// It was sent that long ago and has not ended.
    [[nodiscard]] bool isOverdue(Milliseconds after) const { return m_reply && m_clock.hasExpired(after.count()); }
    /// Bytes that it may still take, generously.
    [[nodiscard]] qint64 mostToCome() const { return m_outcome.stage == Stage::Receiving ? 2 * bodyCap : headCap; }
    /// A connection to its server was ended because more came.
    void endFlooded();

    static constexpr qint64 bodyCap = 8 * 1024 * 1024;
    static constexpr qint64 headCap = 1024 * 1024;

private:
    void resolved(bool found);
    void send();
    void watch();
    void received();
    void conclude();
    void takeOutcome();
    [[nodiscard]] bool staysConnected() const;
    [[nodiscard]] Reply replyOf(const Ending &ending) const;
    void drop();

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
