// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/probe_sheet.h"

#include "models/wording/phrase.h"
#include "models/wording/wording.h"
#include "views/delegates/reason_list.h"
#include "views/pages/pane.h"
#include "views/pages/thin_splitter.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QEvent>
#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {

ProbeSheet::ProbeSheet(QWidget *parent)
    : ClusterSheet(parent)
    , m_table(new TableView)
    , m_detailTable(new TableView)
    , m_why(new ReasonList)
    , m_probePane(new Pane(parent))
    , m_whyPane(new Pane)
    , m_detailPane(new Pane)
    , m_lower(new ThinSplitter(Qt::Horizontal, parent))
{
    setParts(m_probePane, m_lower, m_table);
    m_table->setObjectName(u"probes"_s);
    m_table->setAccessibleName(tr("Components by broker"));
    m_table->setTable(&m_probes, {});
    m_table->setColumnMenu(false);
    m_table->sortBy(ProbeModel::summaryColumn, Qt::DescendingOrder);
    m_probePane->setView(m_table);

    m_why->setObjectName(u"reasons"_s);
    m_why->setAccessibleName(tr("Reasons"));
    m_why->setModel(&m_reasons);
    m_whyPane->setView(m_why);

    m_detailTable->setObjectName(u"probeDetail"_s);
    m_detailTable->setAccessibleName(tr("One component on every broker"));
    m_detailTable->setTable(&m_detail, {});
    m_detailTable->sortBy(int(ProbeDetailModel::Column::Reported), Qt::DescendingOrder);
    m_detailPane->setView(m_detailTable);
    m_lower->addWidget(m_whyPane);
    m_lower->addWidget(m_detailPane);
    m_lower->setSizes({1500, 1300});

    connect(m_table, &TableView::currentIdChanged, this, &ProbeSheet::showDetail);
    connect(m_table, &TableView::inOrderChanged, this, &ProbeSheet::showTitle);
    connect(m_detailTable, &TableView::idActivated, this, [this](const QString &id) { Q_EMIT endpointWanted(EndpointUrl(id)); });
    m_table->viewport()->installEventFilter(this);
}

QList<TableColumn> ProbeSheet::brokerColumns() const
{
    QList<TableColumn> columns;
    for (int column = ProbeModel::firstBroker; column < m_probes.messageColumn(); ++column)
        columns
            += {.column = column, .specimens = longestTexts(m_probes, column, {u"healthy"_s + u"mm"_s}), .shape = true, .worstFirst = true};
    return columns;
}

int ProbeSheet::brokersWidth(const QList<TableColumn> &columns) const
{
    const QFontMetricsF metrics(demiBold(m_table->font()));
    const Metrics sizes(m_table->font());
    double width = 0;
    for (const TableColumn &column : columns) {
        const QString title = m_probes.headerData(column.column, Qt::Horizontal, Qt::DisplayRole).toString();
        double widest = metrics.horizontalAdvance(title);
        for (const QString &specimen : column.specimens)
            widest = std::max(widest, metrics.horizontalAdvance(specimen) + sizes.shape() + sizes.cellPadding());
        width += widest + 2 * sizes.cellPadding();
    }
    return int(width);
}

void ProbeSheet::showColumns()
{
    const QStringList names = longestTexts(m_probes, ProbeModel::nameColumn, {u"object_storage"_s});
    const QList<TableColumn> brokers = brokerColumns();
    const Metrics metrics(m_table->font());
    const int name = int(QFontMetricsF(demiBold(m_table->font())).horizontalAdvance(names.last())) + 2 * metrics.cellPadding();
    const int rest = m_table->viewport()->width() - name - metrics.px(7) - metrics.px(18);
    const bool fits = !brokers.isEmpty() && brokersWidth(brokers) <= rest;
    QStringList layout = names;
    layout += fits ? u"brokers"_s : u"summary"_s;
    for (const TableColumn &column : brokers)
        layout += m_probes.headerData(column.column, Qt::Horizontal, Qt::DisplayRole).toString() + column.specimens.join(u'|');
    if (layout == m_layout)
        return;
    m_layout = layout;
    QList<TableColumn> columns{{.column = ProbeModel::nameColumn, .specimens = names}};
    if (fits)
        columns += brokers;
    else
        columns += TableColumn{.column = ProbeModel::summaryColumn,
            .specimens = longestTexts(m_probes, ProbeModel::summaryColumn, {tr("healthy on 40")}),
            .shape = true,
            .worstFirst = true};
    columns += TableColumn{.column = m_probes.messageColumn(), .stretch = true, .atLeast = 18};
    columns += TableColumn{.column = m_probes.factColumn(), .specimens = {u"888 of 888"_s}, .drawing = 3, .dropOrder = 1};
    m_table->setColumns(columns);
}

