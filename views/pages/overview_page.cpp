// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/overview_page.h"

#include "models/wording/phrase.h"
#include "models/wording/wording.h"
#include "views/delegates/reason_list.h"
#include "views/delegates/table_view.h"
#include "views/pages/cluster_sheet.h"
#include "views/pages/page_bar.h"
#include "views/pages/pane.h"
#include "views/pages/thin_splitter.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QAction>
#include <QEvent>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace quorate {
using namespace Qt::StringLiterals;
using Column = OverviewModel::Column;

namespace {
QList<TableColumn> columns(const QStringList &names)
{
    const auto tr = [](const char *text) { return OverviewPage::tr(text); };
    QStringList words;
    for (const Severity severity : allSeverities)
        words << wording::severityWord(severity);
    const QStringList system{u"Bufstream"_s};
    const QStringList latency{tr("not asked"), wording::latency(0.888)}, age{wording::duration(23 * 3600 + 55 * 60)};
    QList<TableColumn> list;
    list.append({.column = int(Column::State), .specimens = words, .shape = true, .worstFirst = true});
    list.append({.column = int(Column::Cluster), .specimens = names});
    list.append({.column = int(Column::System), .specimens = system, .dropOrder = 1});
    list.append({.column = int(Column::Summary), .stretch = true});
    list.append({.column = int(Column::Latency), .specimens = latency, .drawing = 4, .dropOrder = 2, .worstFirst = true});
    list.append({.column = int(Column::Age), .specimens = age});
    return list;
}
} // namespace

OverviewPage::OverviewPage(FleetModels *models, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_bar(new PageBar(this))
    , m_table(new TableView(this))
    , m_why(new ReasonList(this))
    , m_whyPane(new Pane(this))
    , m_splitter(new ThinSplitter(Qt::Vertical, this))
    , m_open(new QAction(tr("Open"), this))
    , m_copy(new QAction(symbol(u"copy"_s, palette()), tr("Copy"), this))
    , m_now(new QAction(symbol(u"now"_s, palette()), tr("Now"), this))
{
    m_bar->setTitle(tr("Overview"));
    m_copy->setToolTip(tr("Copy the selected rows, or all (Ctrl+C)"));
    m_now->setToolTip(tr("Poll all clusters now (Ctrl+Shift+R)"));
    m_bar->addButton(m_copy);
    m_bar->addButton(m_now);
    connect(m_copy, &QAction::triggered, this, &OverviewPage::copyWanted);
    connect(m_now, &QAction::triggered, this, [this] { Q_EMIT pollWanted({}); });

    m_table->setObjectName(u"overviewTable"_s);
    m_table->setAccessibleName(tr("Clusters"));
    m_table->setTable(models->overview(), columns({u"bufstream-apac"_s}));
    m_table->sortBy(int(Column::State), Qt::DescendingOrder);
    auto *tablePane = new Pane(this);
    tablePane->setView(m_table);

    m_why->setObjectName(u"overviewReasons"_s);
    m_why->setAccessibleName(tr("Reasons"));
    m_why->setModel(&m_reasons);
    m_whyPane->setView(m_why);
    m_open->setToolTip(tr("Open the cluster's page (Return)"));
    m_whyPane->addAction(m_open);

    m_splitter->setObjectName(u"overviewSplitter"_s);
    m_splitter->addWidget(tablePane);
    m_splitter->addWidget(m_whyPane);
    m_splitter->setStretchFactor(0, 1);
    const int whyHeight = Metrics(font()).px(11.6);
    m_splitter->setSizes({Metrics(font()).px(26), whyHeight});

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_splitter, 1);
    setFocusProxy(m_table);

    connect(m_bar, &PageBar::filterChanged, m_table, &TableView::setFilterText);
    connect(m_bar, &PageBar::filterLeft, m_table, [this] { m_table->setFocus(); });
    connect(m_table, &TableView::idActivated, this, [this](const QString &id) { Q_EMIT clusterOpened(ClusterName(id)); });
    connect(m_table, &TableView::currentIdChanged, this, &OverviewPage::showWhy);
    connect(m_table, &TableView::inOrderChanged, this, &OverviewPage::showSentence);
    connect(models->overview(), &QAbstractItemModel::rowsInserted, this, &OverviewPage::fitNames);
    connect(m_table->proxy(), &QAbstractItemModel::layoutChanged, this, &OverviewPage::showWhy);
    connect(m_open, &QAction::triggered, this, [this] { Q_EMIT clusterOpened(explained()); });
    connect(models, &FleetModels::changed, this, &OverviewPage::showWhy);
    connect(models, &FleetModels::ticked, this, [this] {
        m_reasons.setNow(m_models->now());
        showSentence();
    });
    showWhy();
    showSentence();
}

void OverviewPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    m_copy->setIcon(symbol(u"copy"_s, palette()));
    m_now->setIcon(symbol(u"now"_s, palette()));
}

void OverviewPage::fitNames()
{
    // Names are never elided: the column follows the longest.
    QStringList names = longestTexts(*m_models->overview(), int(Column::Cluster), {u"bufstream-apac"_s});
    if (names == m_names)
        return;
    m_names = names;
    m_table->setColumns(columns(names));
}

ClusterName OverviewPage::current() const { return ClusterName(m_table->currentId()); }

ClusterName OverviewPage::explained() const
{
    const ClusterName selected = current();
    return selected.isEmpty() ? ClusterName(m_table->proxy()->index(0, 0).data(IdRole).toString()) : selected;
}

void OverviewPage::showWhy()
{
    showSentence();
    const auto status = m_models->shown(explained());
    m_open->setVisible(status.has_value());
    if (!status) {
        m_reasons.clear();
        m_whyPane->setTitle(tr("Why"));
        return;
    }
    const QString name = status->name.text();
    QString title;
    switch (status->severity) {
    case Severity::Ok:
        title = tr("%1 is Ok").arg(name);
        break;
    case Severity::Warning:
        title = tr("Why %1 is a Warning").arg(name);
        break;
    case Severity::Unknown:
        title = status->paused ? tr("%1 is paused").arg(name) : tr("Why %1 is Unknown").arg(name);
        break;
    case Severity::Critical:
        title = tr("Why %1 is Critical").arg(name);
        break;
    }
    QString note;
    const Time &now = m_models->now();
    if (status->since) {
        const double seconds = double((now.wall - *status->since).count()) / 1000;
        note = tr("since %1, %2").arg(wording::clock(*status->since, now), wording::duration(seconds));
    }
    m_whyPane->setTitle(title, note);
    m_reasons.show(*status, now);
}

void OverviewPage::showSentence()
{
    if (!m_models->hasUpdate()) {
        m_bar->setSentence({});
        return;
    }
    const int clusters = int(m_models->order().size());
    const QString count = wording::plural(clusters, QUORATE_PLURAL("%1 cluster", "%1 clusters"));
    const int endpoints = m_models->endpointCount();
    const int answered = m_models->answeredCount();
    if (endpoints > 0 && answered < endpoints) {
        m_bar->setSentence(
            tr("%1 · %2 of %3 tried so far")
                .arg(count, wording::count(qint64(answered)), wording::plural(endpoints, QUORATE_PLURAL("%1 endpoint", "%1 endpoints"))));
        return;
    }
    const bool worstFirst = m_table->proxy()->sortColumn() == int(Column::State) && m_table->proxy()->sortOrder() == Qt::DescendingOrder;
    const QString what = worstFirst ? tr("%1, worst first").arg(count) : count;
    const QDateTime now = toDateTime(m_models->now().wall).toLocalTime();
    const QString when = m_table->isInOrder()
        ? wording::locale().toString(now, tr("ddd d MMM yyyy, HH:mm", "date format of the overview's sentence")) + u' '
            + now.timeZoneAbbreviation()
        : tr("order changed · F5 sorts");
    m_bar->setSentence(tr("%1 · %2").arg(what, when));
}

void OverviewPage::focusTable() { m_table->setFocus(); }

void OverviewPage::focusFilter()
{
    m_bar->filter()->setFocus(Qt::ShortcutFocusReason);
    m_bar->filter()->selectAll();
}

void OverviewPage::sortNow() { m_table->sortNow(); }

QString OverviewPage::copyText(bool markdown) const { return m_why->hasFocus() ? m_why->copyText(markdown) : m_table->copyText(markdown); }

QVariantMap OverviewPage::saved() const { return {{u"table"_s, m_table->saved()}, {u"splitter"_s, m_splitter->saveState()}}; }

void OverviewPage::restore(const QVariantMap &state)
{
    m_table->restore(state.value(u"table"_s).toMap());
    m_splitter->restore(state.value(u"splitter"_s).toByteArray());
}

} // namespace quorate
