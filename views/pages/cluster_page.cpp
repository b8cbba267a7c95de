// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/cluster_page.h"

#include "models/tables/figures.h"
#include "models/tables/reason_model.h"
#include "models/tables/sample.h"
#include "models/wording/maintenance.h"
#include "models/wording/wording.h"
#include "views/delegates/reason_list.h"
#include "views/delegates/table_view.h"
#include "views/pages/cluster_panes.h"
#include "views/pages/figure_strip.h"
#include "views/pages/page_bar.h"
#include "views/pages/raw_reply_view.h"
#include "views/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace quorate {

/// What is kept of a cluster while another one is shown.
struct Kept {
    QString selected; ///< row of the main table
    int tab = -1; ///< −1: the first one there is
};

struct ClusterPage::Private {
    PageBar *bar = nullptr;
    QAction *copy = nullptr, *now = nullptr;
    FigureStrip *figures = nullptr;
    ClusterPanes *panes = nullptr; ///< null until a cluster is shown
    QList<QAction *> acceptActions;
    QVariantMap restored; ///< for panes that are not there yet
    QHash<ClusterName, ClusterStatus> statuses;
    QHash<ClusterName, Kept> kept;
    Recent recent;
    ClusterName shown;
    bool rendered = false; ///< a status of the shown cluster has been shown
    bool expired = false;
    bool outdated = false; ///< a status came while the page was hidden
    Time time;
    qint64 trimmed = 0; ///< boot ms

    [[nodiscard]] bool isOver(const ClusterStatus &status) const { return time.boot > status.validUntil; }
};

ClusterPage::ClusterPage(QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    d->bar = new PageBar(this);
    d->figures = new FigureStrip(this);
    d->copy = new QAction(symbol(u"copy"_s, palette()), tr("Copy"), this);
    d->copy->setToolTip(tr("Copy the selected rows, or the page's summary, as Markdown (Ctrl+Shift+C)"));
    d->now = new QAction(symbol(u"now"_s, palette()), tr("Now"), this);
    d->now->setToolTip(tr("Poll this cluster now (Ctrl+R)"));
    d->bar->addButton(d->copy);
    d->bar->addButton(d->now);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(d->bar);
    layout->addWidget(d->figures);
    layout->addStretch();

    connect(d->copy, &QAction::triggered, this, [this] {
        QApplication::clipboard()->setText(copyText(true));
        Q_EMIT copied(tr("copied as Markdown"));
    });
    connect(d->now, &QAction::triggered, this, [this] { Q_EMIT pollNow(d->shown); });
}

/// When a cluster is shown for the first time: they are a third of what building the window costs, and it begins with the overview.
void ClusterPage::makePanes()
{
    d->panes = new ClusterPanes(this);
    auto *rows = static_cast<QVBoxLayout *>(layout());
    delete rows->takeAt(rows->count() - 1);
    rows->addWidget(d->panes, 1);
    connect(d->bar, &PageBar::filterChanged, d->panes, &ClusterPanes::setFilterText);
    connect(d->bar, &PageBar::filterLeft, this, [this] { d->panes->focusMain(); });
    connect(d->panes, &ClusterPanes::rawReplyShown, this, [this] {
        if (!d->shown.isEmpty())
            Q_EMIT repliesWanted(d->shown);
    });
    connect(
        d->panes, &ClusterPanes::acceptWanted, this, [this](const Acceptance &acceptance) { Q_EMIT acceptWanted(d->shown, acceptance); });
    connect(d->panes, &ClusterPanes::maintenanceBegun, this, &ClusterPage::maintenanceBegun);
    connect(d->panes, &ClusterPanes::maintenanceEnded, this, &ClusterPage::maintenanceEnded);
    connect(d->panes, &ClusterPanes::maintenanceUntilAsked, this, &ClusterPage::maintenanceUntilAsked);
    if (!d->acceptActions.isEmpty())
        d->panes->addAcceptActions(d->acceptActions);
    connect(d->panes->raw(), &RawReplyView::copied, this, &ClusterPage::copied);
    d->panes->restore(d->restored);
}

ClusterPage::~ClusterPage() = default;

ClusterName ClusterPage::cluster() const { return d->shown; }

void ClusterPage::showCluster(const ClusterName &cluster)
{
    if (cluster == d->shown)
        return;
    if (!d->panes)
        makePanes();
    if (!d->shown.isEmpty())
        d->kept.insert(d->shown, {d->panes->selected(), d->panes->tab()});
    d->shown = cluster;
    d->rendered = false;
    d->bar->filter()->clear();
    d->bar->setTitle(cluster.text());
    d->panes->setReplies({}, d->time);
    showStatus();
}

void ClusterPage::apply(const ClusterStatus &status)
{
    d->statuses.insert(status.name, status);
    sample(d->recent, status);
    if (status.name != d->shown)
        return;
    if (isVisible())
        showStatus();
    else
        d->outdated = true; // another page is shown: nobody pays for tables that are not seen
}

void ClusterPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (std::exchange(d->outdated, false) && d->panes)
        showStatus();
}

