// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/limit_model.h"

#include "models/tables/cells.h"

namespace quorate {

QString LimitModel::title(int column) const
{
    switch (Column(column)) {
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

ColumnKind LimitModel::kind(int column) const { return Column(column) == Column::Rule ? ColumnKind::Text : ColumnKind::Number; }

QString LimitModel::text(const LimitRow &row, int column) const
{
    switch (Column(column)) {
    case Column::Rule:
        return row.rule;
    case Column::Value:
        return row.value;
    case Column::Limit:
        return row.limit;
    case Column::Over:
        return orDash(row.over);
    case Column::Count:
        break;
    }
    return {};
}

QVariant LimitModel::sortValue(const LimitRow &row, int column) const
{
    switch (Column(column)) {
    case Column::Rule:
        return row.rule;
    case Column::Value:
        return known(row.number);
    case Column::Limit:
        return known(row.against);
    case Column::Over:
        return known(row.overBy);
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
