// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTreeView>

namespace quorate {

class ComponentModel;

/// Components by group: compact rows painted by the one delegate, every group open until somebody closes it.
class ComponentTree final : public QTreeView {
    Q_OBJECT
public:
    explicit ComponentTree(ComponentModel *model, QWidget *parent = nullptr);

    void layOut(); ///< widths for the names and words that are there; the last column takes the rest
    [[nodiscard]] int rowsShown() const; ///< groups and open leaves
    [[nodiscard]] QString copyText(bool markdown) const;

protected:
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QString widest(int column) const;
    void dropLast();

    ComponentModel *m_components;
    QStringList m_laidOut;
};

} // namespace quorate
