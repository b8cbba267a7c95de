// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

using namespace Qt::StringLiterals;

namespace {
constexpr int notPermitted = 77;

/// In the child, before the program: a network of its own, in which there is nothing. As another user where only that is allowed.
void leaveTheNetwork(bool loopbackUp)
{
    if (::unshare(CLONE_NEWNET) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
        ::_exit(notPermitted);
    if (!loopbackUp)
        return;
    ifreq loopback{};
    std::strcpy(loopback.ifr_name, "lo"); // NOLINT(clang-analyzer-security.insecureAPI.strcpy)
    const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
    if (::ioctl(socket, SIOCGIFFLAGS, &loopback) != 0)
        ::_exit(notPermitted);
    loopback.ifr_flags = static_cast<short>(loopback.ifr_flags | IFF_UP);
    if (::ioctl(socket, SIOCSIFFLAGS, &loopback) != 0)
        ::_exit(notPermitted);
    ::close(socket);
}
} // namespace

/// `quorate status` as a person runs it on a machine that has no network.
class TestWithoutNetwork : public QObject {
    Q_OBJECT
private:
    struct Ended {
        int code = -1;
        QByteArray out, err;
    };
    static Ended run(const QString &arguments, bool loopbackUp)
    {
        QTemporaryDir home;
        QProcess process;
        QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
        for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s, u"http_proxy"_s, u"all_proxy"_s})
            variables.remove(name);
        variables.insert(u"HOME"_s, home.path());
        variables.insert(u"XDG_CONFIG_HOME"_s, home.filePath(u"config"_s));
        variables.insert(u"XDG_STATE_HOME"_s, home.filePath(u"state"_s));
        process.setProcessEnvironment(variables);
        process.setChildProcessModifier([loopbackUp] { leaveTheNetwork(loopbackUp); });
        process.start(QStringLiteral(QUORATE_BINARY), arguments.split(u' ', Qt::SkipEmptyParts));
        if (!process.waitForFinished(60'000))
            process.kill();
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void status_data()
    {
        QTest::addColumn<QString>("urls");
        QTest::addColumn<bool>("loopbackUp");
        QTest::addColumn<QString>("severity");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QStringList>("notices");
        const QString address = u"--url http://192.0.2.77:9089"_s, name = u"--url http://server.example:9089"_s,
                      here = u"--url http://127.0.0.1:1"_s;
        const QStringList offline{u"machine-offline"_s};
        for (const bool up : {false, true}) {
            const char *how = up ? "loopback up" : "loopback down";
            QTest::addRow("by address, %s", how) << address << up << u"unknown"_s << u"machine-offline"_s << offline;
            QTest::addRow("by name, %s", how) << name << up << u"unknown"_s << u"machine-offline"_s << offline;
            QTest::addRow("both, %s", how) << address + u' ' + name << up << u"unknown"_s << u"machine-offline"_s << offline;
            QTest::addRow("on this machine, %s", how) << here << up << u"critical"_s << u"endpoint-down"_s << QStringList();
        }
    }

    void status()
    {
        QFETCH(QString, urls);
        QFETCH(bool, loopbackUp);
        QFETCH(QString, severity);
        QFETCH(QString, code);
        QFETCH(QStringList, notices);
        const Ended ended = run(u"status --format json --exit-code --timeout 3 --system bufstream "_s + urls, loopbackUp);
        if (ended.code == notPermitted)
            QSKIP("a network namespace may not be made here (unshare: not permitted)");
        const QJsonObject status = QJsonDocument::fromJson(ended.out).object();
        const QJsonObject cluster = status.value("clusters"_L1).toArray().first().toObject();
        QVERIFY2(!cluster.isEmpty(), (ended.out + ended.err).constData());
        QCOMPARE(cluster.value("severity"_L1).toString(), severity);
        QCOMPARE(cluster.value("reasons"_L1).toArray().first().toObject().value("code"_L1).toString(), code);
        QStringList told;
        for (const QJsonValue &notice : status.value("notices"_L1).toArray())
            told.append(notice.toObject().value("code"_L1).toString());
        QCOMPARE(told, notices);
        QCOMPARE(ended.code, severity == "unknown"_L1 ? 3 : 2);
    }

    void text()
    {
        const Ended ended = run(u"status --system bufstream --url http://192.0.2.77:9089"_s, true);
        if (ended.code == notPermitted)
            QSKIP("a network namespace may not be made here (unshare: not permitted)");
        QVERIFY2(ended.out.contains("This machine is offline"), ended.out.constData());
        QVERIFY2(!ended.out.contains("was "), ended.out.constData()); // nobody looked before
    }
};

QTEST_GUILESS_MAIN(TestWithoutNetwork)
#include "tst_without_network.moc"