void ClusterPage::showStatus()
{
    const auto found = d->statuses.constFind(d->shown);
    if (found == d->statuses.cend()) {
        d->bar->setSeverity(Severity::Unknown);
        d->bar->setPaused(false);
        d->bar->setBadge({});
        d->bar->setSentence(tr("not yet polled"), Severity::Unknown);
        d->figures->setFigures({});
        return;
    }
    d->expired = d->isOver(*found);
    const ClusterStatus status = quorate::expired(*found, d->time);
    const bool fresh = !std::exchange(d->rendered, true);
    const Kept kept = d->kept.value(d->shown);
    d->panes->apply(status, d->recent, d->time, fresh);
    if (fresh && d->kept.contains(d->shown))
        d->panes->select(kept.selected, kept.tab);
    showHead(status);
    setFocusProxy(d->panes->mainView());
    if (d->panes->isRawReplyShown())
        Q_EMIT repliesWanted(d->shown);
}

void ClusterPage::showHead(const ClusterStatus &status)
{
    d->bar->setSeverity(status.severity, status.pending.has_value());
    d->bar->setPaused(status.paused);
    if (status.maintenanceUntil)
        d->bar->setBadge(wording::maintenance(*status.maintenanceUntil, {}, d->time),
            wording::maintenance(*status.maintenanceUntil, status.maintenanceNote, d->time));
    else
        d->bar->setBadge({});
    d->bar->setSentence(wording::stateLine(status, d->time), status.severity);
    d->figures->setFigures(figures(status, d->recent, d->time));
}

void ClusterPage::keepOnly(const QList<ClusterName> &clusters)
{
    const QSet<ClusterName> wanted(clusters.cbegin(), clusters.cend());
    for (const ClusterName &name : d->statuses.keys()) {
        if (wanted.contains(name))
            continue;
        d->statuses.remove(name);
        d->kept.remove(name);
        d->recent.forget(recentKey(name));
    }
}

void ClusterPage::setNow(const Time &now)
{
    d->time = now;
    if (now.boot.count() - d->trimmed > 60'000) {
        d->trimmed = now.boot.count();
        d->recent.trim(now.boot.count());
    }
    const auto found = d->statuses.constFind(d->shown);
    if (found == d->statuses.cend())
        return;
    if (!isVisible()) {
        d->outdated = true;
        return;
    }
    if (d->isOver(*found) != d->expired) {
        showStatus();
        return;
    }
    d->panes->setNow(now);
    showHead(quorate::expired(*found, now));
}

void ClusterPage::setReplies(const ClusterName &cluster, const QList<RawReply> &replies)
{
    if (!d->panes || cluster != d->shown)
        return;
    QHash<EndpointUrl, QString> labels; // what the other panes call them
    for (const EndpointStatus &endpoint : d->statuses.value(cluster).endpoints)
        labels.insert(endpoint.url, endpoint.label);
    QList<RawReply> named = replies;
    for (RawReply &reply : named)
        reply.label = labels.value(reply.endpoint, reply.label);
    d->panes->setReplies(named, d->time);
}

void ClusterPage::restore(const QVariantMap &state)
{
    d->restored = state;
    if (d->panes)
        d->panes->restore(state);
}

QVariantMap ClusterPage::saved() const { return d->panes ? d->panes->saved() : d->restored; }

void ClusterPage::setAcceptActions(const QList<QAction *> &actions)
{
    d->acceptActions = actions;
    if (d->panes)
        d->panes->addAcceptActions(actions);
}

bool ClusterPage::canAskWhatIf() const { return d->panes && d->panes->canAskWhatIf(); }

void ClusterPage::askWhatIf()
{
    if (canAskWhatIf())
        d->panes->askWhatIf();
}

void ClusterPage::sortNow()
{
    if (d->panes)
        d->panes->sortNow();
}

void ClusterPage::showRawReply()
{
    if (d->panes)
        d->panes->showRawReply();
}

void ClusterPage::focusFilter()
{
    if (d->panes && d->panes->raw()->isAncestorOf(QApplication::focusWidget())) {
        d->panes->raw()->startFinding();
        return;
    }
    d->bar->filter()->setFocus(Qt::ShortcutFocusReason);
    d->bar->filter()->selectAll();
}

QString ClusterPage::copyText(bool markdown) const
{
    const QString rows = d->panes ? d->panes->copyFocused(markdown) : QString();
    const auto found = d->statuses.constFind(d->shown);
    if (!rows.isEmpty() || found == d->statuses.cend())
        return rows;
    const ClusterStatus status = quorate::expired(*found, d->time);
    QString text = markdown ? u"**%1**: %2\n"_s : u"%1: %2\n"_s;
    text = text.arg(status.name.text(), wording::stateLine(status, d->time));
    ReasonModel reasons;
    reasons.show(status, d->time);
    for (int row = 0; row < reasons.rowCount(); ++row)
        text += u"- %1 (%2)\n"_s.arg(reasons.index(row, 0).data().toString(), reasons.index(row, 0).data(SecondLineRole).toString());
    return text + u'\n' + d->panes->copyMain(markdown);
}

void ClusterPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        d->copy->setIcon(symbol(u"copy"_s, palette()));
        d->now->setIcon(symbol(u"now"_s, palette()));
    }
}

} // namespace quorate
