// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/engine.h"
#include "tests/support/healthy.h"
#include "tests/support/one_round.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
/// Answers late, and knows which requests are waiting on connections that are still there: one that the client gave up is none.
class WaitingServer final : public QTcpServer {
public:
    WaitingServer(const QString &system, quint32 seed)
        : m_system(system)
        , m_random(seed)
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
                connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { read(socket); });
            }
        });
    }

    int asked = 0;
    QStringList twice; ///< paths that were asked for while they were in flight

private:
    void read(QTcpSocket *socket)
    {
        QByteArray head = socket->property("head").toByteArray() + socket->readAll();
        if (!head.endsWith("\r\n\r\n")) {
            socket->setProperty("head", head);
            return;
        }
        socket->setProperty("head", {});
        const QByteArray path = head.split(' ').value(1);
        ++asked;
        const QPointer<QTcpSocket> before = m_waiting.value(path);
        if (before == socket)
            twice.append(QString::fromLatin1(path));
        else if (before) // one that was given up a moment ago is seen to be closed by the next turns of the event loop
            QTimer::singleShot(20, this, [this, path, before] {
                if (before && before->state() == QAbstractSocket::ConnectedState)
                    twice.append(QString::fromLatin1(path));
            });
        m_waiting.insert(path, socket);
        QTimer::singleShot(int(m_random.bounded(60)), socket, [this, socket, path] {
            if (m_waiting.value(path) == socket)
                m_waiting.remove(path);
            socket->write(healthyAnswer(m_system, {.method = "GET", .path = path}).bytes);
        });
    }

    QString m_system;
    QRandomGenerator m_random;
    QHash<QByteArray, QPointer<QTcpSocket>> m_waiting; ///< by path
};
} // namespace

/// Whatever happens while polls are under way, no request is sent while the same one is in flight.
class InFlightTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void neverTwoOfOneRequest_data();
    void neverTwoOfOneRequest();
};

void InFlightTest::neverTwoOfOneRequest_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 4; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void InFlightTest::neverTwoOfOneRequest()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    WaitingServer consul(u"consul"_s, seed), second(u"consul"_s, seed + 100), osapi(u"osapi"_s, seed + 200);
    QStringList urls;
    for (WaitingServer *server : {&consul, &second, &osapi}) {
        QVERIFY(server->listen(QHostAddress::LocalHost));
        urls.append(u"http://127.0.0.1:%1"_s.arg(server->serverPort()));
    }
    ClusterConfig group = clusterOf(u"group"_s, u"consul"_s, urls.first(2));
    ClusterConfig single = clusterOf(u"single"_s, u"osapi"_s, urls.last(1));
    group.spec.interval = single.spec.interval = Milliseconds(100);
    Engine engine;
    engine.setConfig(configOf({group, single}));
    engine.start();
    int turns = 0;
    const QList<std::function<void()>> moves{
        [&] { engine.pollNow({}); },
        [&] { engine.pollNow(group.spec.name); },
        [&] { engine.pollNow(single.spec.name); },
        [&] { engine.wake(); },
        [&] {
            engine.setConfig(configOf({single, group}));
        },
        [&] { engine.setConfig(configOf({group})); },
        [&] {
            group.spec.timeout += Milliseconds(1);
            engine.setConfig(configOf({group, single}));
        },
        [&] {
            engine.apply({Intent::Kind::Pause, single.spec.name, {}});
        },
        [&] {
            engine.apply({Intent::Kind::Resume, single.spec.name, {}});
        },
    };
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] {
        // Mostly polls by hand: they come while others are under way and give nothing up.
        const int move = random.bounded(3) > 0 ? random.bounded(3) : random.bounded(int(moves.size()));
        moves.at(move)();
        ++turns;
        timer.setInterval(random.bounded(25));
    });
    timer.start(0);
    QTRY_VERIFY_WITH_TIMEOUT(turns >= 120, 30'000);
    timer.stop();
    QTRY_VERIFY(consul.asked + second.asked + osapi.asked >= 60);
    for (const WaitingServer *server : {&consul, &second, &osapi})
        QVERIFY2(server->twice.isEmpty(), qPrintable(server->twice.join(u' ')));
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::InFlightTest)
#include "tst_in_flight.moc"
