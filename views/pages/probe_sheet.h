// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/probe_detail_model.h"
#include "models/tables/probe_model.h"
#include "models/tables/reason_model.h"
#include "views/delegates/table_view.h"
#include "views/pages/cluster_sheet.h"

namespace quorate {

class Pane;
class ReasonList;
class ThinSplitter;

/// Probes × brokers, why, and one probe on every broker. Where the brokers' columns do not fit, one column sums them up.
class ProbeSheet final : public ClusterSheet {
    Q_OBJECT
public:
    explicit ProbeSheet(QWidget *parent);

    void apply(const ClusterStatus &cluster, const Recent &recent, const Time &now, bool fresh) override;
    void setNow(const Time &now) override;
    [[nodiscard]] int upperHeight() const override;
    [[nodiscard]] int lowerHeight() const override;
    [[nodiscard]] bool showsReasons() const override { return true; }
    [[nodiscard]] bool showsComponents() const override { return true; }
    [[nodiscard]] QVariantMap saved() const override;
    void restore(const QVariantMap &state) override;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showColumns();
    void showTitle();
    void showDetail();
    [[nodiscard]] QList<TableColumn> brokerColumns() const;
    [[nodiscard]] int brokersWidth(const QList<TableColumn> &columns) const;

    ClusterStatus m_cluster;
    Time m_now;
    ProbeModel m_probes;
    ProbeDetailModel m_detail;
    ReasonModel m_reasons;
    TableView *m_table, *m_detailTable;
    ReasonList *m_why;
    Pane *m_probePane, *m_whyPane, *m_detailPane;
    ThinSplitter *m_lower;
    QStringList m_layout; ///< what the columns were laid out for
};

} // namespace quorate
