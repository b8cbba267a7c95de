// SPDX-License-Identifier: GPL-3.0-or-later
// Real Consul servers in trouble, watched over time: what is told, in order, and nothing else.
#include "tests/live/drill.h"
#include "tests/live/separate_networks.h"

#include <QMutex>
#include <QRegularExpression>
#include <QTest>
#include <QThread>

#include <cstdio>
#include <memory>
#include <vector>

using namespace quorate::live;
using namespace Qt::StringLiterals;

class LiveDrills final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void drill_data();
    void drill();
    void cleanupTestCase();

private:
    void runLane(const Lane &lane);

    QString m_consul, m_noNetworks;
    const QList<Lane> m_lanes = lanes();
    std::vector<std::unique_ptr<QThread>> m_threads;
    QMutex m_mutex;
    QMap<QString, QString> m_otherwise; ///< by drill, once it is over
};

namespace {
QString idOf(const Lane &lane, const Drill &drill) { return QString::fromUtf8(drill.name) + u", "_s + QString::fromUtf8(lane.name); }

/// "tst_live_drills 'drill:leader killed, …'" runs that one only.
bool isAsked(const QString &id)
{
    const QStringList arguments = QCoreApplication::arguments();
    const bool chosen = arguments.filter(u"drill:"_s).size() > 0;
    return !chosen || arguments.contains(u"drill:"_s + id);
}
} // namespace

void LiveDrills::initTestCase()
{
    const ConsulBinary consul = consulBinary();
    if (consul.path.isEmpty())
        QSKIP(qPrintable(u"the real Consul can't be had here: "_s + consul.problem));
    m_consul = consul.path;
    m_noNetworks = SeparateNetworks::problem();
    for (const Lane &lane : m_lanes) {
        if (!lane.options.ownNetworks || m_noNetworks.isEmpty())
            m_threads.emplace_back(QThread::create([this, &lane] { runLane(lane); }))->start();
    }
}

void LiveDrills::runLane(const Lane &lane)
{
    std::unique_ptr<ConsulGroup> group;
    for (const Drill &drill : lane.drills) {
        const QString id = idOf(lane, drill);
        if (!isAsked(id))
            continue;
        if (!group)
            group = std::make_unique<ConsulGroup>(m_consul, lane.options);
        const QString found = otherwise(drill, *group);
        const QMutexLocker lock(&m_mutex);
        m_otherwise.insert(id, found);
    }
}

void LiveDrills::drill_data()
{
    QTest::addColumn<bool>("networks");
    for (const Lane &lane : m_lanes) {
        for (const Drill &drill : lane.drills)
            QTest::newRow(qPrintable(idOf(lane, drill))) << lane.options.ownNetworks;
    }
}

void LiveDrills::drill()
{
    QFETCH(const bool, networks);
    if (networks && !m_noNetworks.isEmpty())
        QSKIP(qPrintable(u"a server can't be cut off from its peers here: "_s + m_noNetworks));
    const QString id = QString::fromUtf8(QTest::currentDataTag());
    const auto found = [&] {
        const QMutexLocker lock(&m_mutex);
        return m_otherwise.contains(id) ? std::optional(m_otherwise.value(id)) : std::nullopt;
    };
    QTRY_VERIFY_WITH_TIMEOUT(found(), 600'000);
    const QString problem = *found();
    std::fputs(qPrintable(problem), stderr); // whole: what Qt Test prints is cut
    QVERIFY2(problem.isEmpty(), qPrintable(problem.section(u'\n', 0, 0)));
}

void LiveDrills::cleanupTestCase()
{
    for (const auto &thread : m_threads)
        thread->wait();
}

int main(int argc, char **argv)
{
    qputenv("QTEST_FUNCTION_TIMEOUT", "900000"); // ctest's own is the one that counts
    const QCoreApplication application(argc, argv);
    LiveDrills test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_live_drills.moc"
