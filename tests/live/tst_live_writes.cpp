// SPDX-License-Identifier: GPL-3.0-or-later
// Servers that are busy with writes: indexes that were asked for one after another must not look like a lag.
#include "tests/live/key_writer.h"
#include "tests/live/watcher.h"

#include <QRegularExpression>
#include <QTest>
#include <QUrl>

using namespace quorate::live;
using namespace Qt::StringLiterals;
using quorate::Milliseconds;

class LiveWrites final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void noFalseLag_data();
    void noFalseLag();

private:
    QString m_consul;
};

namespace {
constexpr int healthyWithin = 120'000;
constexpr int seconds = 25;
constexpr int wanted = 2'000; ///< writes a second, each a Raft entry
constexpr int paced = 2'200;
/// What the machine must reach for the test to mean anything: followers asked one after another then differ by more than the limit of 250.
constexpr int meaningful = 1'500;

/// How far the indexes that the servers told are apart, and how far the judge says that a peer trails.
struct Spread {
    quint64 told = 0;
    qint64 judged = 0;
};

void look(const Watcher &watcher, Spread &spread)
{
    if (watcher.status().raft.isEmpty())
        return;
    quint64 least = std::numeric_limits<quint64>::max(), most = 0;
    for (const quorate::PeerStatus &peer : watcher.status().raft.first().peers) {
        if (peer.commit) {
            least = std::min(least, *peer.commit);
            most = std::max(most, *peer.commit);
        }
        spread.judged = std::max(spread.judged, peer.trailing.value_or(0));
    }
    spread.told = std::max(spread.told, most > least ? most - least : 0);
}
} // namespace

void LiveWrites::initTestCase()
{
    const ConsulBinary consul = consulBinary();
    if (consul.path.isEmpty())
        QSKIP(qPrintable(u"the real Consul can't be had here: "_s + consul.problem));
    m_consul = consul.path;
}

void LiveWrites::noFalseLag_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("three servers") << 3;
    QTest::newRow("five servers") << 5;
}

void LiveWrites::noFalseLag()
{
    QFETCH(const int, size);
    const ConsulGroup group(m_consul, size);
    Watcher fast(group, Milliseconds(1'000)), slow(group, Milliseconds(10'000));
    for (Watcher *watcher : {&fast, &slow})
        QTRY_VERIFY2_WITH_TIMEOUT(watcher->isHealthy(), qPrintable(watcher->timeline()), healthyWithin);
    for (Watcher *watcher : {&fast, &slow}) {
        watcher->forget();
        watcher->remark(u"writing begins"_s);
    }
    const int leader = group.serverAt(fast.status().raft.first().leader);
    Spread spread;
    qint64 written = 0;
    {
        const KeyWriter writer(QUrl(group.urls().at(leader - 1)).host(), paced);
        for (int tenths = 0; tenths < 10 * seconds; ++tenths) {
            QTest::qWait(100);
            look(fast, spread);
            look(slow, spread);
        }
        written = writer.written();
        QCOMPARE(writer.refused(), 0);
    }
    const qint64 rate = written / seconds;
    qInfo("%lld writes a second, of %d wanted; the servers told indexes up to %llu apart, the judge says a peer trails by up to %lld", rate,
        wanted, spread.told, spread.judged);
    for (const Watcher *watcher : {&fast, &slow})
        QVERIFY2(watcher->events().isEmpty(), qPrintable(watcher->timeline()));
    QVERIFY2(rate >= meaningful, qPrintable(u"this machine takes only %1 writes a second"_s.arg(rate)));
}

QTEST_GUILESS_MAIN(LiveWrites)
#include "tst_live_writes.moc"
