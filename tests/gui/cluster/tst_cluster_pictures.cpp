// SPDX-License-Identifier: GPL-3.0-or-later
// Renders the cluster page of made-up clusters to PNG, beside which the pictures of the look can be laid. Nothing may be cut: short tables
// never scroll, and no column that must stay is narrower than its text.
#include "models/tables/recent.h"
#include "tests/support/made_up_clusters.h"
#include "views/delegates/table_view.h"
#include "views/pages/accept_actions.h"
#include "views/pages/cluster_page.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QFontDatabase>
#include <QHeaderView>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStyleFactory>
#include <QTabWidget>
#include <QTest>

#include <cmath>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {

struct Shot {
    const char *name;
    ClusterStatus (*cluster)();
    int tab; ///< −1: the page's own choice
    const char *selected = ""; ///< rows of the main table; "-": none
    bool whatIf = false; ///< asked of these
};

ClusterStatus workOnLagging() { return made_up::inMaintenance(made_up::consulLagging()); }
ClusterStatus manyBrokers() { return made_up::bufstreamMany(40, 3); }

/// Three of five servers are gone; the two left wait for a leader.
ClusterStatus quorumLost()
{
    ClusterStatus status = made_up::consulCalm();
    status.severity = Severity::Critical;
    RaftStatus &raft = status.raft.first();
    raft.leader.clear();
    raft.agreement = Agreement::Leaderless;
    raft.live = 2;
    raft.margin = -1;
    raft.views = {.asked = 5, .answered = 2, .naming = 0};
    raft.reported.reset();
    for (int i = 0; i < 5; ++i) {
        PeerStatus &peer = raft.peers[i];
        status.endpoints[i].reported = u"candidate"_s;
        peer.trailing.reset();
        peer.role = PeerRole::Candidate;
        peer.severity = Severity::Warning;
        peer.believesLeader = QString();
        if (i >= 2)
            continue;
        peer.role = PeerRole::Unknown;
        peer.severity = Severity::Critical;
        peer.state = PeerState::Down;
        peer.reach = status.endpoints[i].reach = Reach::Refused;
        peer.believesLeader.reset();
        peer.lastContact.reset();
        status.endpoints[i].severity = Severity::Critical;
        status.endpoints[i].http = 0;
        status.endpoints[i].reported.clear();
        status.endpoints[i].error = u"connection refused by 10.1.10.1%1:8500"_s.arg(i);
    }
    raft.peers[2].severity = Severity::Critical;
    raft.peers[2].state = PeerState::Down;
    raft.peers[2].reach = status.endpoints[2].reach = Reach::TimedOut;
    raft.peers[2].role = PeerRole::Unknown;
    raft.peers[2].believesLeader.reset();
    raft.peers[2].lastContact.reset();
    status.endpoints[2].severity = Severity::Critical;
    status.endpoints[2].http = 0;
    status.endpoints[2].latency = raft.peers[2].latency = 10.0;
    status.endpoints[2].reported.clear();
    status.endpoints[2].error = u"no answer from 10.1.10.12:8500 within 10 s"_s;
    Reason lost;
    lost.code = ReasonCode::RaftQuorumLost;
    lost.severity = lost.clusterSeverity = Severity::Critical;
    lost.since = status.since;
    lost.derived = true;
    Reason down = lost;
    down.code = ReasonCode::EndpointDown;
    down.count = 3;
    down.of = 5;
    down.endpoints = {status.endpoints[0].url.text(), status.endpoints[1].url.text(), status.endpoints[2].url.text()};
    status.reasons = {down, lost};
    return status;
}

const QList<Shot> &shots()
{
    static const QList<Shot> list{{"consul", made_up::consulLagging, -1, "id-3"}, {"consul-calm", made_up::consulCalm, -1},
        {"consul-split", made_up::consulSplit, -1, "id-0"}, {"quorum-lost", quorumLost, -1}, {"bufstream", made_up::bufstreamFailing, 4},
        {"bufstream-40", manyBrokers, -1}, {"osapi", made_up::osapiWarning, -1}, {"unauthorised", made_up::unauthorised, -1},
        {"never-polled", made_up::neverPolled, -1}, {"what-if", made_up::consulLagging, -1, "id-1 id-3 id-4", true},
        {"what-if-holds", made_up::consulCalm, -1, "id-1", true}, {"shrunk", made_up::consulShrunk, -1, "-"},
        {"checking", made_up::consulChecking, -1}, {"maintenance", workOnLagging, -1, "-"},
        {"osapi-stuck", made_up::osapiStuck, -1, "jobs"}};
    return list;
}

RawReply reply(const ClusterStatus &cluster)
{
    RawReply raw;
    raw.endpoint = cluster.endpoints.first().url;
    raw.label = cluster.endpoints.first().label;
    raw.request = u"status"_s;
    raw.path = u"/-/status"_s;
    raw.reach = Reach::Answered;
    raw.http = 503;
    raw.latency = 0.0048;
    raw.at = made_up::now().wall - std::chrono::seconds(3);
    raw.curl = u"curl --fail-with-body http://bufstream-0:9089/-/status"_s;
    raw.vendorCommand = u"bufstream admin status --url http://bufstream-0:9089"_s;
    raw.body = R"x({"status":"error","probes":[{"name":"etcd","status":"healthy","message":"3/3 member(s) healthy"},)x"
               R"x({"name":"kafka_server","status":"healthy","message":"Connected to broker-0.bufstream.svc:9092"},)x"
               R"x({"name":"metadata_storage","status":"healthy","message":""},{"name":"object_storage","status":"error",)x"
               R"x("message":"PutObject s3://bufstream-eu-west-1/probe/7f3a: 403 AccessDenied: explicit deny (request 9QK2)"},)x"
               R"x({"name":"version","status":"healthy","message":"Version: 0.3.29"}]})x";
    return raw;
}

