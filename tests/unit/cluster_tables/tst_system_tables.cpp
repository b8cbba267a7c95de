// SPDX-License-Identifier: GPL-3.0-or-later
// What the tables of probes, queues, components, agents, storage and endpoints say.
#include "tests/unit/cluster_tables/cluster_tables.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

class TestSystemTables final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void probes()
    {
        Tables tables;
        tables.apply(made_up::bufstreamFailing());
        const int storage = tables.probes.rowOf(u"object_storage"_s);
        QCOMPARE(line(tables.probes, storage),
            u"object_storage · 2 of 3: broker-0, broker-2 · error · healthy · error · PutObject s3://bufstream-eu-west-1/probe/7f3a: 403 "
            "AccessDenied: explicit deny in a bucket policy · "_s);
        QCOMPARE(severity(tables.probes.index(storage, 2), CellTintRole), Severity::Critical);
        QCOMPARE(severity(tables.probes.index(storage, 3), CellTintRole), Severity::Ok);
        const int version = tables.probes.rowOf(u"version"_s);
        QCOMPARE(line(tables.probes, version),
            u"version · 1 of 3: broker-1 · healthy · healthy · healthy · 0.3.29, but 0.3.28 on broker-1 (derived) · "_s);
        QCOMPARE(severity(tables.probes.index(version, 3), DerivedRole), Severity::Warning);
        QCOMPARE(line(tables.probes, tables.probes.rowOf(u"etcd"_s)),
            u"etcd · healthy on 3 · healthy · healthy · healthy · 3/3 member(s) healthy · 3 of 3"_s);
        QVERIFY(tables.probes.index(storage, ProbeModel::summaryColumn).data(SortRole).toInt()
            > tables.probes.index(version, ProbeModel::summaryColumn).data(SortRole).toInt());
    }

    void aBrokerThatIsSilentIsHatched()
    {
        ClusterStatus cluster = made_up::bufstreamFailing();
        const EndpointUrl gone = cluster.endpoints[1].url;
        cluster.endpoints[1].reach = Reach::Refused;
        cluster.components.removeIf([&](const ComponentStatus &component) { return component.endpoint == gone; });
        Tables tables;
        tables.apply(cluster);
        QVERIFY(tables.probes.index(0, 3).data(SilentRole).toBool());
        QCOMPARE(tables.probes.index(0, 3).data(Qt::AccessibleTextRole).toString(), u"no answer"_s);
        QVERIFY(!tables.probes.index(0, 2).data(SilentRole).toBool());
    }

    void manyBrokersAreSummarised()
    {
        Tables tables;
        tables.apply(made_up::bufstreamMany(40, 2));
        QCOMPARE(tables.probes.brokers(), 0);
        QCOMPARE(tables.probes.index(tables.probes.rowOf(u"object_storage"_s), ProbeModel::summaryColumn).data().toString(),
            u"2 of 40: bufstream-3, bufstream-10"_s);
        QCOMPARE(tables.probes.index(tables.probes.rowOf(u"etcd"_s), ProbeModel::summaryColumn).data().toString(), u"healthy on 40"_s);
    }

    void queues()
    {
        Tables tables;
        tables.apply(made_up::osapiWarning());
        QCOMPARE(line(tables.queues, 0), u"Warning · jobs · 12 · 2 · 78 · 3 · 5 · 100 ·  · 3 · −1.4 · – · – · 8 min"_s);
        const Share share = tables.queues.index(0, int(QueueModel::Column::Share)).data(ShareRole).value<Share>();
        QCOMPARE(share.total, 100);
        QVERIFY(tables.queues.index(0, int(QueueModel::Column::Dead)).data(StrongRole).toBool());

        ClusterStatus bare = made_up::osapiWarning();
        bare.queues = QList<QueueStatus>(1);
        bare.queues->first().name = u"jobs"_s;
        tables.apply(bare);
        QCOMPARE(line(tables.queues, 0), u"Unknown · jobs · – · – · – · – · – · – ·  · – · – · – · – · –"_s);
        QVERIFY(!tables.queues.index(0, int(QueueModel::Column::Share)).data(ShareRole).isValid());
        QVERIFY(!tables.queues.index(0, int(QueueModel::Column::Waiting)).data(SortRole).isValid());
    }

    void componentsStandUnderTheirGroup()
    {
        Tables tables;
        tables.apply(made_up::osapiWarning());
        ComponentModel &model = tables.components;
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(line(model, 0), u"controller · 8 ok, 1 disabled · "_s);
        const QModelIndex controller = model.index(0, 0);
        QCOMPARE(model.rowCount(controller), 9);
        QCOMPARE(model.index(0, 2, controller).data().toString(), u"http://0.0.0.0:8080"_s);
        QVERIFY(model.index(6, 1, controller).data(DisabledRole).toBool());
        QVERIFY(!model.index(6, 1, controller).data(SeverityRole).isValid());

        ClusterStatus old = made_up::osapiWarning();
        old.components.first().group.clear();
        tables.apply(old);
        QCOMPARE(line(model, 0), u"api · ok · http://0.0.0.0:8080"_s);
        QCOMPARE(model.rowCount(model.index(0, 0)), 0);
    }

    void agents()
    {
        Tables tables;
        tables.apply(made_up::osapiWarning());
        QCOMPARE(line(tables.agents, 0), u"Warning · web-01 · agent · DiskPressure ·  · 1.2 % · 96 MiB · – · 7 h 6 min"_s);
        const int gone = tables.agents.rowOf(u"agent/web-03"_s);
        QCOMPARE(line(tables.agents, gone), u"Gone · web-03 · agent · not in the registry ·  · – · – · – · –"_s);
        QVERIFY(!tables.agents.isUsed(AgentModel::Column::Labels));
        QVERIFY(!tables.agents.isUsed(AgentModel::Column::Heartbeat));
        QVERIFY(tables.agents.isUsed(AgentModel::Column::UpFor));
        QCOMPARE(agentSummary(*made_up::osapiWarning().agents), u"4 agents, 1 controller, 1 nats"_s);
    }

    void storage()
    {
        Tables tables;
        tables.apply(made_up::osapiWarning());
        QCOMPARE(line(tables.storage, 0), u"stream · osapi-JOBS · 42 · 24 ·  ·  ·  ·  · 1.0 KiB"_s);
        QCOMPARE(line(tables.storage, 1), u"bucket · osapi-agent-registry ·  ·  · 7 ·  ·  ·  · 1.9 KiB"_s);
        QCOMPARE(line(tables.storage, 5), u"object store · osapi-file-objects ·  ·  ·  ·  ·  ·  · 5.0 MiB"_s);
        QVERIFY(!tables.storage.isUsed(StorageModel::Column::Pending));
    }

    void endpoints()
    {
        Tables tables;
        tables.apply(made_up::consulSplit());
        QCOMPARE(line(tables.endpoints, 0),
            u"Answered · http://10.3.1.11:8500 · 200 · 2.9 ms · follower · 1.8.7 · leader, peers, self ·  · 1 s"_s);
        QCOMPARE(line(tables.endpoints, 4),
            u"Timed out · http://10.3.1.15:8500 ·  · 8.0 s · – · 1.8.7 · leader, peers, self · no answer from 10.3.1.15:8500 within 8 s · 5 s"_s);
        QCOMPARE(severity(tables.endpoints.index(4, 0), RowTintRole), Severity::Critical);
        tables.endpoints.setNow(made_up::now() + std::chrono::minutes(2));
        QCOMPARE(tables.endpoints.index(4, int(EndpointModel::Column::Age)).data().toString().replace(QChar(0x00a0), u' '), u"2 min"_s);
    }

    void agesTickAlone()
    {
        Tables tables;
        tables.apply(made_up::consulCalm());
        QSignalSpy changed(&tables.endpoints, &QAbstractItemModel::dataChanged);
        tables.endpoints.setNow(made_up::now() + std::chrono::seconds(1));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().at(0).toModelIndex().column(), int(EndpointModel::Column::Age));
        QCOMPARE(changed.first().at(1).toModelIndex().column(), int(EndpointModel::Column::Age));
    }
};

QTEST_APPLESS_MAIN(TestSystemTables)
#include "tst_system_tables.moc"
