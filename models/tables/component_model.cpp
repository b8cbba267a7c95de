// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/component_model.h"

#include "models/tables/cells.h"
#include "models/tables/components.h"
#include "models/wording/wording.h"

#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

Severity worstOf(const QList<ComponentLeaf> &leaves)
{
    Severity severity = Severity::Ok;
    for (const ComponentLeaf &leaf : leaves)
        severity = worst(severity, overall(leaf.component));
    return severity;
}

QString reportedWord(const ComponentStatus &component)
{
    const bool silent = component.reported.isEmpty() && component.disabled;
    return silent ? ComponentModel::tr("disabled") : orDash(component.reported);
}

/// "error on 1 of 2: ctl-2, checking, 1 of 2"
QString reportedText(const ComponentLeaf &leaf)
{
    QString text = reportedWord(leaf.component);
    if (!leaf.where.isEmpty())
        text += u' ' + leaf.where;
    return leaf.component.pending ? u"%1, %2"_s.arg(text, wording::checking(*leaf.component.pending)) : text;
}

/// The component of several endpoints as one: the worst of them, and how many say so.
ComponentLeaf folded(const QList<const ComponentStatus *> &all, const ClusterStatus &cluster)
{
    const ComponentStatus *worstOne = all.first();
    for (const ComponentStatus *component : all) {
        const bool checked = component->severity == worstOne->severity && component->pending && !worstOne->pending;
        if (component->severity > worstOne->severity || checked || (worstOne->disabled && !component->disabled))
            worstOne = component;
    }
    ComponentLeaf leaf{.id = worstOne->name, .name = worstOne->name, .component = *worstOne, .where = {}};
    const auto same
        = std::count_if(all.cbegin(), all.cend(), [&](const auto *component) { return component->severity == worstOne->severity; });
    if (all.size() > 1 && same < all.size()) {
        QStringList names;
        for (const EndpointStatus &endpoint : cluster.endpoints) {
            if (std::any_of(all.cbegin(), all.cend(),
                    [&](const auto *c) { return c->severity == worstOne->severity && c->endpoint == endpoint.url; }))
                names += labelOf(endpoint);
        }
        leaf.where = ComponentModel::tr("on %1 of %2: %3").arg(same).arg(all.size()).arg(names.join(u", "_s));
    }
    return leaf;
}

} // namespace

QList<ComponentGroup> componentGroups(const ClusterStatus &cluster)
{
    QStringList order;
    QMap<QString, QMap<QString, QList<const ComponentStatus *>>> byGroup;
    for (const ComponentStatus &component : cluster.components) {
        const QString id = component.group.isEmpty() ? u'\n' + component.name : component.group;
        if (!order.contains(id))
            order += id;
        byGroup[id][component.name] += &component;
    }
    QList<ComponentGroup> groups;
    for (const QString &id : std::as_const(order)) {
        ComponentGroup group{.id = id, .name = id.startsWith(u'\n') ? id.mid(1) : id, .alone = id.startsWith(u'\n'), .leaves = {}};
        const auto names = byGroup.value(id);
        for (const auto &all : names)
            group.leaves.append(folded(all, cluster));
        groups.append(group);
    }
    return groups;
}

QString componentSummary(const QList<ComponentLeaf> &leaves)
{
    QMap<QString, qint64> bad;
    qint64 good = 0, disabled = 0;
    QString goodWord;
    for (const ComponentLeaf &leaf : leaves) {
        if (leaf.component.disabled)
            ++disabled;
        else if (leaf.component.severity == Severity::Ok) {
            ++good;
            goodWord = leaf.component.reported;
        } else
            ++bad[reportedWord(leaf.component)];
    }
    QStringList parts;
    for (auto it = bad.cbegin(); it != bad.cend(); ++it)
        parts += u"%1 %2"_s.arg(wording::count(it.value()), it.key());
    if (good > 0)
        parts += u"%1 %2"_s.arg(wording::count(good), goodWord.isEmpty() ? u"ok"_s : goodWord);
    if (disabled > 0)
        parts += ComponentModel::tr("%1 disabled").arg(wording::count(disabled));
    return parts.join(u", "_s);
}

int ComponentModel::rowOfKey(quintptr key) const
{
    for (qsizetype i = 0; i < m_groups.size(); ++i) {
        if (m_groups.at(i).key == key)
            return int(i);
    }
    return -1;
}

void ComponentModel::merge(const QList<ComponentGroup> &groups)
{
    const auto wanted
        = [&](const QString &id) { return std::any_of(groups.cbegin(), groups.cend(), [&](const auto &g) { return g.id == id; }); };
    for (qsizetype i = m_groups.size() - 1; i >= 0; --i) {
        if (wanted(m_groups.at(i).group.id))
            continue;
        beginRemoveRows({}, int(i), int(i));
        m_groups.removeAt(i);
        endRemoveRows();
    }
    for (int i = 0; i < int(groups.size()); ++i) {
        const auto present
            = std::find_if(m_groups.cbegin() + i, m_groups.cend(), [&](const Held &held) { return held.group.id == groups.at(i).id; });
        if (present == m_groups.cend()) {
            beginInsertRows({}, i, i);
            m_groups.insert(i, Held{m_nextKey++, groups.at(i)});
            endInsertRows();
            continue;
        }
        const auto from = int(present - m_groups.cbegin());
        if (from != i) {
            beginMoveRows({}, from, from, {}, i);
            m_groups.move(from, i);
            endMoveRows();
        }
        if (m_groups.at(i).group == groups.at(i))
            continue;
        mergeLeaves(i, groups.at(i).leaves);
        Q_EMIT dataChanged(index(i, 0), index(i, columnCount() - 1));
    }
}

