// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/sort_filter_proxy.h"

#include <QElapsedTimer>
#include <QTableView>
#include <QTimer>
#include <QVariantMap>

class QMenu;

namespace quorate {

class CellDelegate;
class Flashes;
class HeaderView;

/// How a column is laid out (LOOK section 6).
struct TableColumn {
    int column = 0;
    QStringList specimens = {}; ///< the longest translated texts; the column is wide enough for them in DemiBold
    bool shape = false; ///< a severity shape stands before the text
    double drawing = 0; ///< width in h of a sparkline or bullet left of the text
    bool stretch = false; ///< takes what is left; one in a table
    int dropOrder = 0; ///< hidden when the stretch column would get less than its `atLeast`: 1 first; 0 never
    bool worstFirst = false; ///< the first click sorts descending
    double atLeast = 24; ///< h that a stretching column keeps before others are dropped
};

/// A table as LOOK has it: no grid, hairlines, columns from specimens, sorted by hand, selection and scroll kept by id.
/// The model hands out roles.h; IdRole names the rows.
class TableView final : public QTableView {
    Q_OBJECT
public:
    explicit TableView(QWidget *parent = nullptr);

    /// The model, shown through the view's own SortFilterProxy. Without any named column, each gets the width of its title.
    void setTable(QAbstractItemModel *source, const QList<TableColumn> &columns);
    /// Other columns of the same model, because it has others now or some are of no use: what is not named is hidden.
    void setColumns(const QList<TableColumn> &columns);
    [[nodiscard]] SortFilterProxy *proxy() const { return m_proxy; }
    [[nodiscard]] CellDelegate *cells() const { return m_cells; }

    void sortBy(int column, Qt::SortOrder order);
    void sortNow(); ///< F5: at once, the anchor row keeps its place on screen
    [[nodiscard]] bool isInOrder() const { return m_inOrder; }
    void setFilterText(const QString &text); ///< nothing matches: a sentence says so in the view's place
    void setEmptyText(const QString &text) { m_emptyText = text; } ///< in the view's place while the model has no rows; none: nothing
    void setQuietPeriod(int ms) { m_quietPeriod = ms; } ///< without touch for so long before rows move by themselves; 10 s
    void setNeverScrolls(bool never); ///< a short table: as high as its rows (at most 7)

    /// Whether a person may show and hide columns (right click on a title); by default yes. Not where columns are servers.
    void setColumnMenu(bool offered) { m_columnMenuOffered = offered; }
    [[nodiscard]] QMenu *columnMenu(); ///< the same menu, for others to show; made when it is first asked for
    void showColumn(int column, bool shown); ///< as by hand: kept, whatever the width; the first two and the stretching one always stay
    void resetColumns(); ///< widths and columns as they were before anybody changed them

    [[nodiscard]] QString currentId() const; ///< of the current row, when it is selected; else empty
    void setCurrentId(const QString &id); ///< remembered until the row comes
    [[nodiscard]] QStringList selectedIds() const; ///< in the order shown

    /// The selected rows (all when none is selected): titles and shown columns, tab separated or as a Markdown table.
    [[nodiscard]] QString copyText(bool markdown) const;
    [[nodiscard]] int copyCount() const; ///< rows that copyText() takes

    void restore(const QVariantMap &state); ///< unknown or absent keys are left alone
    [[nodiscard]] QVariantMap saved() const; ///< widths and columns set by hand, order, current row, scroll position: plain values

Q_SIGNALS:
    void idActivated(const QString &id); ///< Return or double click
    void currentIdChanged(const QString &id); ///< empty: none
    void inOrderChanged(bool inOrder); ///< false: "order changed · F5 sorts"

protected:
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    struct Anchor {
        QPersistentModelIndex index;
        int y = 0;
    };
    [[nodiscard]] bool followsTop() const;
    [[nodiscard]] Anchor anchor() const;
    void keep(const Anchor &anchor);
    void touched() { m_sinceTouch.start(); }
    [[nodiscard]] bool busy() const;
    void orderMayHaveChanged();
    void checkOrder();
    void layOut();
    void dropColumns();
    void showHideColumns();
    [[nodiscard]] bool mayHide(int column) const;
    void fillColumnMenu();
    [[nodiscard]] bool chooseFirstRow(const QKeyEvent &event);
    [[nodiscard]] bool isWide() const;
    [[nodiscard]] int widthOf(const TableColumn &column) const;
    [[nodiscard]] int reserveOf(const TableColumn &column) const;
    void headerClicked(int section);
    void applyPending();
    void announceCurrent();
    void paintFocus();

    SortFilterProxy *m_proxy;
    CellDelegate *m_cells;
    Flashes *m_flashes;
    HeaderView *m_titles;
    QMenu *m_columnMenu = nullptr;
    bool m_columnMenuOffered = true;
    QList<TableColumn> m_columns;
    QHash<int, int> m_userWidths; ///< px at the present font
    QHash<int, bool> m_userShown; ///< columns shown or hidden by hand
    QTimer m_orderTimer;
    QElapsedTimer m_sinceTouch; ///< invalid: never touched
    int m_quietPeriod = 10'000;
    bool m_inOrder = true;
    bool m_layingOut = false;
    bool m_wide = false;
    bool m_neverScrolls = false;
    QString m_pendingId; ///< of restore() and setCurrentId(), until its row comes
    int m_pendingScroll = -1;
    QString m_idBeforeFilter, m_announcedId, m_emptyText;
};

} // namespace quorate
