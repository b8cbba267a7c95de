// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/machine.h"
#include "tests/unit/machine/laptop.h"

#include <QTest>

#include <random>
#include <string>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
/// How the endpoints a, b (plain HTTP), c (TLS) and l (this machine) answer in one round.
struct Answer {
    Reach reach = Reach::TimedOut;
    int http = 0;
    QByteArray mark;
    TlsProblem tls = TlsProblem::None;
};
const QMap<QString, Answer> answers{{u"silent"_s, {}}, {u"dns"_s, {Reach::DnsFailed, 0, {}, {}}},
    {u"no-way"_s, {Reach::Unreachable, 0, {}, {}}}, {u"ok"_s, {Reach::Answered, 200, {}, {}}},
    {u"401"_s, {Reach::Unauthorised, 401, {}, {}}}, {u"502"_s, {Reach::ServerError, 502, {}, {}}},
    {u"half"_s, {Reach::TimedOut, 200, {}, {}}}, {u"refused"_s, {Reach::Refused, 0, {}, {}}}, {u"reset"_s, {Reach::Closed, 0, {}, {}}},
    {u"tls-alert"_s, {Reach::TlsFailed, 0, {}, TlsProblem::ClientCertificateMissing}},
    {u"to-login"_s, {Reach::Redirected, 302, "login.example", {}}}, {u"to-sso"_s, {Reach::Redirected, 302, "sso.example", {}}},
    {u"page"_s, {Reach::Malformed, 200, "sha256:0123456789abcdef", {}}}, {u"not-sent"_s, {Reach::NoSecret, 0, {}, {}}}};

NetworkEvidence evidenceOf(const QString &word)
{
    if (word == "lo"_L1)
        return {true, true, false, {}};
    if (word == "no-route"_L1)
        return {false, true, false, {}};
    if (word == "disconnected"_L1)
        return {false, false, true, {}};
    if (word == "no-reference"_L1)
        return {false, false, false, false};
    if (word == "reference"_L1)
        return {false, false, false, true};
    return {};
}

const QMap<QString, QString> urls{{u"a"_s, u"http://a.site:80"_s}, {u"b"_s, u"http://b.site:80"_s}, {u"B"_s, u"http://b.site:81"_s},
    {u"c"_s, u"https://c.site"_s}, {u"l"_s, u"http://127.0.0.1:8080"_s}};

