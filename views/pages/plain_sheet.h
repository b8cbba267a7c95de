// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/reason_model.h"
#include "views/pages/cluster_sheet.h"

namespace quorate {

class Pane;
class ReasonList;

/// A cluster of which nothing is known: why, and what to do. Its endpoints stand in the tabs below. No empty tables.
class PlainSheet final : public ClusterSheet {
    Q_OBJECT
public:
    explicit PlainSheet(QWidget *parent);

    void apply(const ClusterStatus &cluster, const Recent &recent, const Time &now, bool fresh) override;
    void setNow(const Time &now) override;
    [[nodiscard]] int upperHeight() const override;
    [[nodiscard]] int lowerHeight() const override { return 0; }
    [[nodiscard]] bool showsReasons() const override { return true; }
    [[nodiscard]] QVariantMap saved() const override { return {}; }
    void restore(const QVariantMap &) override { }

private:
    ReasonModel m_reasons;
    ReasonList *m_list;
    Pane *m_pane;
};

} // namespace quorate
