// SPDX-License-Identifier: GPL-3.0-or-later
// Renders the frame's pages to build/<preset>/pictures-frame, for a person to look at beside the target.
#include "tests/gui/frame/made_up_fleet.h"
#include "tests/support/made_up_clusters.h"
#include "views/delegates/table_view.h"
#include "views/main_window.h"
#include "views/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QMenu>
#include <QRandomGenerator>
#include <QSettings>
#include <QStyleFactory>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
/// One is being checked, on another work goes on.
void makeBusy(FleetUpdate &update)
{
    const Time now = test::pictureTime();
    for (ClusterStatus &cluster : update.changed) {
        if (cluster.name.text() == "bufstream-us"_L1) {
            cluster.pending = Pending{.severity = Severity::Warning, .since = now.wall - 4s, .seen = 1, .needed = 2};
            Reason down;
            down.code = ReasonCode::EndpointDown;
            down.severity = Severity::Critical;
            down.clusterSeverity = Severity::Warning;
            down.subject = cluster.endpoints.at(1).url.text();
            down.endpoints = {down.subject};
            down.count = 1;
            down.of = 3;
            down.pending = cluster.pending;
            cluster.checking = {down};
            cluster.endpoints[1].pending = cluster.pending;
            cluster.endpoints[1].reach = Reach::Refused;
        }
        if (cluster.name.text() == "osapi-fleet"_L1) {
            cluster.maintenanceUntil = now.wall + 108min;
            cluster.maintenanceNote = u"kernel upgrade"_s;
        }
    }
}

/// Ten minutes of polls every ten seconds, so that sparklines and the pulse have something to show.
void feedHistory(FleetModels &models, bool busy)
{
    QRandomGenerator random(7);
    for (int step = 60; step >= 0; --step) {
        Time now = test::pictureTime();
        const auto back = Milliseconds(step * 10'000);
        now = {now.wall - back, now.monotonic - back, now.boot - back};
        FleetUpdate update = test::madeUpUpdate(now);
        for (ClusterStatus &cluster : update.changed) {
            cluster.observedBoot = now.boot - std::chrono::seconds(step == 0 ? 1 + random.bounded(6) : 0);
            if (cluster.name.text() == "consul-edge"_L1)
                cluster.observedBoot = test::pictureTime().boot - 6900s;
            const double spike = random.bounded(40) == 0 && step > 0 ? 2.6 : 1;
            for (EndpointStatus &endpoint : cluster.endpoints) {
                if (endpoint.latency)
                    *endpoint.latency *= spike * (0.92 + 0.16 * random.generateDouble());
            }
        }
        if (busy)
            makeBusy(update);
        for (int reply = 0; reply < 38; ++reply)
            update.parsedReplies << now.wall - Milliseconds(random.bounded(10'000));
        update.requestsSent = 38;
        models.apply(update);
    }
    models.setNow(test::pictureTime());
}
/// This machine has lost the network: one banner, every cluster Unknown.
FleetUpdate offlineUpdate()
{
    const Time now = test::pictureTime();
    FleetUpdate update = test::madeUpUpdate(now);
    update.notices = {{u"machine-offline"_s, u"this machine is offline: it has no route to any endpoint"_s}};
    for (ClusterStatus &cluster : update.changed) {
        cluster.severity = Severity::Unknown;
        cluster.since = now.wall - 41s;
        Reason offline;
        offline.code = ReasonCode::MachineOffline;
        offline.since = cluster.since;
        offline.derived = true;
        cluster.reasons = {offline};
    }
    return update;
}

/// A Raft group as it was so long before; the lag grew meanwhile.
ClusterStatus asBefore(ClusterStatus status, Milliseconds back)
{
    *status.observed -= back;
    status.observedBoot -= back;
    for (EndpointStatus &endpoint : status.endpoints) {
        *endpoint.observed -= back;
        const bool silent = endpoint.reach != Reach::Answered;
        if (silent && back > 20s) {
            endpoint.reach = Reach::Answered;
            endpoint.http = 200;
            endpoint.latency = 0.003;
        }
        const double wave = double((back.count() / 1000 * 7 + endpoint.url.text().back().digitValue() * 31) % 23) / 23;
        if (endpoint.latency && back.count() > 0)
            *endpoint.latency *= 0.85 + 0.3 * wave;
    }
    const double share = 1 - double(back.count()) / 660'000;
    for (RaftStatus &raft : status.raft) {
        for (PeerStatus &peer : raft.peers) {
            if (peer.trailing && *peer.trailing > 100)
                peer.trailing = qint64(double(*peer.trailing) * share * share);
            if (peer.commit)
                *peer.commit -= quint64(38 * back.count() / 1000);
        }
    }
    return status;
}

/// The same ten minutes, with Raft groups that show more than those of the overview.
void feedGroups(FleetModels &models)
{
    for (int step = 60; step >= 0; --step) {
        const auto back = Milliseconds(step * 10'000);
        const Time at = made_up::now();
        const Time now{at.wall - back, at.monotonic - back, at.boot - back};
        FleetUpdate update = test::madeUpUpdate(now);
        for (ClusterStatus &cluster : update.changed) {
            for (const ClusterStatus &group : {made_up::consulLagging(), made_up::consulSplit()}) {
                if (cluster.name == group.name)
                    cluster = asBefore(group, back);
            }
            if (cluster.name.text() == "consul-staging"_L1) {
                cluster = asBefore(made_up::consulShrunk(), back);
                cluster.name = ClusterName(u"consul-staging"_s);
                cluster.group = u"Staging and lab"_s;
            }
        }
        for (int reply = 0; reply < 38; ++reply)
            update.parsedReplies << now.wall - Milliseconds(reply * 263);
        update.requestsSent = 38;
        models.apply(update);
    }
    models.setNow(made_up::now());
}

/// A page of those groups, as somebody looks at it.
void showGroup(MainWindow &window, const QString &scene)
{
    window.showCluster(ClusterName(scene == "agreement"_L1 ? u"consul-fra"_s
            : scene == "accept"_L1                         ? u"consul-staging"_s
                                                           : u"consul-prod"_s));
    auto *peers = window.findChild<TableView *>(u"peers"_s);
    peers->clearSelection();
    if (scene != "what-if"_L1)
        return;
    for (int row = 0; row < peers->model()->rowCount(); ++row) {
        const QModelIndex index = peers->model()->index(row, 0);
        if (const QString id = index.data(IdRole).toString(); id == "id-1"_L1 || id == "id-3"_L1)
            peers->selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    for (QAction *action : window.findChildren<QAction *>()) {
        if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_I))
            action->trigger();
    }
}
} // namespace

class GalleryTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); // said by offscreen
    }
    void pictures_data();
    void pictures();
    void menusAndDialogs();
};