/// "a:silent b:502": a fleet of as many clusters, each of one endpoint, and one round of it.
Fleet roundOf(const QString &text, const NetworkEvidence &evidence, JudgeMode mode)
{
    Fleet fleet;
    fleet.mode = mode;
    Time now{Instant(1'800'000'000s), 1000s, 2000s};
    FleetSpec specs;
    const QStringList words = text.split(u' ');
    for (const QString &word : words) {
        ClusterSpec spec;
        spec.name = ClusterName(word.first(1));
        spec.endpoints = {EndpointUrl(urls.value(word.first(1)))};
        specs.append(spec);
    }
    (void)step(fleet, specs, now);
    for (const QString &word : words) {
        const Answer answer = answers.value(word.mid(2));
        Observation reply;
        reply.cluster = ClusterName(word.first(1));
        reply.endpoint = EndpointUrl(urls.value(word.first(1)));
        reply.request = u"status"_s;
        reply.primary = reply.endpointDone = true;
        reply.at = now = now + Milliseconds(5);
        reply.latencySeconds = 0.001;
        reply.reach = answer.reach;
        reply.http = answer.http;
        reply.portalMark = answer.mark;
        reply.tls = answer.tls;
        if (answer.reach == Reach::Answered)
            reply.facts.reportedState = ComponentState::Healthy;
        (void)step(fleet, reply, now);
    }
    now = now + Milliseconds(5);
    if (std::exchange(fleet.machine.evidenceWanted, false))
        (void)step(fleet, evidence, now);
    return fleet;
}
} // namespace

/// Offline or not (JUDGE section 4).
class TestOffline : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void evidenceAndAnswers_data()
    {
        QTest::addColumn<QString>("round");
        QTest::addColumn<QString>("evidence");
        QTest::addColumn<QString>("sign"); // empty: not offline
        const auto row = [](const QString &round, const QString &evidence, const QString &sign) {
            QTest::newRow(qPrintable(round + u" with "_s + evidence)) << round << evidence << sign;
        };
        for (const QString &silence : {u"a:silent b:silent c:silent"_s, u"a:dns b:dns c:dns"_s, u"a:no-way b:silent c:dns"_s, u"a:silent"_s,
                 u"a:silent b:not-sent"_s, u"a:silent b:silent l:ok"_s, u"a:silent l:refused"_s}) {
            row(silence, u"lo"_s, u"only-loopback"_s);
            row(silence, u"no-route"_s, u"no-route"_s);
            row(silence, u"disconnected"_s, u"disconnected"_s);
            row(silence, u"no-reference"_s, u"reference"_s);
            row(silence, u"reference"_s, {});
            row(silence, u"nothing"_s, {});
        }
        for (const QString &answer : {u"ok"_s, u"401"_s, u"502"_s, u"half"_s, u"refused"_s, u"reset"_s}) {
            for (const QString &evidence : {u"lo"_s, u"no-route"_s, u"disconnected"_s, u"no-reference"_s, u"nothing"_s})
                row(u"a:silent b:%1 c:dns"_s.arg(answer), evidence, {});
        }
        row(u"a:silent b:silent c:tls-alert"_s, u"lo"_s, {});
        row(u"l:refused"_s, u"lo"_s, {});
        row(u"l:ok"_s, u"lo"_s, {});
        row(u"a:not-sent"_s, u"lo"_s, {});
        row(u"a:to-login b:silent"_s, u"lo"_s, {}); // one is no portal, but somebody answered
    }

    void evidenceAndAnswers()
    {
        QFETCH(QString, round);
        QFETCH(QString, evidence);
        QFETCH(QString, sign);
        for (const JudgeMode mode : {JudgeMode::OneShot, JudgeMode::OverTime}) {
            const Fleet fleet = roundOf(round, evidenceOf(evidence), mode);
            QCOMPARE(fleet.machine.offline ? QString(name(fleet.machine.offline->sign)) : QString(), sign);
            for (const ClusterState &cluster : fleet.clusters) {
                const ClusterStatus status = judged(cluster, mode, *fleet.machine.looked);
                const bool blamed = !status.reasons.isEmpty() && status.reasons.first().code == ReasonCode::MachineOffline;
                QCOMPARE(blamed, !sign.isEmpty() && cluster.spec.name.text() != "l"_L1);
                QVERIFY(!blamed || status.severity == Severity::Unknown);
            }
        }
    }

    void portals_data()
    {
        QTest::addColumn<QString>("round");
        QTest::addColumn<int>("endpoints"); // that it answers for; 0: no portal
        const auto row = [](const char *name, const QString &round, int endpoints) { QTest::newRow(name) << round << endpoints; };
        row("all are redirected to one host", u"a:to-login b:to-login"_s, 2);
        row("the same page for all", u"a:page b:page"_s, 2);
        row("TLS breaks on the way", u"a:to-login b:to-login c:tls-alert"_s, 2);
        row("it refuses other ports", u"a:to-login b:to-login c:refused"_s, 2);
        row("one more endpoint of the second host", u"a:to-login b:to-login B:to-login"_s, 3);
        row("what runs here has nothing to do with it", u"a:to-login b:to-login l:ok"_s, 2);
        row("only one was asked that way", u"a:to-login c:silent"_s, 0);
        row("two endpoints of one host are behind one balancer", u"b:to-login B:to-login"_s, 0);
        row("two logins", u"a:to-login b:to-sso"_s, 0);
        row("a redirect and a page", u"a:to-login b:page"_s, 0);
        row("a balancer in front of all", u"a:502 b:502"_s, 0);
        row("one says something of its own", u"a:page b:page B:502"_s, 0);
        row("one answers properly", u"a:to-login b:to-login c:ok"_s, 0);
        row("one wants a token, through TLS that is right", u"a:to-login b:to-login c:401"_s, 0);
    }

    void portals()
    {
        QFETCH(QString, round);
        QFETCH(int, endpoints);
        for (const JudgeMode mode : {JudgeMode::OneShot, JudgeMode::OverTime}) {
            const Fleet fleet = roundOf(round, {}, mode);
            QCOMPARE(fleet.machine.offline ? fleet.machine.offline->endpoints : 0, endpoints);
            for (const ClusterState &cluster : fleet.clusters) {
                if (!cluster.endpoints.first().newest.value(u"status"_s).portalMark.isEmpty())
                    QVERIFY(judged(cluster, mode, *fleet.machine.looked).severity != Severity::Ok);
            }
        }
    }

    void whatIsOnThisMachine()
    {
        for (const QString &url : {u"http://127.0.0.1:8500"_s, u"http://127.8.9.10"_s, u"https://[::1]:8501"_s, u"http://localhost:80"_s,
                 u"http://LOCALHOST"_s, u"http://consul.localhost:8500"_s})
            QVERIFY2(isOnThisMachine(EndpointUrl(url)), qPrintable(url));
        for (const QString &url : {u"http://10.0.0.1"_s, u"http://127.example.com"_s, u"http://127.0.0.1.example.com"_s,
                 u"http://localhost.example.com"_s, u"http://[::2]"_s, u"http://notlocalhost"_s})
            QVERIFY2(!isOnThisMachine(EndpointUrl(url)), qPrintable(url));
    }

    void aSignThatWasDisprovedCountsForNothing()
    {
        Laptop laptop({u"near: http://a.site"_s, u"far: http://b.site"_s});
        laptop.evidence = NetworkEvidence{false, false, true, {}}; // a network service that knows nothing of the interface in use
        laptop.pass(1min);
        laptop.becomes(u"timeout"_s, u"http://a.site"_s);
        laptop.pass(1min);
        QCOMPARE(laptop.verdict(u"near"_s), u"critical because endpoint-down"_s);
        laptop.becomes(u"timeout"_s);
        laptop.pass(1min);
        QCOMPARE(laptop.verdict(u"far"_s), u"critical because endpoint-down"_s);
        QCOMPARE(laptop.notices().size(), 1);
        laptop.evidence = NetworkEvidence{true, true, true, {}};
        laptop.pass(30s);
        QCOMPARE(laptop.verdict(u"far"_s), u"unknown because machine-offline(only-loopback)"_s);
    }

    void clustersThatAreAskedSeldomAreAskedAtOnce()
    {
        Laptop laptop({u"often: http://a.site"_s, u"seldom: http://b.site"_s});
        laptop.fleet.clusters.last().spec.interval = 5min;
        laptop.pass(1min);
        laptop.network = Network::Off;
        laptop.pass(11s);
        QCOMPARE(laptop.verdict(u"often"_s), u"unknown because machine-offline(only-loopback)"_s);
        QCOMPARE(laptop.verdict(u"seldom"_s), u"unknown because machine-offline(only-loopback)"_s);
    }

    /// Whatever happens: never Ok while offline, never offline while anything answered, and nobody is told of anything.
    void random();
};

