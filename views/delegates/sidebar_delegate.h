// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QHash>
#include <QIcon>
#include <QStyledItemDelegate>

namespace quorate {

/// A line of the sidebar: a symbol or a severity shape, then the name; headings small and quiet.
class SidebarDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setMaintenanceSymbol(const QIcon &icon) { m_maintenance = icon; } ///< at the right of a cluster in maintenance
    void setSymbol(const QString &rowId, const QIcon &icon) { m_symbols.insert(rowId, icon); }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    QHash<QString, QIcon> m_symbols;
    QIcon m_maintenance;
};

} // namespace quorate
