// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "app/poll/resolver.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSslSocket>
#include <QTimer>
#include <QUrl>

namespace quorate {

/// One step on the way to an endpoint, before any request.
struct ProbeStep {
    QString name; ///< "name", "connect", "TLS"
    bool ok = false;
    double seconds = 0;
    QString text; ///< what was found, or why it failed
    QString advice; ///< what to do about it; empty when there is nothing to say
};

/// Walks to an endpoint by hand: looks up the name, connects, shakes hands. A fetch tells only how it ended; here each step has its own
/// time. Where a proxy stands between, the walk ends at the proxy.
class EndpointProbe final : public QObject {
    Q_OBJECT
public:
    EndpointProbe(const ClusterConfig &cluster, const EndpointUrl &endpoint, Resolver &resolver, QObject *parent = nullptr);
    void start();
    [[nodiscard]] const EndpointUrl &endpoint() const { return m_endpoint; }
    [[nodiscard]] const QList<ProbeStep> &steps() const { return m_steps; }

Q_SIGNALS:
    void stepped(); ///< another of the steps is over
    void finished();

private:
    void resolved(bool found);
    void connectNow();
    void connected();
    void shakeHands();
    void encrypted();
    void failed();
    void overdue();
    void add(bool ok, const QString &text, const QString &advice = {});
    void next(const QString &step);
    void end();

    EndpointUrl m_endpoint;
    TlsSettings m_tls;
    Resolver &m_resolver;
    QUrl m_url;
    QString m_host; ///< the server's, or the proxy's
    quint16 m_port = 0;
    bool m_proxied = false;
    QList<ProbeStep> m_steps;
    QString m_step; ///< under way; empty: ended
    QElapsedTimer m_clock;
    QTimer m_deadline;
    QSslSocket m_socket;
};

} // namespace quorate