void GalleryTest::pictures_data()
{
    QTest::addColumn<QString>("scene");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("family");
    for (const char *scene : {"overview", "empty", "start", "stale", "cluster", "busy", "offline", "agreement", "what-if", "accept"}) {
        for (const QSize size : {QSize(1366, 768), QSize(1920, 1080)}) {
            for (const bool dark : {false, true}) {
                QTest::addRow("%s-%s-%dx%d", scene, dark ? "dark" : "light", size.width(), size.height())
                    << QString::fromLatin1(scene) << size << dark << u"Noto Sans"_s;
            }
        }
    }
    QTest::addRow("overview-dejavu-1366x768") << u"overview"_s << QSize(1366, 768) << false << u"DejaVu Sans"_s;
}

void GalleryTest::pictures()
{
    QFETCH(const QString, scene);
    QFETCH(const QSize, size);
    QFETCH(const bool, dark);
    QFETCH(const QString, family);
    QFont font(family);
    font.setPointSizeF(10);
    QApplication::setFont(font);
    applyPalette(dark);

    QTemporaryDir folder;
    QSettings settings(folder.filePath(u"window.ini"_s), QSettings::IniFormat);
    FleetModels models;
    MainWindow window(&models, &settings);
    window.fill();
    window.resize(size);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    auto *table = window.findChild<QTableView *>(u"overviewTable"_s);
    QVERIFY(table);
    if (scene == "empty"_L1) {
        FleetUpdate none;
        none.at = test::pictureTime();
        models.apply(none);
    } else if (scene == "start"_L1) {
        models.apply(test::unpolledUpdate(test::pictureTime()));
    } else if (scene == "agreement"_L1 || scene == "what-if"_L1 || scene == "accept"_L1) {
        feedGroups(models);
        showGroup(window, scene);
    } else {
        feedHistory(models, scene == "busy"_L1);
        QTRY_COMPARE(table->model()->index(0, 0).data(SeverityRole).value<Severity>(), Severity::Critical);
        if (scene == "cluster"_L1)
            window.showCluster(ClusterName(u"consul-prod"_s));
        else if (scene == "busy"_L1)
            window.findChild<TableView *>(u"overviewTable"_s)->setCurrentId(u"bufstream-us"_s);
        else if (scene == "offline"_L1)
            models.apply(offlineUpdate());
        else if (scene == "overview"_L1)
            table->setCurrentIndex(table->model()->index(dark ? 0 : 2, 0));
        else
            models.setNow(test::pictureTime() + 40s);
    }
    QTest::qWait(20);
    const QString name = u"%1%2.png"_s.arg(
        QString::fromLatin1(QTest::currentDataTag()), qFuzzyCompare(window.devicePixelRatioF(), 2.0) ? u"@2x"_s : QString());
    QVERIFY(QDir().mkpath(QStringLiteral(QUORATE_PICTURES)));
    QVERIFY(window.grab().save(QStringLiteral(QUORATE_PICTURES) + u'/' + name));
}

/// What is not part of a page: the menus with their keys, the dialog that asks for a time, what was accepted with its way back.
void GalleryTest::menusAndDialogs()
{
    QFont font(u"Noto Sans"_s);
    font.setPointSizeF(10);
    QApplication::setFont(font);
    applyPalette(false);
    QTemporaryDir folder;
    QSettings settings(folder.filePath(u"window.ini"_s), QSettings::IniFormat);
    FleetModels models;
    MainWindow window(&models, &settings);
    window.fill();
    window.resize(1366, 768);
    window.show();
    feedGroups(models);
    showGroup(window, u"accept"_s);
    const QString prefix = QStringLiteral(QUORATE_PICTURES) + u"/menu-"_s;
    int count = 0;
    for (QMenu *menu : window.findChildren<QMenu *>()) {
        if (!menu->title().isEmpty())
            QVERIFY(
                menu->grab().save(prefix + QString(menu->title()).remove(u'&').toLower() + u'-' + QString::number(++count) + u".png"_s));
        for (QAction *action : menu->actions()) {
            if (action->text() == u"&Until …"_s && menu->menuAction()->isEnabled() && !window.findChild<QDialog *>())
                action->trigger();
        }
    }
    auto *until = window.findChild<QDialog *>(u"until"_s);
    QVERIFY(until);
    QVERIFY(until->grab().save(prefix + u"until.png"_s));
    window.showAccepted(u"2 voters accepted, 5 were expected"_s, true);
    QTest::qWait(20);
    QVERIFY(window.grab().save(prefix + u"accepted.png"_s));
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    GalleryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_gallery.moc"
