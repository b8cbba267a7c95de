// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/acceptance.h"
#include "models/tables/component_model.h"
#include "models/tables/probe_model.h"
#include "models/tables/reason_model.h"
#include "tests/support/made_up_clusters.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
QStringList offers(const ClusterStatus &cluster)
{
    QStringList list;
    for (const Acceptance &acceptance : acceptances(cluster))
        list += acceptance.offer;
    return list;
}
} // namespace

class AcceptanceTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void onlyWhatIsOverItsMeasureIsOffered()
    {
        QVERIFY(offers(made_up::consulCalm()).isEmpty());
        QVERIFY(offers(made_up::bufstreamFailing()).isEmpty());
        QCOMPARE(offers(made_up::consulShrunk()), QStringList{u"Accept 2 voters"_s});
        QCOMPARE(offers(made_up::osapiWarning()), (QStringList{u"Accept 3 dead letters"_s, u"Accept that web-03 left"_s}));
    }

    void withoutALeaderNobodyKnowsTheSize()
    {
        ClusterStatus cluster = made_up::consulShrunk();
        cluster.raft.first().leader.clear();
        QVERIFY(offers(cluster).isEmpty());
    }

    void lettersOfAllQueuesAreAddedUpAndThoseKnownToo()
    {
        ClusterStatus cluster = made_up::osapiStuck();
        QueueStatus other = cluster.queues->first();
        other.name = u"other"_s;
        other.dead = 5;
        other.deadKnown.reset();
        cluster.queues->append(other);
        const QList<Acceptance> all = acceptances(cluster);
        QCOMPARE(all.first().kind, Acceptance::Kind::DeadLetters);
        QVERIFY(all.first().subject.isEmpty());
        QCOMPARE(all.first().offer, u"Accept 19 dead letters"_s);
        QCOMPARE(all.first().done, u"19 dead letters accepted, 10 were known"_s);
        const auto one = acceptanceOf(other);
        QVERIFY(one);
        QCOMPARE(one->offer, u"Accept 5 dead letters of other"_s);
        QCOMPARE(one->subject, u"other"_s);
        other.deadKnown = 5;
        QVERIFY(!acceptanceOf(other));
    }

    void whatIsCheckedStandsUnderWhatCounts()
    {
        ClusterStatus cluster = made_up::consulLagging();
        cluster.checking = made_up::consulChecking().checking;
        cluster.reasons.first().pending = Pending{.severity = Severity::Critical, .since = made_up::now().wall, .seen = 2, .needed = 3};
        ReasonModel model;
        model.show(cluster, made_up::now());
        QCOMPARE(model.rowCount(), 3);
        const QModelIndex counted = model.index(model.rowOf(u"raft-peer-contact|node-4"_s), 0), checked = model.index(2, 0);
        QVERIFY(counted.data(PendingRole).toBool() && !counted.data(QuietRole).toBool());
        QVERIFY2(counted.data(SecondLineRole).toString().startsWith(u"checking, 2 of 3 for Critical · node-4"_s),
            qPrintable(counted.data(SecondLineRole).toString()));
        QVERIFY(checked.data(PendingRole).toBool() && checked.data(QuietRole).toBool());
        QCOMPARE(checked.data(SeverityRole).value<Severity>(), Severity::Warning);
        QVERIFY(checked.data(SecondLineRole).toString().startsWith(u"checking, 1 of 2 · not counted yet"_s));
    }

    void componentsThatAreCheckedSaySo()
    {
        ClusterStatus cluster = made_up::osapiWarning();
        cluster.components[3].pending = Pending{.severity = Severity::Critical, .since = {}, .seen = 1, .needed = 2};
        ComponentModel tree;
        tree.merge(componentGroups(cluster));
        const QModelIndex group = tree.index(0, int(ComponentModel::Column::Reported));
        QVERIFY(group.data(PendingRole).toBool());
        const QModelIndex leaf = tree.index(3, int(ComponentModel::Column::Reported), tree.index(0, 0));
        QVERIFY(leaf.data(PendingRole).toBool());
        QCOMPARE(leaf.data().toString(), u"ok, checking, 1 of 2"_s);

        cluster = made_up::bufstreamMany(3, 0);
        cluster.components[1].pending = Pending{.severity = Severity::Warning, .since = {}, .seen = 1, .needed = 2};
        const QString name = cluster.components.at(1).fullName(), broker = cluster.components.at(1).endpoint.text();
        ProbeModel probesTable;
        probesTable.apply(probes(cluster), made_up::now());
        const int row = probesTable.rowOf(name);
        QVERIFY(probesTable.index(row, ProbeModel::summaryColumn).data(PendingRole).toBool());
        int hollow = 0;
        for (int column = ProbeModel::firstBroker; column < probesTable.messageColumn(); ++column)
            hollow += probesTable.index(row, column).data(PendingRole).toBool() ? 1 : 0;
        QCOMPARE(hollow, 1);
        const QString message = probesTable.index(row, probesTable.messageColumn()).data().toString();
        QVERIFY2(message.contains("checking, 1 of 2"_L1), qPrintable(message));
    }
};

QTEST_APPLESS_MAIN(AcceptanceTest)
#include "tst_acceptance.moc"