void selectRows(const ClusterPage &page, const QStringList &ids)
{
    for (TableView *table : page.findChildren<TableView *>()) {
        if (!table->isVisible() || (table->objectName() != "peers"_L1 && table->objectName() != "queues"_L1))
            continue;
        table->clearSelection();
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const QModelIndex index = table->model()->index(row, 0);
            if (ids.contains(index.data(IdRole).toString()))
                table->selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
        table->setFocus();
    }
}

/// Ten minutes of polls before the status: what the sparklines show.
void feed(ClusterPage &page, const ClusterStatus &last)
{
    for (int i = 60; i >= 0; --i) {
        ClusterStatus status = last;
        if (status.observed) {
            const Milliseconds back(10'000 * i);
            *status.observed -= back;
            status.observedBoot -= back;
            for (EndpointStatus &endpoint : status.endpoints) {
                if (endpoint.observed)
                    *endpoint.observed -= back;
                if (endpoint.reach == Reach::TimedOut && i > 2) {
                    endpoint.reach = Reach::Answered;
                    endpoint.http = 200;
                    endpoint.latency = 0.003;
                }
                if (endpoint.latency)
                    *endpoint.latency
                        *= 1 + 0.25 * std::sin(i * i * 1.7 + double(endpoint.url.text().size() + endpoint.url.text().back().digitValue()));
            }
            for (RaftStatus &raft : status.raft) {
                for (PeerStatus &peer : raft.peers) {
                    if (peer.trailing && *peer.trailing > 100)
                        peer.trailing = qint64(double(*peer.trailing) * std::pow((60.0 - i + 6) / 66, 2));
                    if (peer.commit)
                        *peer.commit -= quint64(380 * i);
                }
            }
        }
        page.apply(status);
    }
    page.apply(last);
}

} // namespace

class TestClusterPictures final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
        QDir().mkpath(QStringLiteral(QUORATE_PICTURES));
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void picture_data()
    {
        QTest::addColumn<int>("shot");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("ratio");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("family");
        const auto row = [](int shot, QSize size, double ratio, bool dark, const QString &family, const char *suffix) {
            const QString name = u"%1-%2-%3x%4%5"_s.arg(QString::fromLatin1(shots().at(shot).name), dark ? u"dark"_s : u"light"_s)
                                     .arg(int(size.width() * ratio))
                                     .arg(int(size.height() * ratio))
                                     .arg(QString::fromLatin1(suffix));
            QTest::newRow(qPrintable(name)) << shot << size << ratio << dark << family;
        };
        for (int shot = 0; shot < shots().size(); ++shot) {
            for (const bool dark : {false, true}) {
                row(shot, {1366, 768}, 1, dark, u"Noto Sans"_s, "");
                row(shot, {1920, 1080}, 1, dark, u"Noto Sans"_s, "");
                row(shot, {1920, 1080}, 2, dark, u"Noto Sans"_s, "@2x");
            }
            row(shot, {1366, 768}, 1, false, u"DejaVu Sans"_s, "-dejavu");
        }
    }
    void picture()
    {
        QFETCH(int, shot);
        QFETCH(QSize, size);
        QFETCH(double, ratio);
        QFETCH(bool, dark);
        QFETCH(QString, family);
        applyPalette(dark);
        QFont font(family);
        font.setPointSizeF(10);
        QApplication::setFont(font);
        const Shot &wanted = shots().at(shot);
        const ClusterStatus cluster = wanted.cluster();

        AcceptActions accept;
        accept.show(cluster);
        ClusterPage page;
        page.setAcceptActions(accept.all());
        page.resize(size.width() - 171, size.height() - 48); // less sidebar, menu and status strip
        page.setNow(made_up::now());
        page.showCluster(cluster.name);
        feed(page, cluster);
        page.setReplies(cluster.name, {reply(cluster)});
        page.show();
        page.setFocus();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        if (wanted.tab >= 0)
            page.findChild<QTabWidget *>(u"clusterTabs"_s)->setCurrentIndex(wanted.tab);
        if (*wanted.selected)
            selectRows(page, QString::fromLatin1(wanted.selected).split(u' '));
        if (wanted.whatIf)
            page.askWhatIf();
        QCoreApplication::processEvents();

        QImage image(page.size() * ratio, QImage::Format_RGB32);
        image.setDevicePixelRatio(ratio);
        image.fill(page.palette().color(QPalette::Window));
        page.render(&image);
        QVERIFY(image.save(QStringLiteral(QUORATE_PICTURES) + u'/' + QString::fromUtf8(QTest::currentDataTag()) + u".png"_s));

        for (const TableView *table : page.findChildren<TableView *>()) {
            if (!table->isVisible() || table->objectName() == "probeDetail"_L1)
                continue;
            const int rows = table->model()->rowCount();
            const bool main = QList<QString>{u"peers"_s, u"probes"_s, u"queues"_s, u"matrix"_s}.contains(table->objectName());
            if (main && rows <= 7)
                QVERIFY2(table->viewport()->height() >= rows * table->rowHeight(0),
                    qPrintable(u"%1 scrolls: %2 px for %3 rows"_s.arg(table->objectName()).arg(table->viewport()->height()).arg(rows)));
            QVERIFY2(table->horizontalScrollBar()->maximum() == 0, qPrintable(table->objectName() + u" is wider than its pane"_s));
        }
    }
};

QTEST_MAIN(TestClusterPictures)
#include "tst_cluster_pictures.moc"
