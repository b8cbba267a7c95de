// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/limit_model.h"

using namespace Qt::StringLiterals;

namespace quorate {

namespace {
int alignmentOf(LimitModel::Column column)
{
    return int((column == LimitModel::Column::Rule ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

QVariant sortValue(const LimitRow &row, LimitModel::Column column)
{
    switch (column) {
    case LimitModel::Column::Rule:
        return row.rule;
    case LimitModel::Column::Value:
        return row.number ? QVariant(*row.number) : QVariant();
    case LimitModel::Column::Limit:
        return row.against ? QVariant(*row.against) : QVariant();
    default:
        return row.overBy ? QVariant(*row.overBy) : QVariant();
    }
}
} // namespace

int LimitModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(Column::Count); }

QVariant LimitModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(Column(section));
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Column::Rule:
        return tr("Rule");
    case Column::Value:
        return tr("Value against its limit");
    case Column::Limit:
        return tr("Limit");
    case Column::Over:
        return tr("Over by");
    case Column::Count:
        break;
    }
    return {};
}

QVariant LimitModel::cell(const LimitRow &row, int section, int role) const
{
    const auto column = Column(section);
    const bool failed = row.severity != Severity::Ok;
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case Column::Rule:
            return row.rule;
        case Column::Value:
            return row.value;
        case Column::Limit:
            return row.limit;
        default:
            return row.over.isEmpty() ? u"–"_s : row.over;
        }
    case Qt::TextAlignmentRole:
        return alignmentOf(column);
    case SortRole:
        return sortValue(row, column);
    case SeverityRole:
        return column == Column::Rule && (failed || !row.unknown) ? QVariant::fromValue(row.severity) : QVariant();
    case DisabledRole:
        return column == Column::Rule && !failed && row.unknown;
    case PendingRole:
        return column == Column::Rule && row.pending;
    case InkRole:
        return QVariant::fromValue(
            failed && !row.pending && (column == Column::Value || column == Column::Over) ? row.severity : Severity::Ok);
    case StrongRole:
        return column == Column::Value && failed && !row.pending;
    case QuietRole:
        return column == Column::Limit || (column == Column::Over && !failed) || (column == Column::Value && row.unknown);
    case BulletRole:
        if (column != Column::Value || !row.against || !row.number)
            return {};
        return QVariant::fromValue(Bullet{.value = *row.number, .limit = row.against, .maximum = row.maximum, .severity = row.severity});
    default:
        return {};
    }
}

} // namespace quorate
