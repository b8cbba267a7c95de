// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/flood_watch.h"

#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <memory>

namespace quorate {
using namespace Qt::StringLiterals;

/// Which connections are ended, and which are left alone.
class FloodWatchTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void countsWhatCame_data();
    void countsWhatCame();
    void onlyThisConnectionIsEnded();
    void aLaterConnectionIsLeftAlone();
    void whatNeverEndsIsEnded();
    void whatCameBeforeIsForgiven();
    void mappedAddressesAreTheSame();
    void nobodyIsMeant();
};

namespace {
constexpr qint64 enough = 1024 * 1024;

/// A server and its client, who reads all that is said.
class Pair {
public:
    explicit Pair(const QHostAddress &address, QTcpServer *server = nullptr)
    {
        m_server = server ? server : &m_own;
        if (!m_server->isListening() && !m_server->listen(address))
            qFatal("no port to listen on");
        m_client.connectToHost(address, m_server->serverPort());
        if (!m_client.waitForConnected(5'000) || !m_server->waitForNewConnection(5'000))
            qFatal("no connection");
        m_far = m_server->nextPendingConnection();
    }
    [[nodiscard]] Peer peer() const { return {m_server->serverAddress(), m_server->serverPort()}; }
    [[nodiscard]] QTcpServer *server() { return m_server; }
    /// Until it has been read.
    void say(qint64 bytes)
    {
        constexpr qint64 sip = 64 * 1024;
        for (qint64 rest = bytes; rest > 0; rest -= sip) {
            m_far->write(QByteArray(std::min(rest, sip), 'x'));
            while (m_far->bytesToWrite() > 0) {
                m_far->waitForBytesWritten(1);
                m_client.waitForReadyRead(1);
                m_client.readAll();
            }
        }
        while (m_client.waitForReadyRead(1))
            m_client.readAll();
    }
    [[nodiscard]] bool isOpen()
    {
        m_far->waitForDisconnected(200);
        return m_far->state() == QAbstractSocket::ConnectedState;
    }

private:
    QTcpServer m_own;
    QTcpServer *m_server = nullptr;
    QTcpSocket m_client;
    QTcpSocket *m_far = nullptr;
};
} // namespace

void FloodWatchTest::countsWhatCame_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::newRow("IPv4") << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("IPv6") << QHostAddress(QHostAddress::LocalHostIPv6);
}

void FloodWatchTest::countsWhatCame()
{
    QFETCH(QHostAddress, address);
    Pair meant(address);
    Pair other(address);
    meant.say(100'000);
    const QList<OpenConnection> connections = connectionsTo({meant.peer()});
    QCOMPARE(connections.size(), 1); // the server's own end goes to another port
    QVERIFY(connections.first().peer == meant.peer());
    QCOMPARE(connections.first().received, 100'000);
}

void FloodWatchTest::onlyThisConnectionIsEnded()
{
    Pair first(QHostAddress::LocalHost);
    Pair second(QHostAddress::LocalHost, first.server());
    first.say(10);
    const QList<OpenConnection> connections = connectionsTo({first.peer()});
    QCOMPARE(connections.size(), 2);
    QVERIFY(shutDown(connections.at(connections.at(0).received == 10 ? 0 : 1)));
    QVERIFY(!first.isOpen());
    QVERIFY(second.isOpen());
}

void FloodWatchTest::aLaterConnectionIsLeftAlone()
{
    auto first = std::make_unique<Pair>(QHostAddress::LocalHost);
    const QList<OpenConnection> connections = connectionsTo({first->peer()});
    first.reset();
    Pair later(QHostAddress::LocalHost); // most likely with the same descriptor
    QCOMPARE(connections.size(), 1);
    QVERIFY(!shutDown(connections.first()));
    QVERIFY(later.isOpen());
}

void FloodWatchTest::whatNeverEndsIsEnded()
{
    Pair flood(QHostAddress::LocalHost);
    Pair neighbour(QHostAddress::LocalHost);
    const QHash<Peer, qint64> overdue{{flood.peer(), enough}, {neighbour.peer(), enough}};
    FloodWatch watch;
    QVERIFY(watch.look(overdue).isEmpty());
    flood.say(enough);
    neighbour.say(1'000);
    QVERIFY2(watch.look(overdue).isEmpty(), "as much is allowed");
    flood.say(1);
    QCOMPARE(watch.look(overdue), QSet<Peer>{flood.peer()});
    QVERIFY(!flood.isOpen());
    QVERIFY(neighbour.isOpen());
    QVERIFY(watch.look(overdue).isEmpty());
}

void FloodWatchTest::whatCameBeforeIsForgiven()
{
    Pair busy(QHostAddress::LocalHost); // many replies, none of them overdue
    FloodWatch watch;
    busy.say(enough);
    QVERIFY(watch.look({{busy.peer(), enough}}).isEmpty());
    QVERIFY(watch.look({}).isEmpty()); // it ended after all
    busy.say(enough);
    QVERIFY(watch.look({{busy.peer(), enough}}).isEmpty());
    QVERIFY(busy.isOpen());
}

void FloodWatchTest::mappedAddressesAreTheSame()
{
    QVERIFY((Peer{QHostAddress(u"10.1.2.3"_s), 80} == Peer{QHostAddress(u"::ffff:10.1.2.3"_s), 80}));
    QVERIFY(!(Peer{QHostAddress(u"10.1.2.3"_s), 80} == Peer{QHostAddress(u"10.1.2.3"_s), 81}));
    QVERIFY(!(Peer{QHostAddress(u"10.1.2.3"_s), 80} == Peer{QHostAddress(u"10.1.2.4"_s), 80}));
}

void FloodWatchTest::nobodyIsMeant()
{
    QVERIFY(connectionsTo({}).isEmpty());
    QVERIFY(connectionsTo({Peer{QHostAddress(u"192.0.2.1"_s), 80}}).isEmpty());
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::FloodWatchTest)
#include "tst_flood_watch.moc"
