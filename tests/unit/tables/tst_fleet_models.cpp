// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/fleet_models.h"
#include "models/tables/reason_model.h"
#include "tests/gui/frame/made_up_fleet.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Column = OverviewModel::Column;

namespace {
QString cellText(OverviewModel *model, const QString &cluster, Column column)
{
    return model->index(model->rowOf(cluster), int(column)).data().toString();
}
Severity severityOf(OverviewModel *model, const QString &cluster)
{
    return model->index(model->rowOf(cluster), int(Column::State)).data(SeverityRole).value<Severity>();
}
} // namespace

class FleetModelsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    /// "77 of 78 tried so far" would stay for ever: nobody asks the endpoints of a paused cluster.
    void pausedEndpointsAreNotWaitedFor()
    {
        FleetModels models;
        FleetUpdate update = test::madeUpUpdate(test::pictureTime());
        const int paused = int(update.changed.first().endpoints.size());
        models.apply(update);
        const int before = models.endpointCount();
        update.changed.first().paused = true;
        update.changed.first().endpoints.first().observed.reset();
        models.apply(update);
        QCOMPARE(models.endpointCount(), before - paused);
        QCOMPARE(models.answeredCount(), models.endpointCount());
    }

    void countsAndTraffic()
    {
        FleetModels models;
        FleetUpdate update = test::madeUpUpdate(test::pictureTime());
        update.requestsSent = 38;
        update.parsedReplies = {update.at.wall - 2s, update.at.wall - 70s};
        models.apply(update);
        QCOMPARE(models.counts(), (std::array{8, 2, 1, 1}));
        QCOMPARE(models.endpointCount(), 33);
        QCOMPARE(models.pulse().size(), 1); // the older one is out of the window
        QVERIFY(models.secondsSinceReply());
        QCOMPARE(qRound(*models.secondsSinceReply()), 2);
        models.setNow(update.at + 59s);
        QVERIFY(models.pulse().isEmpty());
        QCOMPARE(models.requestsPerMinute(), 38);
        models.setNow(update.at + 61s);
        QCOMPARE(models.requestsPerMinute(), 0);
    }

    /// Nobody feeds the models any more: at validUntil, and not before, everything is Unknown, by the tick alone.
    void silenceTurnsUnknown()
    {
        FleetModels models;
        const Time start = test::pictureTime();
        models.apply(test::madeUpUpdate(start));
        QCOMPARE(severityOf(models.overview(), u"consul-fra"_s), Severity::Ok);
        models.setNow(start + 30s);
        QCOMPARE(severityOf(models.overview(), u"consul-fra"_s), Severity::Ok);
        QSignalSpy statuses(&models, &FleetModels::statusChanged);
        models.setNow(start + 30'001ms);
        for (const ClusterName &cluster : models.order())
            QCOMPARE(severityOf(models.overview(), cluster.text()), Severity::Unknown);
        QCOMPARE(models.counts(), (std::array{0, 0, 12, 0}));
        QCOMPARE(statuses.count(), 12);
        QVERIFY(cellText(models.overview(), u"consul-fra"_s, Column::Summary).contains(u"was Ok: 5/5 voters"_s));
        models.setNow(start + 40s);
        QCOMPARE(statuses.count(), 12); // once
        models.apply(test::madeUpUpdate(start + 41s)); // the engine is back
        QCOMPARE(severityOf(models.overview(), u"consul-fra"_s), Severity::Ok);
    }

    void refreshNeverResetsAndAgesTick()
    {
        FleetModels models;
        const QAbstractItemModelTester overviewTester(models.overview(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester listTester(models.clusterList(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy overviewResets(models.overview(), &QAbstractItemModel::modelReset);
        QSignalSpy listResets(models.clusterList(), &QAbstractItemModel::modelReset);
        Time now = test::pictureTime();
        models.apply(test::madeUpUpdate(now));
        QCOMPARE(cellText(models.overview(), u"consul-fra"_s, Column::Age), u"4\u00a0s"_s);
        models.setNow(now + 3s);
        QCOMPARE(cellText(models.overview(), u"consul-fra"_s, Column::Age), u"7\u00a0s"_s);
        for (int i = 1; i <= 20; ++i)
            models.apply(test::madeUpUpdate(now + i * 1s, i % 2 == 0));
        FleetUpdate fewer = test::madeUpUpdate(now + 30s);
        fewer.order.removeAt(3);
        fewer.changed.removeAt(3);
        models.apply(fewer);
        QCOMPARE(models.overview()->rowCount(), 11);
        models.apply(test::madeUpUpdate(now + 31s));
        QCOMPARE(models.overview()->rowCount(), 12);
        QCOMPARE(overviewResets.count() + listResets.count(), 0);
    }

    void aRemovedClusterIsForgottenWithoutAnyStatus()
    {
        FleetModels models;
        models.apply(test::madeUpUpdate(test::pictureTime()));
        FleetUpdate update;
        update.at = test::pictureTime() + 1s;
        models.apply(update);
        QCOMPARE(models.overview()->rowCount(), 0);
        QCOMPARE(models.clusterList()->rowCount(), 1);
        QVERIFY(!models.shown(ClusterName(u"consul-fra"_s)));
    }

    /// As many as before, but not the same ones.
    void anotherClusterInThePlaceOfOne()
    {
        FleetModels models;
        models.apply(test::madeUpUpdate(test::pictureTime()));
        FleetUpdate update = test::madeUpUpdate(test::pictureTime() + 1s);
        update.changed = {update.changed.at(4)};
        update.changed.first().name = update.order[4] = ClusterName(u"new"_s);
        models.apply(update);
        QCOMPARE(models.overview()->rowCount(), 12);
        QVERIFY(models.overview()->rowOf(u"new"_s) >= 0);
        QVERIFY(models.overview()->rowOf(u"bufstream-us"_s) < 0);
        QVERIFY(models.clusterList()->rowOf(u"cluster:bufstream-us"_s) < 0);
    }

    void aStatusThatComesLateForARemovedClusterIsDropped()
    {
        FleetModels models;
        FleetUpdate update = test::madeUpUpdate(test::pictureTime());
        update.order.removeOne(ClusterName(u"consul-lab"_s));
        models.apply(update);
        QVERIFY(!models.shown(ClusterName(u"consul-lab"_s)));
        QCOMPARE(models.overview()->rowCount(), 11);
    }

    void aGroupThatChangesMovesTheRow()
    {
        FleetModels models;
        models.apply(test::madeUpUpdate(test::pictureTime()));
        FleetUpdate update = test::madeUpUpdate(test::pictureTime() + 1s);
        update.changed = {update.changed.at(0)};
        update.changed.first().group = u"Elsewhere"_s;
        models.apply(update);
        QCOMPARE(models.clusterList()->rowOf(u"cluster:consul-prod"_s), models.clusterList()->rowOf(u"group:Elsewhere"_s) + 1);
    }

    void sidebarByGroupThenName()
    {
        FleetModels models;
        models.apply(test::madeUpUpdate(test::pictureTime()));
        QStringList titles;
        for (int row = 0; row < models.clusterList()->rowCount(); ++row)
            titles << models.clusterList()->index(row, 0).data().toString();
        QCOMPARE(titles,
            QStringList({u"Overview"_s, u"Production"_s, u"bufstream-eu"_s, u"bufstream-us"_s, u"consul-edge"_s, u"consul-fra"_s,
                u"consul-prod"_s, u"osapi-fleet"_s, u"Staging and lab"_s, u"bufstream-apac"_s, u"bufstream-dev"_s, u"consul-lab"_s,
                u"consul-staging"_s, u"osapi-build"_s, u"osapi-lab"_s}));
        QVERIFY(!models.clusterList()->index(1, 0).flags().testFlag(Qt::ItemIsSelectable));
    }

    void latencyHasALineAndAGapWhereNobodyAnswered()
    {
        FleetModels models;
        const Time start = test::pictureTime();
        for (int i = 0; i < 20; ++i) {
            FleetUpdate update = test::madeUpUpdate(start + i * 10s);
            for (ClusterStatus &cluster : update.changed)
                cluster.observedBoot = update.at.boot;
            models.apply(update);
        }
        const auto line = [&](const QString &cluster) {
            OverviewModel *model = models.overview();
            return model->index(model->rowOf(cluster), int(Column::Latency)).data(SparklineRole).value<Sparkline>();
        };
        QCOMPARE(line(u"consul-fra"_s).points.size(), 20);
        QCOMPARE(line(u"consul-fra"_s).points.constLast().value, 0.011);
        QVERIFY(std::isnan(line(u"consul-edge"_s).points.constLast().value)); // asked, rejected
        QCOMPARE(cellText(models.overview(), u"consul-edge"_s, Column::Latency), u"–"_s);
    }

    void reasonsWorstFirstNotesLastAndCalmWhenOk()
    {
        const Time now = test::pictureTime();
        ReasonModel reasons;
        const QAbstractItemModelTester tester(&reasons, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&reasons, &QAbstractItemModel::modelReset);
        for (const ClusterStatus &cluster : test::madeUpClusters(now)) {
            reasons.show(cluster, now);
            QVERIFY(reasons.rowCount() > 0);
            if (cluster.name.text() == "bufstream-eu"_L1) {
                QCOMPARE(reasons.rowCount(), 2);
                QCOMPARE(reasons.index(0, 0).data(SeverityRole).value<Severity>(), Severity::Critical);
                QVERIFY(!reasons.index(1, 0).data(SeverityRole).isValid()); // a note is neither good nor bad
                QVERIFY(reasons.index(1, 0).data(QuietRole).toBool());
            }
            if (cluster.severity == Severity::Ok)
                QCOMPARE(reasons.rowCount(), 1);
        }
        QCOMPARE(resets.count(), 0);
    }
};

QTEST_GUILESS_MAIN(FleetModelsTest)
#include "tst_fleet_models.moc"
