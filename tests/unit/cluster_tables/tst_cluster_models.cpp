// SPDX-License-Identifier: GPL-3.0-or-later
// Every table of the cluster page: what its cells say, and that a refresh never resets it.
#include "models/tables/agent_model.h"
#include "models/tables/component_model.h"
#include "models/tables/endpoint_model.h"
#include "models/tables/limit_model.h"
#include "models/tables/matrix_model.h"
#include "models/tables/peer_model.h"
#include "models/tables/probe_model.h"
#include "models/tables/queue_model.h"
#include "models/tables/sample.h"
#include "models/tables/storage_model.h"
#include "tests/support/made_up_clusters.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>
#include <random>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {

/// All tables of a cluster page, merged together as the page does it.
struct Tables {
    PeerModel peers;
    MatrixModel matrix;
    ProbeModel probes;
    QueueModel queues;
    ComponentModel components;
    AgentModel agents;
    StorageModel storage;
    EndpointModel endpoints;
    LimitModel limits;
    Recent recent;

    [[nodiscard]] QList<QAbstractItemModel *> all()
    {
        return {&peers, &matrix, &probes, &queues, &components, &agents, &storage, &endpoints, &limits};
    }

    void apply(const ClusterStatus &cluster, const Time &at = made_up::now())
    {
        sample(recent, cluster);
        const RaftStatus raft = cluster.raft.isEmpty() ? RaftStatus() : cluster.raft.first();
        peers.merge(peerRows(cluster, raft, recent), at);
        matrix.apply(quorate::matrix(cluster, raft), at);
        probes.apply(quorate::probes(cluster), at);
        queues.merge(queueRows(cluster.queues.value_or(QList<QueueStatus>())), at);
        components.merge(componentGroups(cluster));
        agents.merge(agentRows(cluster, recent), at);
        storage.merge(storageRows(cluster), at);
        endpoints.merge(endpointRows(cluster, recent), at);
        limits.merge(raft.peers.isEmpty() ? groupLimits(cluster, raft) : peerLimits(cluster, raft, raft.peers.first(), at), at);
        endpoints.setNow(at);
    }
};

/// The display texts of a row, "·" between them.
QString line(const QAbstractItemModel &model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells += model.index(row, column).data().toString();
    return cells.join(u" · "_s).replace(QChar(0x00a0), u' ');
}

/// Marks of a matrix row: N names, L leads, n names another, l leads beside the elected one, 0 nobody, y a young split, . none, # silent.
QString marks(const MatrixModel &model, int row)
{
    QString text;
    for (int column = 1; column <= model.nobodyColumn(); ++column) {
        const QModelIndex index = model.index(row, column);
        const QVariant mark = index.data(MarkRole);
        text += index.data(SilentRole).toBool() ? u'#' : mark.isValid() ? u".NLnl0y"_s.at(int(mark.value<MatrixMark>())) : u' ';
    }
    return text;
}

Severity severity(const QModelIndex &index, int role) { return index.data(role).value<Severity>(); }

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

