// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/roles.h"

#include <QAbstractItemModel>

namespace quorate {

/// A component under its group; or, where a system has no groups, a component alone.
struct ComponentLeaf {
    QString id; ///< name; with the endpoint where several endpoints report it differently
    QString name;
    ComponentStatus component; ///< of the worst endpoint
    QString where; ///< "on 1 of 2: ctl-2" where several endpoints report it
    friend bool operator==(const ComponentLeaf &, const ComponentLeaf &) = default;
};

struct ComponentGroup {
    QString id; ///< prefix; for a component without a group, its name
    QString name;
    bool alone = false; ///< no group: `leaves` has the one component
    QList<ComponentLeaf> leaves;
    friend bool operator==(const ComponentGroup &, const ComponentGroup &) = default;
};

/// Groups in order of first mention by the server (controller, nats, agent), components by name.
[[nodiscard]] QList<ComponentGroup> componentGroups(const ClusterStatus &cluster);
/// "14 ok, 2 disabled"
[[nodiscard]] QString componentSummary(const QList<ComponentLeaf> &leaves);

/// Components as a tree by prefix, merged in place: expansion and selection stay.
class ComponentModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum class Column { Component, Reported, Says, Count };
    Q_ENUM(Column)
    using QAbstractItemModel::QAbstractItemModel;

    void merge(const QList<ComponentGroup> &groups);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Held {
        quintptr key = 0; ///< never reused: the internal id of its children, so that indexes survive when groups come and go
        ComponentGroup group;
    };
    void mergeLeaves(int row, const QList<ComponentLeaf> &leaves);
    [[nodiscard]] int rowOfKey(quintptr key) const;
    [[nodiscard]] int shownLeaves(const ComponentGroup &group) const { return group.alone ? 0 : int(group.leaves.size()); }
    [[nodiscard]] QVariant groupCell(const ComponentGroup &group, Column column, int role) const;
    [[nodiscard]] QVariant leafCell(const ComponentLeaf &leaf, Column column, int role) const;

    QList<Held> m_groups;
    quintptr m_nextKey = 1; ///< 0: top level
};

} // namespace quorate
