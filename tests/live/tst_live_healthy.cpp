// SPDX-License-Identifier: GPL-3.0-or-later
// Healthy servers, watched for five minutes: nothing is told.
#include "tests/live/watcher.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate::live;
using namespace Qt::StringLiterals;
using quorate::Milliseconds;

class LiveHealthy final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void fiveMinutes();

private:
    QString m_consul;
};

namespace {
constexpr int healthyWithin = 120'000;
constexpr int minutes = 5;
} // namespace

void LiveHealthy::initTestCase()
{
    const ConsulBinary consul = consulBinary();
    if (consul.path.isEmpty())
        QSKIP(qPrintable(u"the real Consul can't be had here: "_s + consul.problem));
    m_consul = consul.path;
}

void LiveHealthy::fiveMinutes()
{
    const ConsulGroup three(m_consul, 3), five(m_consul, 5);
    Watcher watchThree(three, Milliseconds(1'000)), watchFive(five, Milliseconds(1'000)), slowly(five, Milliseconds(10'000));
    for (Watcher *watcher : {&watchThree, &watchFive, &slowly}) {
        QTRY_VERIFY2_WITH_TIMEOUT(watcher->isHealthy(), qPrintable(watcher->timeline()), healthyWithin);
        watcher->forget();
        watcher->remark(u"five minutes begin"_s);
    }
    QTest::qWait(minutes * 60'000);
    for (const Watcher *watcher : {&watchThree, &watchFive, &slowly}) {
        QVERIFY2(watcher->events().isEmpty(), qPrintable(watcher->timeline()));
        QVERIFY2(watcher->isHealthy(), qPrintable(watcher->timeline()));
    }
}

int main(int argc, char **argv)
{
    qputenv("QTEST_FUNCTION_TIMEOUT", "900000"); // ctest's own is the one that counts
    const QCoreApplication application(argc, argv);
    LiveHealthy test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_live_healthy.moc"
