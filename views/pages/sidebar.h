// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QListView>

namespace quorate {

class ClusterListModel;
class SidebarDelegate;

/// Pages and clusters at the left of the window. Choosing a line shows it at once.
class Sidebar final : public QListView {
    Q_OBJECT
public:
    explicit Sidebar(ClusterListModel *model, QWidget *parent = nullptr);

    void setCurrentId(const QString &id); ///< of a ClusterListModel row; says nothing
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(const QString &id);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void colour();

    ClusterListModel *m_rows;
    SidebarDelegate *m_delegate;
    bool m_quiet = false;
};

} // namespace quorate
