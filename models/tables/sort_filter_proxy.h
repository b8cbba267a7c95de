// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/roles.h"

#include <QCollator>
#include <QSortFilterProxyModel>
#include <QTimer>

namespace quorate {

/// Order and filter of a table. Sorted by hand only (`resort`): rows do not jump while somebody reads or clicks.
/// By SortRole (numbers as numbers, texts with numbers in them naturally, what is not known last in both directions), then by id.
class SortFilterProxy final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit SortFilterProxy(QObject *parent = nullptr);

    /// Every word must be found in some cell of the row (RichSearchRole where a cell has it); empty: all rows.
    void setFilterText(const QString &text);
    [[nodiscard]] const QString &filterText() const { return m_text; }

    /// The filter over the rows as they are now. Without it a row that changed stays or stays away for at most a second.
    void refilter();
    void setSourceModel(QAbstractItemModel *model) override;

    void resort(); ///< by the present column and order
    [[nodiscard]] bool isInOrder() const; ///< false: resort() would move a row

    void multiData(const QModelIndex &index, QModelRoleDataSpan span) const override;

protected:
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_text;
    QStringList m_words;
    QCollator m_collator;
    QTimer m_refilter;
};

} // namespace quorate
