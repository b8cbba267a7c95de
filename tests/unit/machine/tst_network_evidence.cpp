// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/kernel_route.h"
#include "app/poll/network_evidence.h"
#include "app/poll/portal_mark.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
const QByteArray columns = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
const QByteArray defaultRoute = "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n";
const QByteArray onLink = "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n";
const QByteArray linkLocal = "eth0\t0000FEA9\t00000000\t0001\t0\t0\t1000\t0000FFFF\t0\t0\t0\n";
const QByteArray unreachable = "*\t0000000A\t00000000\t0200\t0\t0\t0\t000000FF\t0\t0\t0\n";

QByteArray ipv6(const char *destination, const char *flags, const char *device)
{
    const QByteArray any(32, '0');
    return QByteArray(destination) + ' ' + any.first(2) + ' ' + any + " 00 " + any + " 00000100 00000001 00000000 " + flags + "     "
        + device + '\n';
}
const char *const anywhere = "00000000000000000000000000000000";

Reply replyOf(int http, const QByteArray &body, const Headers &headers = {})
{
    Reply reply;
    reply.reach = Reach::Answered;
    reply.http = http;
    reply.body = body;
    reply.headers = headers;
    return reply;
}
} // namespace

/// What this machine says of its network, and what may be a captive portal's.
class TestNetworkEvidence : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent"); }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void routes_data()
    {
        QTest::addColumn<QByteArray>("ipv4");
        QTest::addColumn<QByteArray>("ipv6");
        QTest::addColumn<bool>("leadsAnywhere");
        const QByteArray own = ipv6("00000000000000000000000000000001", "80200001", "lo");
        QTest::newRow("by default") << columns + defaultRoute << own << true;
        QTest::newRow("a network without a way out") << columns + onLink << own << true;
        QTest::newRow("IPv6 alone") << columns << own + ipv6(anywhere, "00000003", "eth0") << true;
        QTest::newRow("nothing") << columns << own << false;
        QTest::newRow("nothing at all") << QByteArray() << QByteArray() << false;
        QTest::newRow("link-local") << columns + linkLocal
                                    << ipv6("fe800000000000000000000000000000", "00000001", "eth0")
                + ipv6("ff000000000000000000000000000000", "00000001", "eth0")
                                    << false;
        QTest::newRow("refused") << columns + unreachable << ipv6(anywhere, "00200200", "lo") << false;
        QTest::newRow("its own address") << columns << ipv6("fd000000000000000000000000000002", "80200001", "eth0") << false;
        QTest::newRow("not understood") << QByteArray("a\nb c d z f\n\n") << QByteArray("x y\n") << false;
    }

    void routes()
    {
        QFETCH(QByteArray, ipv4);
        QFETCH(QByteArray, ipv6);
        QFETCH(bool, leadsAnywhere);
        QCOMPARE(hasRoute(ipv4, ipv6), leadsAnywhere);
    }

    void interfaces()
    {
        const InterfaceState loopback{true, true, {QHostAddress(u"127.0.0.1"_s), QHostAddress(u"::1"_s)}};
        const InterfaceState cable{true, false, {QHostAddress(u"192.0.2.7"_s), QHostAddress(u"fe80::1"_s)}};
        const InterfaceState unplugged{false, false, cable.addresses};
        const InterfaceState alone{true, false, {QHostAddress(u"fe80::1"_s), QHostAddress(u"169.254.7.7"_s)}};
        QVERIFY(!isOnlyLoopback({loopback, cable}));
        QVERIFY(!isOnlyLoopback({loopback, unplugged, {true, false, {QHostAddress(u"fd00::2"_s)}}}));
        QVERIFY(isOnlyLoopback({loopback}));
        QVERIFY(isOnlyLoopback({loopback, unplugged}));
        QVERIFY(isOnlyLoopback({loopback, alone}));
        QVERIFY(isOnlyLoopback({loopback, {true, false, {}}}));
    }

    void theKernelKnowsItsOwnAddresses()
    {
        QVERIFY(kernelHasRoute(QHostAddress(u"127.0.0.1"_s)));
        QVERIFY(kernelHasRoute(QHostAddress(u"fe80::1%lo"_s)));
    }

    void reference()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        NetworkQuestion question;
        question.reference = ReferenceAddress{u"127.0.0.1"_s, server.serverPort()};
        QCOMPARE(networkEvidence(question).referenceAnswers, std::optional(true));
        server.close();
        QCOMPARE(networkEvidence(question).referenceAnswers, std::optional(true)); // refused: by somebody
        question.reference = ReferenceAddress{u"no-such-host.invalid"_s, 443};
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(networkEvidence(question).referenceAnswers, std::optional(false));
        QVERIFY2(timer.elapsed() < 5'000, "however long the name server takes");
        question.reference.reset();
        QVERIFY(!networkEvidence(question).referenceAnswers);
    }

    void portalMarks_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("http");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Reach>("reach");
        QTest::addColumn<QByteArray>("mark");
        const auto row = [](const char *name, const QString &url, int http, const QByteArray &location, const QByteArray &body, Reach reach,
                             const QByteArray &mark) { QTest::newRow(name) << url << http << location << body << reach << mark; };
        const QString plain = u"http://a.site:8500"_s;
        const QByteArray page = "<html>Welcome aboard</html>";
        row("to its login", plain, 302, "https://Login.Example/?from=a", {}, Reach::Redirected, "login.example");
        row("to another path", plain, 301, "/ui/", {}, Reach::Redirected, {});
        row("to TLS on the same host", plain, 301, "https://a.site/", {}, Reach::Redirected, {});
        row("nowhere", plain, 304, {}, {}, Reach::Malformed, {});
        row("with TLS", u"https://a.site"_s, 302, "https://login.example/", {}, Reach::Redirected, {});
        row("a page", plain, 200, {}, page, Reach::Malformed, "*");
        row("a page that says what it is", plain, 511, {}, page, Reach::ServerError, "*");
        row("a balancer's", plain, 502, {}, page, Reach::ServerError, {});
        row("no such path", plain, 404, {}, page, Reach::NotFound, {});
        row("a wrong token", plain, 403, {}, page, Reach::Unauthorised, {});
        row("understood", plain, 200, {}, "{}", Reach::Answered, {});
        row("empty", plain, 200, {}, {}, Reach::Malformed, {});
    }

    void portalMarks()
    {
        QFETCH(QString, url);
        QFETCH(int, http);
        QFETCH(QByteArray, location);
        QFETCH(QByteArray, body);
        QFETCH(Reach, reach);
        QFETCH(QByteArray, mark);
        Headers headers;
        if (!location.isEmpty())
            headers.append({"Location", location});
        const QByteArray found = portalMark(EndpointUrl(url), replyOf(http, body, headers), reach);
        if (mark != "*") {
            QCOMPARE(found, mark);
            return;
        }
        QVERIFY(QRegularExpression(u"^sha256:[0-9a-f]{16}$"_s).match(QString::fromLatin1(found)).hasMatch());
        QCOMPARE(portalMark(EndpointUrl(u"http://b.site"_s), replyOf(200, body), Reach::Malformed), found);
        QVERIFY(portalMark(EndpointUrl(url), replyOf(200, body + ' '), Reach::Malformed) != found);
    }
};

QTEST_GUILESS_MAIN(TestNetworkEvidence)
#include "tst_network_evidence.moc"
