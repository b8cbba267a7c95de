// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/fleet_models.h"
#include "models/tables/reason_model.h"

#include <QVariantMap>
#include <QWidget>

class QAction;

namespace quorate {

class PageBar;
class Pane;
class ReasonList;
class TableView;
class ThinSplitter;

/// All clusters in one table, worst first, and under it why the selected one (without a selection: the worst) is as it is.
class OverviewPage final : public QWidget {
    Q_OBJECT
public:
    explicit OverviewPage(FleetModels *models, QWidget *parent = nullptr);

    void restore(const QVariantMap &state); ///< unknown or absent keys are left alone
    [[nodiscard]] QVariantMap saved() const;

    void focusTable();
    void focusFilter(); ///< the key "/"
    void sortNow(); ///< F5
    [[nodiscard]] QString copyText(bool markdown) const; ///< of the focused view
    [[nodiscard]] ClusterName current() const; ///< selected; empty: none
    [[nodiscard]] TableView *table() const { return m_table; }

Q_SIGNALS:
    void clusterOpened(const quorate::ClusterName &cluster);
    void pollWanted(const quorate::ClusterName &cluster); ///< empty: all
    void copyWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void fitNames();
    void showWhy();
    void showSentence();
    [[nodiscard]] ClusterName explained() const;

    FleetModels *m_models;
    ReasonModel m_reasons;
    PageBar *m_bar;
    TableView *m_table;
    ReasonList *m_why;
    Pane *m_whyPane;
    ThinSplitter *m_splitter;
    QAction *m_open, *m_copy, *m_now;
    QStringList m_names; ///< the longest, for the width of their column
};

} // namespace quorate
