// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "tests/support/made_up_clusters.h"
#include "views/delegates/table_view.h"
#include "views/pages/accept_actions.h"
#include "views/pages/cluster_page.h"
#include "views/pages/what_if_strip.h"

#include <QToolButton>

namespace quorate::test {

/// The page of a cluster, with the actions that a window gives it.
struct Sheet {
    AcceptActions accept;
    ClusterPage page;
    ClusterStatus cluster;

    explicit Sheet(const ClusterStatus &status)
        : cluster(status)
    {
        page.setAcceptActions(accept.all());
        page.resize(1195, 720);
        page.setNow(made_up::now());
        page.showCluster(status.name);
        apply();
        page.show();
    }
    void apply()
    {
        accept.show(cluster);
        page.apply(cluster);
    }
    [[nodiscard]] TableView *table(const QString &name) const
    {
        for (TableView *view : page.findChildren<TableView *>(name)) {
            if (view->isVisible())
                return view;
        }
        return nullptr;
    }
    [[nodiscard]] WhatIfStrip *strip() const { return page.findChild<WhatIfStrip *>(QStringLiteral("whatIf")); }
    /// Texts of the buttons that are seen.
    [[nodiscard]] QStringList buttons() const
    {
        QStringList texts;
        for (const QToolButton *button : page.findChildren<QToolButton *>()) {
            if (button->isVisible())
                texts += button->text();
        }
        return texts;
    }
    /// A cell of a row of a table, by the column's title.
    [[nodiscard]] QModelIndex cell(const QString &name, const QString &id, const QString &title) const
    {
        const QAbstractItemModel *model = table(name)->model();
        for (int column = 0; column < model->columnCount(); ++column) {
            if (model->headerData(column, Qt::Horizontal).toString() != title)
                continue;
            for (int row = 0; row < model->rowCount(); ++row) {
                if (model->index(row, 0).data(IdRole) == id)
                    return model->index(row, column);
            }
        }
        return {};
    }
};

/// With plain spaces before units.
inline QString plain(QString text) { return text.replace(QChar(0x00a0), u' '); }

/// Rows by their ids, these only.
inline void select(TableView &table, const QStringList &ids)
{
    table.clearSelection();
    for (int row = 0; row < table.model()->rowCount(); ++row) {
        const QModelIndex index = table.model()->index(row, 0);
        if (ids.contains(index.data(IdRole).toString()))
            table.selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
}

} // namespace quorate::test
