// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/stuck_sockets.h"

#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>

namespace quorate {
using namespace Qt::StringLiterals;

/// Which connections are ended, and which are left alone.
class StuckSocketsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void onlyThePeerIsMeant_data();
    void onlyThePeerIsMeant();
    void aSilentConnectionIsLeftAlone();
    void aLaterConnectionIsLeftAlone();
    void mappedAddressesAreTheSame();
    void nobodyIsMeant();
};

namespace {
/// A server and a client that has not read yet what the server said.
class Pair {
public:
    explicit Pair(const QHostAddress &address, const QByteArray &said)
    {
        if (!m_server.listen(address))
            qFatal("no port to listen on");
        m_client.setReadBufferSize(1); // the rest stays in the kernel
        m_client.connectToHost(address, m_server.serverPort());
        if (!m_client.waitForConnected(5'000) || !m_server.waitForNewConnection(5'000))
            qFatal("no connection");
        m_far = m_server.nextPendingConnection();
        m_far->write(said);
        m_far->waitForBytesWritten(5'000);
    }
    [[nodiscard]] Peer peer() const { return {m_server.serverAddress(), m_server.serverPort()}; }
    [[nodiscard]] bool isOpen()
    {
        m_far->waitForDisconnected(200);
        return m_far->state() == QAbstractSocket::ConnectedState;
    }

private:
    QTcpServer m_server;
    QTcpSocket m_client;
    QTcpSocket *m_far = nullptr;
};
} // namespace

void StuckSocketsTest::onlyThePeerIsMeant_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::newRow("IPv4") << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("IPv6") << QHostAddress(QHostAddress::LocalHostIPv6);
}

void StuckSocketsTest::onlyThePeerIsMeant()
{
    QFETCH(QHostAddress, address);
    Pair meant(address, QByteArray(100'000, 'x'));
    Pair other(address, QByteArray(100'000, 'x'));
    const QList<OpenConnection> connections = connectionsTo({meant.peer()});
    QCOMPARE(connections.size(), 1); // the server's own end goes to another port
    const QList<Peer> ended = shutDownBusy(connections);
    QCOMPARE(ended.size(), 1);
    QVERIFY(ended.first() == meant.peer());
    QVERIFY(!meant.isOpen());
    QVERIFY(other.isOpen());
    QVERIFY2(shutDownBusy(connections).isEmpty(), "nothing waits there any more");
}

void StuckSocketsTest::aSilentConnectionIsLeftAlone()
{
    Pair silent(QHostAddress::LocalHost, {});
    QVERIFY(shutDownBusy(connectionsTo({silent.peer()})).isEmpty());
    QVERIFY(silent.isOpen());
}

void StuckSocketsTest::aLaterConnectionIsLeftAlone()
{
    auto first = std::make_unique<Pair>(QHostAddress::LocalHost, QByteArray(100'000, 'x'));
    const QList<OpenConnection> connections = connectionsTo({first->peer()});
    first.reset();
    Pair later(QHostAddress::LocalHost, QByteArray(100'000, 'x')); // most likely with the same descriptor
    QVERIFY(shutDownBusy(connections).isEmpty());
    QVERIFY(later.isOpen());
}

void StuckSocketsTest::mappedAddressesAreTheSame()
{
    QVERIFY((Peer{QHostAddress(u"10.1.2.3"_s), 80} == Peer{QHostAddress(u"::ffff:10.1.2.3"_s), 80}));
    QVERIFY(!(Peer{QHostAddress(u"10.1.2.3"_s), 80} == Peer{QHostAddress(u"10.1.2.3"_s), 81}));
    QVERIFY(!(Peer{QHostAddress(u"10.1.2.3"_s), 80} == Peer{QHostAddress(u"10.1.2.4"_s), 80}));
}

void StuckSocketsTest::nobodyIsMeant()
{
    QVERIFY(connectionsTo({}).isEmpty());
    QVERIFY(connectionsTo({Peer{QHostAddress(u"192.0.2.1"_s), 80}}).isEmpty());
    QVERIFY(shutDownBusy({}).isEmpty());
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::StuckSocketsTest)
#include "tst_stuck_sockets.moc"
