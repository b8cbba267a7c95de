// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/machine/laptop.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
const QStringList threeClusters{
    u"plain: http://a.site:80 http://b.site:80"_s, u"mixed: http://c.site:80 https://d.site:443"_s, u"safe: https://e.site:443"_s};
const QStringList names{u"plain"_s, u"mixed"_s, u"safe"_s};

/// One cluster of fourteen.
QStringList site()
{
    QString text = u"site:"_s;
    for (int i = 1; i <= 14; ++i)
        text += u" http://node-%1.site:80"_s.arg(i);
    return {text};
}

const QString offlineNotice = u"machine-offline: this machine is offline: no network interface is up"_s;
const QString portalNotice = u"machine-offline: this machine is offline: a captive portal answers for 3 endpoints (login.example)"_s;
} // namespace

/// What happens to the machine and not to the clusters (JUDGE section 4 and 8), at each interval alike.
class TestMachineStories : public QObject {
    Q_OBJECT

    static void intervals()
    {
        QTest::addColumn<Milliseconds>("interval");
        QTest::newRow("every second") << Milliseconds(1s);
        QTest::newRow("every 10 s") << Milliseconds(10s);
        QTest::newRow("every 5 min") << Milliseconds(5min);
    }

    static void everyVerdictIs(const Laptop &laptop, const QString &expected)
    {
        for (const QString &name : names)
            QCOMPARE(laptop.verdict(name), expected);
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void laptopWakesInATrain_data() { intervals(); }
    void laptopWakesInATrain()
    {
        QFETCH(Milliseconds, interval);
        Laptop laptop(threeClusters, interval);
        laptop.pass(20min);
        everyVerdictIs(laptop, u"ok"_s);
        (void)laptop.told();

        laptop.network = Network::Off;
        laptop.sleep(8h);
        laptop.pass(6s);
        everyVerdictIs(laptop, u"unknown because machine-offline(only-loopback)"_s);
        QCOMPARE(laptop.notices(), QStringList{offlineNotice});

        laptop.network = Network::Portal; // the train's own network
        laptop.pass(12s);
        everyVerdictIs(laptop, u"unknown because machine-offline(portal login.example)"_s);
        QCOMPARE(laptop.notices(), QStringList{portalNotice});
        laptop.pass(10min);
        everyVerdictIs(laptop, u"unknown because machine-offline(portal login.example)"_s);

        laptop.network = Network::WithoutVpn;
        laptop.pass(90s);
        everyVerdictIs(laptop, u"unknown because waking(sleep)"_s);
        QCOMPARE(laptop.notices(), QStringList());

        laptop.network = Network::Up;
        laptop.pass(6s);
        everyVerdictIs(laptop, u"ok"_s);
        laptop.pass(30min);
        everyVerdictIs(laptop, u"ok"_s);
        QCOMPARE(laptop.told(), QStringList());
        QVERIFY2(laptop.recorded().contains(u"ok -> unknown (muted)"_s), "for the history: nobody looked");
    }

    void theVpnNeverComes_data() { intervals(); }
    void theVpnNeverComes()
    {
        QFETCH(Milliseconds, interval);
        Laptop laptop({u"plain: http://a.site:80 http://b.site:80"_s}, interval);
        laptop.pass(20min);
        (void)laptop.told();
        laptop.network = Network::WithoutVpn;
        laptop.sleep(8h);
        laptop.pass(118s);
        QCOMPARE(laptop.verdict(), u"unknown because waking(sleep)"_s);
        laptop.pass(15s);
        QCOMPARE(laptop.verdict(), u"critical because endpoint-down"_s);
        QCOMPARE(laptop.told(), QStringList{u"plain ok -> critical"_s});
        QCOMPARE(laptop.notices(), QStringList{u"none-answers: none of 2 endpoints answers; this machine's network looks up"_s});
        laptop.network = Network::Up;
        laptop.pass(interval + 20s);
        QCOMPARE(laptop.told(), QStringList{u"plain critical -> ok"_s});
        QCOMPARE(laptop.notices(), QStringList());
    }

    void wallClockIsSetByAnHour_data() { intervals(); }
    void wallClockIsSetByAnHour()
    {
        QFETCH(Milliseconds, interval);
        Laptop laptop(threeClusters, interval);
        laptop.pass(10min);
        laptop.becomes(u"timeout"_s, u"https://d.site:443"_s);
        laptop.pass(interval + 30s);
        QCOMPARE(laptop.verdict(u"mixed"_s), u"warning because endpoint-down"_s);
        (void)laptop.told();
        const auto age = [&] { return laptop.now.wall - *laptop.status(u"mixed"_s).since; };
        const Milliseconds before = age();
        laptop.setClock(1h);
        laptop.pass(1s);
        QCOMPARE(laptop.told(), QStringList{u"clock-stepped +3600"_s});
        QCOMPARE((age() - before).count(), 1000);
        QCOMPARE(laptop.status(u"plain"_s).severity, Severity::Ok);
        laptop.setClock(-90min);
        laptop.pass(15min);
        QCOMPARE(laptop.told(), QStringList{u"clock-stepped -5400"_s});
        QVERIFY(age() > before && age() < before + 20min);
        for (const Reason &reason : laptop.status(u"mixed"_s).reasons)
            QVERIFY(!reason.since || *reason.since <= laptop.now.wall);
    }

    void slewingIsNoStep()
    {
        Laptop laptop(threeClusters);
        for (int i = 0; i < 3600; ++i) {
            laptop.pass(1s);
            laptop.setClock(1ms); // twice as fast as NTP does it
        }
        laptop.setClock(1900ms);
        laptop.pass(1s);
        QVERIFY(!laptop.told().join(u' ').contains("clock"_L1));
    }

    void sitePowerCut_data() { intervals(); }
    void sitePowerCut()
    {
        QFETCH(Milliseconds, interval);
        Laptop laptop(site(), interval);
        laptop.pass(10min);
        (void)laptop.told();
        laptop.becomes(u"timeout"_s);
        laptop.pass(interval + 20s);
        QCOMPARE(laptop.verdict(), u"critical because endpoint-down"_s);
        QCOMPARE(laptop.notices(), QStringList{u"none-answers: none of 14 endpoints answers; this machine's network looks up"_s});
        laptop.pass(30min);
        QCOMPARE(laptop.told(), QStringList{u"site ok -> critical"_s});
    }

    void sleepIsNotObserved_data() { intervals(); }
    void sleepIsNotObserved()
    {
        QFETCH(Milliseconds, interval);
        Laptop laptop(threeClusters, interval);
        laptop.becomes(u"timeout"_s, u"http://b.site:80"_s);
        laptop.pass(20min);
        QCOMPARE(laptop.verdict(u"plain"_s), u"warning because endpoint-down"_s);
        (void)laptop.told();
        for (const Milliseconds slept : {Milliseconds(3s), Milliseconds(1min), Milliseconds(9h)}) {
            laptop.sleep(slept);
            laptop.pass(interval + 30s);
            QCOMPARE(laptop.verdict(u"plain"_s), u"warning because endpoint-down"_s);
            QCOMPARE(laptop.verdict(u"safe"_s), u"ok"_s);
            QCOMPARE(laptop.told(), QStringList());
        }
    }

    void whatHappenedInTheNightIsTold_data() { intervals(); }
    void whatHappenedInTheNightIsTold()
    {
        QFETCH(Milliseconds, interval);
        Laptop laptop(threeClusters, interval);
        laptop.becomes(u"timeout"_s, u"http://b.site:80"_s);
        laptop.pass(20min);
        (void)laptop.told();
        laptop.becomes(u"ok"_s, u"http://b.site:80"_s);
        laptop.becomes(u"failed"_s, u"https://e.site:443"_s);
        laptop.sleep(9h);
        laptop.pass(interval + 30s);
        QStringList told = laptop.told();
        told.sort();
        QCOMPARE(told, (QStringList{u"plain warning -> ok"_s, u"safe ok -> critical"_s}));
        laptop.pass(30min);
        QCOMPARE(laptop.told(), QStringList());
    }

    void aStoppedProgramGoesOn_data() { intervals(); }
    void aStoppedProgramGoesOn()
    {
        QFETCH(Milliseconds, interval);
        Laptop laptop(threeClusters, interval);
        laptop.becomes(u"timeout"_s, u"http://b.site:80"_s);
        laptop.pass(20min);
        (void)laptop.told();
        laptop.stop(40min);
        laptop.tell(Tick{});
        QCOMPARE(laptop.verdict(u"safe"_s), u"unknown because stale"_s);
        laptop.pass(interval + 30s);
        QCOMPARE(laptop.verdict(u"plain"_s), u"warning because endpoint-down"_s);
        QCOMPARE(laptop.verdict(u"safe"_s), u"ok"_s);
        QCOMPARE(laptop.told(), QStringList());
    }

    void theCableIsOutForAWhile_data() { intervals(); }
    void theCableIsOutForAWhile()
    {
        QFETCH(Milliseconds, interval);
        Laptop laptop(threeClusters, interval);
        laptop.becomes(u"failed"_s, u"https://e.site:443"_s);
        laptop.pass(20min);
        (void)laptop.told();
        for (int i = 0; i < 3; ++i) {
            laptop.network = Network::Off;
            laptop.pass(interval);
            everyVerdictIs(laptop, u"unknown because machine-offline(only-loopback)"_s);
            QCOMPARE(laptop.status(u"plain"_s).endpoints.first().severity, Severity::Unknown);
            laptop.pass(7min);
            laptop.network = Network::Up;
            laptop.pass(interval + 30s);
            QCOMPARE(laptop.verdict(u"plain"_s), u"ok"_s);
            QCOMPARE(laptop.verdict(u"safe"_s), u"critical because component-failed"_s);
            QCOMPARE(laptop.notices(), QStringList());
        }
        QCOMPARE(laptop.told(), QStringList());
        QCOMPARE(laptop.recorded().filter(u"ok -> unknown (muted)"_s).size(), 6);
    }

    void itSaysWhatItWasBefore()
    {
        Laptop laptop(threeClusters);
        laptop.pass(1min);
        laptop.network = Network::Off;
        laptop.pass(1min);
        const Reason reason = laptop.status(u"plain"_s).reasons.first();
        QVERIFY(reason.names.contains(u"ok"_s));
        QVERIFY(fromRfc3339(reason.names.last()).has_value());
    }

    void startsWithoutANetwork()
    {
        Laptop laptop(threeClusters);
        laptop.network = Network::Off;
        laptop.pass(5min);
        everyVerdictIs(laptop, u"unknown because machine-offline(only-loopback)"_s);
        QCOMPARE(laptop.told(), QStringList());
        laptop.network = Network::Up;
        laptop.pass(30s);
        everyVerdictIs(laptop, u"ok"_s);
    }

    void pausedClustersAreLeftOut()
    {
        Laptop laptop(threeClusters);
        laptop.pass(1min);
        laptop.network = Network::Off;
        laptop.pass(1min);
        laptop.tell(Intent{Intent::Kind::Pause, ClusterName(u"plain"_s), {}});
        QCOMPARE(laptop.verdict(u"plain"_s), u"unknown because nothing-to-observe"_s);
        laptop.tell(Intent{Intent::Kind::Pause, {}, {}});
        QCOMPARE(laptop.notices(), QStringList());
    }
};

QTEST_APPLESS_MAIN(TestMachineStories)
#include "tst_machine_stories.moc"