void ComponentModel::mergeLeaves(int row, const QList<ComponentLeaf> &leaves)
{
    ComponentGroup &group = m_groups[row].group;
    if (group.alone) {
        group.leaves = leaves;
        return;
    }
    const QModelIndex top = index(row, 0);
    int at = 0; // both lists are sorted by name
    for (const ComponentLeaf &leaf : leaves) {
        while (at < int(group.leaves.size()) && group.leaves.at(at).id < leaf.id) {
            beginRemoveRows(top, at, at);
            group.leaves.removeAt(at);
            endRemoveRows();
        }
        if (at == int(group.leaves.size()) || group.leaves.at(at).id != leaf.id) {
            beginInsertRows(top, at, at);
            group.leaves.insert(at, leaf);
            endInsertRows();
        } else if (!(group.leaves.at(at) == leaf)) {
            group.leaves[at] = leaf;
            Q_EMIT dataChanged(index(at, 0, top), index(at, columnCount() - 1, top));
        }
        ++at;
    }
    if (at < int(group.leaves.size())) {
        beginRemoveRows(top, at, int(group.leaves.size()) - 1);
        group.leaves.remove(at, group.leaves.size() - at);
        endRemoveRows();
    }
}

QModelIndex ComponentModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= columnCount() || row >= rowCount(parent))
        return {};
    return parent.isValid() ? createIndex(row, column, m_groups.at(parent.row()).key) : createIndex(row, column, quintptr(0));
}

QModelIndex ComponentModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    const int row = rowOfKey(child.internalId());
    return row < 0 ? QModelIndex() : createIndex(row, 0, quintptr(0));
}

int ComponentModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    return parent.internalId() == 0 && parent.column() == 0 ? shownLeaves(m_groups.at(parent.row()).group) : 0;
}

int ComponentModel::columnCount(const QModelIndex &) const { return int(Column::Count); }

QVariant ComponentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Column::Component:
        return tr("Component");
    case Column::Reported:
        return tr("Reported");
    case Column::Says:
        return tr("Says");
    case Column::Count:
        break;
    }
    return {};
}

QVariant ComponentModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = Column(index.column());
    if (index.internalId() != 0) {
        const int row = rowOfKey(index.internalId());
        return leafCell(m_groups.at(row).group.leaves.at(index.row()), column, role);
    }
    const ComponentGroup &group = m_groups.at(index.row()).group;
    return group.alone ? leafCell(group.leaves.first(), column, role) : groupCell(group, column, role);
}

QVariant ComponentModel::groupCell(const ComponentGroup &group, Column column, int role) const
{
    const Severity severity = worstOf(group.leaves);
    switch (role) {
    case Qt::DisplayRole:
        if (column == Column::Component)
            return group.name;
        return column == Column::Reported ? componentSummary(group.leaves) : QString();
    case IdRole:
        return group.id;
    case SeverityRole:
        return column == Column::Reported ? QVariant::fromValue(severity) : QVariant();
    case PendingRole:
        return column == Column::Reported && std::any_of(group.leaves.cbegin(), group.leaves.cend(), [](const ComponentLeaf &leaf) {
            return leaf.component.pending.has_value();
        });
    case InkRole:
        return QVariant::fromValue(column == Column::Reported ? severity : Severity::Ok);
    case StrongRole:
        return column == Column::Component;
    case QuietRole:
        return column == Column::Reported;
    default:
        return {};
    }
}

QVariant ComponentModel::leafCell(const ComponentLeaf &leaf, Column column, int role) const
{
    const ComponentStatus &component = leaf.component;
    const bool bad = !component.disabled && component.severity != Severity::Ok;
    switch (role) {
    case Qt::DisplayRole:
        if (column == Column::Component)
            return leaf.name;
        if (column == Column::Reported)
            return reportedText(leaf);
        return component.message.isEmpty() ? component.address : component.message;
    case Qt::ToolTipRole:
        return messageOf(component).isEmpty() ? component.address : messageOf(component);
    case PendingRole:
        return column == Column::Reported && component.pending.has_value();
    case IdRole:
        return component.group + u'.' + leaf.id;
    case SeverityRole:
        return column == Column::Reported && !component.disabled ? QVariant::fromValue(component.severity) : QVariant();
    case DisabledRole:
        return column == Column::Reported && component.disabled;
    case DerivedRole:
        return column == Column::Reported ? QVariant::fromValue(derivedBeyond(component)) : QVariant();
    case RowTintRole:
        return QVariant::fromValue(overall(leaf.component));
    case InkRole:
        return QVariant::fromValue(bad && column == Column::Reported ? component.severity : Severity::Ok);
    case StrongRole:
        return bad && column == Column::Reported;
    case QuietRole:
        return !bad && column != Column::Component;
    default:
        return {};
    }
}

} // namespace quorate