void ProbeSheet::apply(const ClusterStatus &cluster, const Recent &, const Time &now, bool fresh)
{
    m_cluster = cluster;
    m_now = now;
    if (fresh) {
        m_table->clearSelection();
        m_table->setCurrentIndex({});
    }
    m_probes.apply(probes(cluster), now);
    m_table->setNeverScrolls(m_probes.rowCount() <= 7);
    showColumns();
    if (fresh)
        m_table->sortNow();
    m_reasons.show(cluster, now);
    m_whyPane->setTitle(whyTitle(cluster.name.text(), cluster.severity, cluster.paused), reasonCounts(cluster));
    showTitle();
    showDetail();
}

void ProbeSheet::setNow(const Time &now)
{
    m_now = now;
    m_reasons.setNow(now);
}

void ProbeSheet::showTitle()
{
    QString note = m_probes.rowCount() == 0 ? tr("not reported")
                                            : tr("%1 on %2, worst first")
                                                  .arg(wording::plural(m_probes.rowCount(), QUORATE_PLURAL("%1 probe", "%1 probes")),
                                                      wording::endpointsNoun(m_cluster.system, m_cluster.endpoints.size()));
    if (!m_table->isInOrder())
        note = tr("order changed · F5 sorts");
    m_probePane->setTitle(tr("Components"), note);
}

void ProbeSheet::showDetail()
{
    QString probe = m_table->currentId();
    if (probe.isEmpty())
        probe = m_table->proxy()->index(0, 0).data(IdRole).toString();
    const auto rows = probeDetails(m_cluster, probe);
    m_detail.merge(rows, m_now);
    QMap<QString, qint64> words;
    for (int row = 0; row < m_detail.rowCount(); ++row)
        ++words[m_detail.index(row, int(ProbeDetailModel::Column::Reported)).data().toString()];
    QStringList counts;
    for (auto it = words.cbegin(); it != words.cend(); ++it)
        counts += u"%1 %2"_s.arg(wording::count(it.value()), it.key());
    m_detailPane->setTitle(probe.isEmpty() ? tr("Component") : probe, counts.join(u", "_s));
    m_detailTable->setColumns({
        {.column = int(ProbeDetailModel::Column::Broker), .specimens = longestTexts(m_detail, 0, {u"broker-1"_s})},
        {.column = int(ProbeDetailModel::Column::Reported),
            .specimens = longestTexts(m_detail, 1, {u"healthy"_s}),
            .shape = true,
            .worstFirst = true},
        {.column = int(ProbeDetailModel::Column::Message), .stretch = true, .atLeast = 8},
    });
    m_detailTable->sortNow();
}

bool ProbeSheet::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && m_probes.rowCount() > 0)
        showColumns();
    return ClusterSheet::eventFilter(watched, event);
}

int ProbeSheet::upperHeight() const { return paneHeight(m_probePane, std::clamp(m_probes.rowCount(), 2, 12)); }
int ProbeSheet::lowerHeight() const { return paneHeight(m_lower, 4); }

QVariantMap ProbeSheet::saved() const { return {{u"probes"_s, m_table->saved()}, {u"lower"_s, m_lower->saveState()}}; }

void ProbeSheet::restore(const QVariantMap &state)
{
    m_table->restore(state.value(u"probes"_s).toMap());
    m_lower->restore(state.value(u"lower"_s).toByteArray());
}

} // namespace quorate