class TestClusterModels final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void peers()
    {
        Tables tables;
        tables.apply(made_up::consulLagging());
        QCOMPARE(line(tables.peers, 0), u"Ok · node-1 · follower · 38 ms · 0 ·  · 111,098 · 103,796 · 2.9 ms · 1.8.7 · 10.1.10.10:8300"_s);
        QCOMPARE(line(tables.peers, 1), u"Ok · node-2 · leader · – · – ·  · 111,098 · 103,796 · 3.2 ms · 1.8.7 · 10.1.10.11:8300"_s);
        QCOMPARE(line(tables.peers, 3),
            u"Warning · node-4 · follower · 412 ms · 1,204 ·  · 109,894 · 103,796 · 14 ms · 1.8.7 · 10.1.10.13:8300"_s);
        const QModelIndex behind = tables.peers.index(3, int(PeerModel::Column::Behind));
        QVERIFY(behind.data(StrongRole).toBool());
        QCOMPARE(severity(behind, InkRole), Severity::Warning);
        QCOMPARE(severity(behind, RowTintRole), Severity::Warning);
        QVERIFY(tables.peers.index(0, 0).data(QuietRole).toBool());
    }

    void aLagThatGrowsFallsBehindAndOneThatShrinksHasATime()
    {
        Tables tables;
        ClusterStatus cluster = made_up::consulLagging();
        const auto feed = [&](qint64 step) {
            for (int i = 0; i < 15; ++i) {
                *cluster.observed += std::chrono::seconds(5);
                cluster.observedBoot += std::chrono::seconds(5);
                *cluster.raft.first().peers[3].trailing += step;
                tables.apply(cluster);
            }
            return tables.peers.index(3, int(PeerModel::Column::CatchesUp)).data().toString().replace(QChar(0x00a0), u' ');
        };
        QCOMPARE(feed(100), u"falling behind"_s);
        QCOMPARE(feed(-50), u"in 3 min"_s); // 1,954 entries at 10 a second
        QVERIFY(tables.peers.index(3, int(PeerModel::Column::Behind)).data(SparklineRole).isValid());
    }

    void aSilentPeerIsNotShownAsIfItHadAnswered()
    {
        Tables tables;
        tables.apply(made_up::consulSplit());
        QCOMPARE(line(tables.peers, 4), u"Critical · fra-c-5 · down · – · – ·  · 88,402 · 5,117 · timed out · 1.8.7 · 10.3.1.15:8300"_s);
        ClusterStatus cluster = made_up::consulCalm();
        cluster.raft.first().peers[0].hasEndpoint = false;
        cluster.raft.first().peers[0].believesLeader.reset();
        tables.apply(cluster);
        QCOMPARE(tables.peers.index(0, int(PeerModel::Column::Latency)).data().toString(), u"not asked"_s);
    }

    void whoBelievesWhom()
    {
        Tables tables;
        tables.apply(made_up::consulCalm());
        QCOMPARE(tables.matrix.leaders(), 5);
        QCOMPARE(marks(tables.matrix, 0), u".N...."_s);
        QCOMPARE(marks(tables.matrix, 1), u".L...."_s);
        QVERIFY(tables.matrix.index(0, 2).data(LeaderRole).toBool());
        QVERIFY(!tables.matrix.index(0, 1).data(LeaderRole).toBool());
        QCOMPARE(tables.matrix.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), u"node-2"_s);

        tables.apply(made_up::consulSplit());
        QCOMPARE(marks(tables.matrix, 0), u"l....."_s);
        QCOMPARE(marks(tables.matrix, 1), u"n....."_s);
        QCOMPARE(marks(tables.matrix, 2), u"...N.."_s);
        QCOMPARE(marks(tables.matrix, 3), u"...L.."_s);
        QCOMPARE(marks(tables.matrix, 4), u"######"_s);
        QCOMPARE(tables.matrix.index(4, 1).data(Qt::AccessibleTextRole).toString(), u"no answer"_s);
        QCOMPARE(tables.matrix.index(4, tables.matrix.saysColumn()).data().toString(), u"timed out, 8.0\u00a0s"_s);
        QCOMPARE(severity(tables.matrix.index(0, tables.matrix.termColumn()), InkRole), Severity::Warning);
        QCOMPARE(severity(tables.matrix.index(0, tables.matrix.saysColumn()), InkRole), Severity::Critical);
    }

    void nobodyIsNamedAndAStrangerIs()
    {
        ClusterStatus cluster = made_up::consulCalm();
        RaftStatus &raft = cluster.raft.first();
        raft.leader.clear();
        raft.agreement = Agreement::Leaderless;
        for (PeerStatus &peer : raft.peers)
            peer.believesLeader = u""_s;
        Tables tables;
        tables.apply(cluster);
        QCOMPARE(marks(tables.matrix, 0), u".....0"_s);
        raft.peers[0].believesLeader = u"10.9.9.9:8300"_s;
        raft.peers[1].believesLeader = u"10.1.10.10:8300"_s;
        tables.apply(cluster);
        QCOMPARE(tables.matrix.leaders(), 6);
        QCOMPARE(tables.matrix.headerData(6, Qt::Horizontal, Qt::DisplayRole).toString(), u"10.9.9.9:8300"_s);
        QCOMPARE(marks(tables.matrix, 0), u".....n."_s);
    }

    void aSplitIsAWarningFirst()
    {
        ClusterStatus cluster = made_up::consulSplit();
        Reason split = cluster.reasons.first();
        split.code = ReasonCode::RaftLeaderSplit;
        split.severity = split.clusterSeverity = Severity::Warning;
        cluster.reasons = {split};
        Tables tables;
        tables.apply(cluster);
        QCOMPARE(marks(tables.matrix, 1), u"y....."_s);
    }

    void aLargeGroupHasTheNamedColumnsOnly()
    {
        ClusterStatus cluster = made_up::consulCalm();
        RaftStatus &raft = cluster.raft.first();
        for (int i = 0; i < 6; ++i) {
            PeerStatus peer = raft.peers.first();
            peer.id = u"more-%1"_s.arg(i);
            peer.name = peer.id;
            peer.address = u"10.1.11.%1:8300"_s.arg(i);
            raft.peers += peer;
        }
        Tables tables;
        tables.apply(cluster);
        QCOMPARE(tables.matrix.leaders(), 1);
        QCOMPARE(tables.matrix.rowCount(), 11);
    }

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
        QCOMPARE(line(tables.queues, 0), u"Warning · jobs · 12 · 2 · 78 · 3 · 5 · 100 ·  · 3 · −1.4 · 8 min"_s);
        const Share share = tables.queues.index(0, int(QueueModel::Column::Share)).data(ShareRole).value<Share>();
        QCOMPARE(share.total, 100);
        QVERIFY(tables.queues.index(0, int(QueueModel::Column::Dead)).data(StrongRole).toBool());

        ClusterStatus bare = made_up::osapiWarning();
        bare.queues = QList<QueueStatus>(1);
        bare.queues->first().name = u"jobs"_s;
        tables.apply(bare);
        QCOMPARE(line(tables.queues, 0), u"Unknown · jobs · – · – · – · – · – · – ·  · – · – · –"_s);
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
        QCOMPARE(line(tables.storage, 0), u"stream · osapi-JOBS · 42 · 24 ·  ·  ·  ·  · 1 KiB"_s);
        QCOMPARE(line(tables.storage, 1), u"bucket · osapi-agent-registry ·  ·  · 7 ·  ·  ·  · 1.9 KiB"_s);
        QCOMPARE(line(tables.storage, 5), u"object store · osapi-file-objects ·  ·  ·  ·  ·  ·  · 5 MiB"_s);
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

    void aChangedNumberLightsItsCell()
    {
        Tables tables;
        ClusterStatus cluster = made_up::consulLagging();
        tables.apply(cluster);
        for (PeerStatus &peer : cluster.raft.first().peers)
            *peer.applied += 5;
        cluster.raft.first().peers[4].trailing = 7;
        tables.apply(cluster, made_up::now() + std::chrono::seconds(3));
        QCOMPARE(tables.peers.index(4, int(PeerModel::Column::Applied)).data(ChangedRole).toLongLong(), 36'003'000);
        QVERIFY(!tables.peers.index(4, int(PeerModel::Column::Term)).data(ChangedRole).isValid());
        QVERIFY(!tables.peers.index(0, int(PeerModel::Column::Applied)).data(ChangedRole).isValid()); // keeps up with the leader
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

QTEST_APPLESS_MAIN(TestClusterModels)
#include "tst_cluster_models.moc"
