// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/evidence_asker.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
/// NetworkManager, as far as it is asked.
class Service final : public QDBusVirtualObject {
public:
    enum class Manner { Tells, Refuses, SaysSomethingElse, Hangs } manner = Manner::Tells;
    uint state = 70;
    int asked = 0;

    [[nodiscard]] QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        if (message.member() != "Get"_L1 || message.arguments().value(1).toString() != "State"_L1)
            return false;
        ++asked;
        if (manner == Manner::Tells)
            connection.send(message.createReply(QVariant::fromValue(QDBusVariant(state))));
        else if (manner == Manner::Refuses)
            connection.send(message.createErrorReply(u"org.example.No"_s, u"not for you"_s));
        else if (manner == Manner::SaysSomethingElse)
            connection.send(message.createReply(u"well"_s));
        return true;
    }
};
} // namespace

/// What the desktop's network service says, on a bus of its own.
class TestNetworkService : public QObject {
    Q_OBJECT

    QProcess m_bus;
    Service m_service;

    /// As the engine asks: in another thread.
    bool isDisconnected()
    {
        EvidenceAsker asker(networkEvidence);
        std::optional<bool> disconnected;
        connect(&asker, &EvidenceAsker::gathered, this, [&](const NetworkEvidence &evidence) { disconnected = evidence.disconnected; });
        asker.ask({});
        return QTest::qWaitFor([&] { return disconnected.has_value(); }) && *disconnected;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void initTestCase()
    {
        const QString daemon = QStandardPaths::findExecutable(u"dbus-daemon"_s);
        if (daemon.isEmpty())
            QSKIP("there is no dbus-daemon here");
        m_bus.start(daemon, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        QVERIFY(m_bus.waitForReadyRead());
        const QByteArray address = m_bus.readLine().trimmed();
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
        QDBusConnection bus = QDBusConnection::connectToBus(QString::fromLatin1(address), u"service"_s);
        QVERIFY(bus.isConnected());
        QVERIFY(bus.registerVirtualObject(u"/org/freedesktop/NetworkManager"_s, &m_service));
        QVERIFY(bus.registerService(u"org.freedesktop.NetworkManager"_s));
    }

    void states_data()
    {
        QTest::addColumn<uint>("state");
        QTest::addColumn<bool>("disconnected");
        for (const uint state : {10U, 20U, 30U}) // asleep, disconnected, disconnecting
            QTest::addRow("%u", state) << state << true;
        for (const uint state : {0U, 40U, 50U, 60U, 70U, 999U})
            QTest::addRow("%u", state) << state << false;
    }

    void states()
    {
        QFETCH(uint, state);
        m_service.state = state;
        QTEST(isDisconnected(), "disconnected");
    }

    void whatItDoesNotSayIsNoSign()
    {
        m_service.state = 20;
        for (const auto manner : {Service::Manner::Refuses, Service::Manner::SaysSomethingElse, Service::Manner::Hangs}) {
            m_service.manner = manner;
            m_service.asked = 0;
            QElapsedTimer timer;
            timer.start();
            QVERIFY(!isDisconnected());
            QCOMPARE(m_service.asked, 1);
            QVERIFY2(timer.elapsed() < 3'000, "a service that hangs is not waited for");
        }
        m_service.manner = Service::Manner::Tells;
    }

    void withoutAService()
    {
        QDBusConnection bus(u"service"_s);
        QVERIFY(bus.unregisterService(u"org.freedesktop.NetworkManager"_s));
        QVERIFY(!isDisconnected());
    }

    void cleanupTestCase()
    {
        QDBusConnection::disconnectFromBus(u"service"_s);
        m_bus.terminate();
        m_bus.waitForFinished();
    }
};

QTEST_GUILESS_MAIN(TestNetworkService)
#include "tst_network_service.moc"
