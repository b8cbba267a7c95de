// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/limit_model.h"
#include "models/tables/matrix_model.h"
#include "models/tables/peer_model.h"
#include "models/tables/reason_model.h"
#include "views/pages/cluster_sheet.h"

class QAction;
class QStackedWidget;

namespace quorate {

class Pane;
class ReasonList;
class ThinSplitter;
class WhatIfStrip;

/// A Raft group: its peers, who believes whom, and why: the rules of the selected peer, else the reasons of the cluster.
class RaftSheet final : public ClusterSheet {
    Q_OBJECT
public:
    explicit RaftSheet(QWidget *parent);

    void apply(const ClusterStatus &cluster, const Recent &recent, const Time &now, bool fresh) override;
    void setNow(const Time &now) override;
    [[nodiscard]] int upperHeight() const override;
    [[nodiscard]] int lowerHeight() const override;
    [[nodiscard]] bool showsReasons() const override { return true; }
    void addAcceptActions(const QList<QAction *> &actions) override;
    [[nodiscard]] bool canAskWhatIf() const override { return true; }
    void askWhatIf() override;
    [[nodiscard]] QVariantMap saved() const override;
    void restore(const QVariantMap &state) override;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void connectParts();
    void makeTables();
    void showColumns();
    void showMatrixColumns();
    void showTitles();
    void showWhy();
    void showWhatIf();
    void leaveWhatIf();
    [[nodiscard]] const PeerStatus *selected() const;

    ClusterStatus m_cluster;
    RaftStatus m_raft;
    Time m_now;
    PeerModel m_peers;
    MatrixModel m_matrix;
    LimitModel m_limits;
    ReasonModel m_reasons;
    TableView *m_table, *m_matrixTable, *m_limitTable;
    ReasonList *m_reasonList;
    QStackedWidget *m_why;
    Pane *m_peerPane, *m_matrixPane, *m_whyPane;
    ThinSplitter *m_lower;
    WhatIfStrip *m_whatIf;
    QAction *m_wholeCluster, *m_askWhatIf;
    QStringList m_widest, m_widestMatrix; ///< texts that the columns are wide enough for
};

} // namespace quorate
