// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"
#include "tests/support/healthy.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

namespace quorate {
using namespace Qt::StringLiterals;

/// Replies of which a byte comes now and then, for ever: always something new, never the end. The deadline is one for the whole.
class DripFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void heads_data();
    void heads();
    void bodies_data();
    void bodies();
    void areLeftAtTheDeadline();
};

namespace {
constexpr int everyMs = 4;
constexpr int longer = 20'000; ///< bytes, each everyMs: minutes

StubAnswer dripping(const QByteArray &bytes)
{
    StubAnswer answer{.bytes = bytes};
    answer.dripMs = everyMs;
    return answer;
}

void addColumns()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QByteArray>("bytes");
}

void addRow(const QString &system, const char *name, const QByteArray &bytes)
{
    QTest::addRow("%s: %s", qPrintable(system), name) << system << bytes;
}
} // namespace

void DripFaults::heads_data()
{
    addColumns();
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    for (const QString &system : allSystems)
        addRow(system, "headers", ok + QByteArray("A: b\r\n").repeated(longer / 6));
    addRow(u"bufstream"_s, "status line", "HTTP/1.1 200 " + QByteArray(longer, 'O'));
    addRow(u"bufstream"_s, "the name of a header", ok + QByteArray(longer, 'X'));
    addRow(u"bufstream"_s, "the value of a header", ok + "X: " + QByteArray(longer, 'x'));
    addRow(u"bufstream"_s, "empty lines before the reply", QByteArray("\r\n").repeated(longer / 2));
}

void DripFaults::heads()
{
    QFETCH(QString, system);
    QFETCH(QByteArray, bytes);
    FaultRound fault(system);
    fault.sick().spec.timeout = soon;
    fault.answer(dripping(bytes));
    fault.run();
    QCOMPARE(fault.broken(Reach::TimedOut, {u"no whole reply head"_s, u"400 ms"_s}), QString());
    QVERIFY2(fault.result().milliseconds < 5'000, "the deadline is a total one");
}

void DripFaults::bodies_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray head = "HTTP/1.1 200 OK\r\n";
    QTest::newRow("a body of known length") << QByteArray(head + "Content-Length: 20000\r\n\r\n[" + QByteArray(longer, ' '));
    QTest::newRow("a body until the connection ends") << QByteArray(head + "\r\n[" + QByteArray(longer, ' '));
    QTest::newRow("chunks") << QByteArray(head + "Transfer-Encoding: chunked\r\n\r\n" + QByteArray("1\r\n \r\n").repeated(longer / 6));
    QTest::newRow("the length of a chunk") << QByteArray(head + "Transfer-Encoding: chunked\r\n\r\n" + QByteArray(longer, '0'));
}

void DripFaults::bodies()
{
    QFETCH(QByteArray, bytes);
    FaultRound fault(u"bufstream"_s);
    fault.sick().spec.timeout = Milliseconds(800); // the head takes its time too
    fault.answer(dripping(bytes));
    fault.run();
    QCOMPARE(fault.broken(Reach::TimedOut, {u"was not complete within 800 ms"_s}), QString());
    QVERIFY2(fault.result().milliseconds < 5'000, "the deadline is a total one");
}

/// The server sees its peer go when the deadline is over, though the engine and its other connections are still there.
void DripFaults::areLeftAtTheDeadline()
{
    QTcpServer server;
    bool asked = false, left = false;
    QTimer drops;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QIODevice::readyRead, socket, [socket, &asked, &drops] {
            socket->readAll();
            asked = true;
            socket->write("HTTP/1.1 200 OK\r\n");
            connect(&drops, &QTimer::timeout, socket, [socket] { socket->write("A: b\r\n"); });
        });
        connect(socket, &QAbstractSocket::disconnected, this, [&left] { left = true; });
    });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    drops.start(everyMs);
    ClusterConfig cluster = clusterOf(u"all"_s, u"bufstream"_s, {u"http://127.0.0.1:%1"_s.arg(server.serverPort())});
    cluster.spec.timeout = soon;
    Config config;
    config.clusters = {cluster};
    Engine engine({.mode = JudgeMode::OneShot});
    QSignalSpy finished(&engine, &Engine::roundFinished);
    engine.setConfig(config);
    engine.runOnce();
    QVERIFY(finished.wait(5'000));
    QCOMPARE(engine.status().clusters.constFirst().endpoints.constFirst().reach, Reach::TimedOut);
    QVERIFY(asked);
    QTRY_VERIFY_WITH_TIMEOUT(left, 2'000);
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::DripFaults)
#include "tst_fault_drips.moc"
