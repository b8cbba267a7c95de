// SPDX-License-Identifier: GPL-3.0-or-later
// Every table of the cluster page is merged in place: a refresh never resets it, the same status says nothing.
#include "tests/unit/cluster_tables/cluster_tables.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>
#include <random>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

namespace {

/// A status like the given one with parts missing, doubled, renamed and reordered.
ClusterStatus shaken(ClusterStatus cluster, std::mt19937 &random)
{
    const auto chance = [&](int of) { return std::uniform_int_distribution<int>(0, of)(random) == 0; };
    const auto shake = [&](auto &list, auto change) {
        for (qsizetype i = list.size() - 1; i >= 0; --i) {
            if (chance(3))
                list.removeAt(i);
            else if (chance(3))
                change(list[i]);
            else if (chance(6))
                list.insert(i, list.at(i)); // a server sends a name twice
        }
        if (chance(4))
            std::shuffle(list.begin(), list.end(), random);
    };
    const auto rename = [&](QString &name) { name = u"x%1"_s.arg(std::uniform_int_distribution<int>(0, 3)(random)); };
    for (RaftStatus &raft : cluster.raft) {
        shake(raft.peers, [&](PeerStatus &peer) {
            peer.trailing = 7;
            peer.believesLeader = chance(2) ? u""_s : u"10.0.0.9:8300"_s;
            rename(peer.id);
        });
    }
    shake(cluster.components, [&](ComponentStatus &component) {
        rename(chance(1) ? component.name : component.group);
        component.severity = Severity::Critical;
    });
    if (cluster.queues)
        shake(*cluster.queues, [&](QueueStatus &queue) { rename(queue.name); });
    if (cluster.buckets)
        shake(*cluster.buckets, [&](BucketFact &bucket) { rename(bucket.name); });
    if (cluster.agents)
        shake(cluster.agents->list, [&](AgentStatus &agent) { rename(agent.facts.name); });
    if (!cluster.endpoints.isEmpty() && chance(2))
        cluster.endpoints.removeLast();
    return cluster;
}

} // namespace

class TestTableMerges final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void theSameStatusSaysNothing()
    {
        for (const ClusterStatus &cluster : {made_up::consulLagging(), made_up::bufstreamFailing(), made_up::osapiWarning()}) {
            Tables tables;
            tables.apply(cluster);
            const auto models = tables.all();
            QList<std::shared_ptr<QSignalSpy>> spies;
            for (QAbstractItemModel *model : models)
                spies += std::make_shared<QSignalSpy>(model, &QAbstractItemModel::dataChanged);
            tables.apply(cluster);
            for (qsizetype i = 0; i < spies.size(); ++i)
                QVERIFY2(spies.at(i)->isEmpty(), models.at(i)->metaObject()->className());
        }
    }

    void mergedInPlaceWhateverComes()
    {
        std::mt19937 random(20'261'120);
        const QList<ClusterStatus> kinds{made_up::consulLagging(), made_up::consulSplit(), made_up::bufstreamFailing(),
            made_up::osapiWarning(), made_up::neverPolled(), made_up::unauthorised(), made_up::bufstreamMany(30, 3)};
        Tables tables;
        std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
        QList<std::shared_ptr<QSignalSpy>> resets;
        for (QAbstractItemModel *model : tables.all()) {
            testers.push_back(std::make_unique<QAbstractItemModelTester>(model, QAbstractItemModelTester::FailureReportingMode::QtTest));
            resets += std::make_shared<QSignalSpy>(model, &QAbstractItemModel::modelReset);
            resets += std::make_shared<QSignalSpy>(model, &QAbstractItemModel::modelAboutToBeReset);
        }
        QHash<QAbstractItemModel *, int> columns; // as whoever listens to the signals counts them
        for (QAbstractItemModel *model : tables.all()) {
            columns[model] = model->columnCount();
            connect(model, &QAbstractItemModel::columnsInserted, this,
                [&columns, model](const QModelIndex &, int first, int last) { columns[model] += last - first + 1; });
            connect(model, &QAbstractItemModel::columnsRemoved, this,
                [&columns, model](const QModelIndex &, int first, int last) { columns[model] -= last - first + 1; });
        }
        for (int round = 0; round < 300; ++round) {
            const ClusterStatus &kind = kinds.at(std::uniform_int_distribution<qsizetype>(0, kinds.size() - 1)(random));
            const ClusterStatus cluster = shaken(kind, random);
            tables.apply(cluster, made_up::now() + std::chrono::seconds(round));
            if (!cluster.raft.isEmpty())
                QCOMPARE(tables.peers.rowCount(), int(cluster.raft.first().peers.size()));
            QCOMPARE(tables.endpoints.rowCount(), int(cluster.endpoints.size()));
            for (QAbstractItemModel *model : tables.all())
                QCOMPARE(model->columnCount(), columns.value(model));
        }
        for (const auto &spy : std::as_const(resets))
            QVERIFY(spy->isEmpty());
    }

    void anIndexFollowsItsRow()
    {
        std::mt19937 random(7);
        Tables tables;
        const ClusterStatus whole = made_up::osapiWarning();
        tables.apply(whole);
        const QPersistentModelIndex agent = tables.agents.index(tables.agents.rowOf(u"agent/db-02"_s), 2);
        const QModelIndex nats = tables.components.index(1, 0);
        const QPersistentModelIndex server = tables.components.index(2, 0, nats);
        QCOMPARE(server.data().toString(), u"server"_s);
        ClusterStatus changed = whole;
        for (int round = 0; round < 50; ++round) {
            std::shuffle(changed.agents->list.begin(), changed.agents->list.end(), random);
            std::shuffle(changed.components.begin(), changed.components.end(), random);
            if (round % 2 == 0)
                changed.components.removeIf([](const ComponentStatus &component) { return component.group == "controller"_L1; });
            else
                changed.components = whole.components;
            tables.apply(changed);
            QVERIFY(agent.isValid() && server.isValid());
            QCOMPARE(agent.data(IdRole).toString(), u"agent/db-02"_s);
            QCOMPARE(server.data().toString(), u"server"_s);
            QCOMPARE(server.parent().data().toString(), u"nats"_s);
        }
        changed.components.removeIf([](const ComponentStatus &component) { return component.group == "nats"_L1; });
        tables.apply(changed);
        QVERIFY(!server.isValid());
    }
};

QTEST_APPLESS_MAIN(TestTableMerges)
#include "tst_table_merges.moc"
