// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/queue_model.h"

#include "models/tables/cells.h"
#include "models/tables/row_ids.h"
#include "models/wording/phrase.h"
#include "models/wording/sums.h"
#include "models/wording/wording.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

using Column = QueueModel::Column;

std::optional<qint64> numberOf(const QueueStatus &queue, Column column)
{
    switch (column) {
    case Column::Waiting:
        return queue.unprocessed;
    case Column::Running:
        return queue.processing;
    case Column::Done:
        return queue.completed;
    case Column::Failed:
        return queue.failed;
    case Column::Other:
        return queue.other;
    case Column::Total:
        return queue.total;
    case Column::Dead:
        return queue.dead;
    default:
        return std::nullopt;
    }
}

bool deadOver(const QueueStatus &queue) { return queue.dead && *queue.dead > queue.deadKnown.value_or(0); }

/// The cell says what is wrong with the queue.
bool isCause(const QueueRow &row, Column column)
{
    return (column == Column::Dead && deadOver(row.queue)) || (column == Column::Drains && row.stuck);
}

std::optional<double> backlogOf(const QueueStatus &queue, Column column)
{
    return column == Column::Backlog1 ? queue.backlogPerMinute1
        : column == Column::Backlog5  ? queue.backlogPerMinute5
                                      : queue.backlogPerMinute15;
}

Share shareOf(const QueueStatus &queue)
{
    Share share;
    const auto part = [&](Share::Part kind, std::optional<qint64> amount) {
        if (amount && *amount > 0) {
            share.parts.append({kind, *amount});
            share.total = wording::added(share.total, *amount);
        }
    };
    part(Share::Part::Done, queue.completed);
    part(Share::Part::Running, queue.processing);
    part(Share::Part::Waiting, queue.unprocessed);
    part(Share::Part::Failed, queue.failed);
    part(Share::Part::Other, queue.other);
    return share;
}

QString rate(std::optional<double> perMinute)
{
    if (!perMinute)
        return orDash({});
    const QString amount = wording::locale().toString(std::abs(*perMinute), 'f', 1);
    return std::abs(*perMinute) < 0.05 ? u"0"_s : (*perMinute > 0 ? u'+' + amount : QChar(0x2212) + amount);
}

QString spokenShare(const QueueStatus &queue)
{
    if (!queue.total)
        return {};
    return QueueModel::tr("%1 done, %2 running, %3 waiting, %4 failed of %5")
        .arg(wording::count(queue.completed), wording::count(queue.processing), wording::count(queue.unprocessed),
            wording::count(queue.failed), wording::count(queue.total));
}

/// The part of the share bar that a column stands for.
QVariant keyOf(Column column)
{
    switch (column) {
    case Column::Waiting:
        return QVariant::fromValue(Share::Part::Waiting);
    case Column::Running:
        return QVariant::fromValue(Share::Part::Running);
    case Column::Done:
        return QVariant::fromValue(Share::Part::Done);
    case Column::Failed:
        return QVariant::fromValue(Share::Part::Failed);
    case Column::Other:
        return QVariant::fromValue(Share::Part::Other);
    default:
        return {};
    }
}

} // namespace

QList<QueueRow> queueRows(const ClusterStatus &cluster)
{
    QList<QueueRow> rows;
    RowIds ids;
    for (const QueueStatus &queue : cluster.queues.value_or(QList<QueueStatus>())) {
        const bool stuck = std::any_of(cluster.reasons.cbegin(), cluster.reasons.cend(),
            [&](const Reason &reason) { return reason.code == ReasonCode::QueueStuck && reason.subject == queue.name; });
        rows.append({ids.unique(queue.name), queue, stuck});
    }
    return rows;
}

QString QueueModel::title(int column) const
{
    switch (Column(column)) {
    case Column::State:
        return tr("State");
    case Column::Queue:
        return tr("Queue");
    case Column::Waiting:
        return tr("Waiting");
    case Column::Running:
        return tr("Running");
    case Column::Done:
        return tr("Done");
    case Column::Failed:
        return tr("Failed");
    case Column::Other:
        return tr("Other");
    case Column::Total:
        return tr("Total");
    case Column::Share:
        return tr("Share of the total");
    case Column::Dead:
        return tr("Dead");
    case Column::Backlog1:
        return tr("Backlog/min, 1 min");
    case Column::Backlog5:
        return tr("5 min");
    case Column::Backlog15:
        return tr("15 min");
    case Column::Drains:
        return tr("Drains in");
    case Column::Count:
        break;
    }
    return {};
}

ColumnKind QueueModel::kind(int column) const
{
    switch (Column(column)) {
    case Column::State:
    case Column::Queue:
    case Column::Share:
        return ColumnKind::Text;
    default:
        return ColumnKind::Number;
    }
}

QVariant QueueModel::headerCell(int column, int role) const { return role == ShareRole ? keyOf(Column(column)) : QVariant(); }

QString QueueModel::text(const QueueRow &row, int column) const
{
    const QueueStatus &queue = row.queue;
    switch (Column(column)) {
    case Column::State:
        return wording::severityWord(queue.severity);
    case Column::Queue:
        return queue.name;
    case Column::Share:
        return {};
    case Column::Dead:
        return queue.dead && queue.deadKnown.value_or(0) > 0
            ? tr("%1, %2 known", "dead letters").arg(wording::count(queue.dead), wording::count(queue.deadKnown))
            : wording::count(queue.dead);
    case Column::Backlog1:
    case Column::Backlog5:
    case Column::Backlog15:
        return rate(backlogOf(queue, Column(column)));
    case Column::Drains:
        if (row.stuck)
            return tr("stuck");
        return queue.unprocessed == 0 ? QString() : wording::duration(queue.drainSeconds);
    default:
        return wording::count(numberOf(queue, Column(column)));
    }
}

QVariant QueueModel::sortValue(const QueueRow &row, int column) const
{
    const QueueStatus &queue = row.queue;
    switch (Column(column)) {
    case Column::State:
        return int(queue.severity);
    case Column::Queue:
        return queue.name;
    case Column::Share: {
        const auto total = double(qMax<qint64>(1, queue.total.value_or(0)));
        return queue.completed ? QVariant(double(*queue.completed) / total) : QVariant();
    }
    case Column::Backlog1:
    case Column::Backlog5:
    case Column::Backlog15:
        return known(backlogOf(queue, Column(column)));
    case Column::Drains:
        return known(queue.drainSeconds);
    default:
        return known(numberOf(queue, Column(column)));
    }
}

QVariant QueueModel::cell(const QueueRow &row, int section, int role) const
{
    const auto column = Column(section);
    const QueueStatus &queue = row.queue;
    const bool bad = queue.severity != Severity::Ok;
    switch (role) {
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return column == Column::Share ? QVariant(spokenShare(queue)) : QVariant();
    case SeverityRole:
        return column == Column::State ? QVariant::fromValue(queue.severity) : QVariant();
    case RowTintRole:
        return QVariant::fromValue(queue.severity);
    case InkRole:
        return QVariant::fromValue(column == Column::State || isCause(row, column) ? queue.severity : Severity::Ok);
    case StrongRole:
        return column == Column::Queue || (bad && (column == Column::State || isCause(row, column)));
    case QuietRole:
        return column == Column::State && !bad;
    case ShareRole:
        return column == Column::Share && queue.total ? QVariant::fromValue(shareOf(queue)) : QVariant();
    default:
        return {};
    }
}

} // namespace quorate
