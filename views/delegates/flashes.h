// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractItemView>
#include <QElapsedTimer>
#include <QHash>
#include <QPersistentModelIndex>
#include <QTimer>

namespace quorate {

/// The light behind cells that changed (LOOK section 9): 1.2 s, at most 6 repaints of each cell; none for cells out of sight, nor while
/// more than a fifth of the cells in view change at once. Where the desktop asks for no animations (the style's animation duration is 0)
/// it is steady and then gone.
class Flashes final : public QObject {
    Q_OBJECT
public:
    explicit Flashes(QAbstractItemView *view);

    static constexpr int duration = 1200; ///< ms
    static constexpr int step = 200; ///< ms between repaints

    void watch(QAbstractItemModel *model); ///< listens to dataChanged with ChangedRole
    [[nodiscard]] double strength(const QModelIndex &index) const; ///< 0 to 1

private:
    void collect(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles);
    void light();
    void fade();
    [[nodiscard]] int cellsInView() const;
    [[nodiscard]] bool isSteady() const;

    QAbstractItemView *m_view;
    QTimer m_gather, m_fade;
    QElapsedTimer m_clock;
    QList<QPersistentModelIndex> m_fresh;
    QHash<QPersistentModelIndex, qint64> m_since; ///< ms of m_clock
};

} // namespace quorate