void TestOffline::random()
{
    const QStringList clusters{u"plain: http://a.site http://b.site"_s, u"safe: https://c.site"_s, u"local: http://127.0.0.1:80"_s};
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 chance(seed);
        const auto below = [&](int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(chance); };
        Laptop laptop(clusters, Milliseconds(std::array{1s, 10s, 300s}.at(seed % 3)));
        const QStringList words{u"ok"_s, u"ok"_s, u"refused"_s, u"timeout"_s, u"bad-gateway"_s, u"failed"_s};
        for (int i = 0; i < 120; ++i) {
            const int what = below(10);
            if (what < 3)
                laptop.network = static_cast<Network>(below(4));
            else if (what < 5)
                laptop.becomes(words.at(below(int(words.size()))), laptop.fleet.clusters.at(below(3)).spec.endpoints.first().text());
            else if (what == 5)
                laptop.sleep(Milliseconds(below(100'000)));
            else if (what == 6)
                laptop.stop(Milliseconds(below(100'000)));
            else
                laptop.pass(Milliseconds(below(40'000)));
            if (what == 7) // evidence that may be wrong
                laptop.evidence = below(2) == 0 ? std::optional(NetworkEvidence{false, below(2) == 0, below(2) == 0, {}}) : std::nullopt;
            const std::string text = "seed " + std::to_string(seed) + " step " + std::to_string(i);
            const char *where = text.c_str();
            const auto &offline = laptop.fleet.machine.offline;
            for (const ClusterState &cluster : std::as_const(laptop.fleet.clusters)) {
                const bool local = cluster.spec.name.text() == "local"_L1;
                const Severity severity = laptop.status(cluster.spec.name.text()).severity;
                if (offline && !local)
                    QVERIFY2(severity == Severity::Unknown, where);
                for (const EndpointState &endpoint : cluster.endpoints) {
                    const bool answered = endpoint.attempt && isAnswer(*endpoint.attempt) && endpoint.attempt->portalMark.isEmpty();
                    if (answered && !local && offline && offline->sign != OfflineSign::Portal)
                        QVERIFY2(false, where);
                    if (endpoint.attempt && endpoint.attempt->reach == Reach::Answered && !local)
                        QVERIFY2(!offline, where);
                }
            }
        }
        for (const Event &event : std::as_const(laptop.events)) {
            const bool unseen = std::any_of(event.reasons.cbegin(), event.reasons.cend(),
                [](const Reason &reason) { return reason.code == ReasonCode::MachineOffline || reason.code == ReasonCode::Waking; });
            QVERIFY2(!unseen || event.muted, std::to_string(seed).c_str());
        }
    }
}

QTEST_APPLESS_MAIN(TestOffline)
#include "tst_offline.moc"
