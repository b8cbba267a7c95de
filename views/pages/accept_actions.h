// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/acceptance.h"

#include <QAction>
#include <QObject>

#include <array>

namespace quorate {

/// What may be accepted of the cluster at hand, an action for each kind: for menus, and for the panes that say why. Those that mean nothing
/// now are hidden.
class AcceptActions final : public QObject {
    Q_OBJECT
public:
    explicit AcceptActions(QObject *parent = nullptr);

    void show(const ClusterStatus &cluster);
    void clear();
    [[nodiscard]] QList<QAction *> all() const { return {m_actions.cbegin(), m_actions.cend()}; }
    [[nodiscard]] bool isAnything() const { return !m_offered.isEmpty(); }

Q_SIGNALS:
    void wanted(const quorate::ClusterName &cluster, const quorate::Acceptance &acceptance);

private:
    void offer(const QList<Acceptance> &offered);

    std::array<QAction *, 3> m_actions{}; ///< in the order of Acceptance::Kind
    ClusterName m_cluster;
    QList<Acceptance> m_offered;
};

} // namespace quorate
