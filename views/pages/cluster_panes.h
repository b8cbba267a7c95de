// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/acceptance.h"
#include "models/tables/reason_model.h"
#include "models/tables/recent.h"
#include "views/pages/raw_reply.h"

#include <QVariantMap>
#include <QWidget>

class QAction;

namespace quorate {

class ClusterSheet;
class ClusterTabs;
class Pane;
class PlainSheet;
class ProbeSheet;
class QueueSheet;
class RaftSheet;
class RawReplyView;
class ReasonList;
class ThinSplitter;

/// The panes of a cluster page: the sheet that fits what the cluster reports, and the tabs under it. Heights follow the content until
/// somebody moves a splitter.
class ClusterPanes final : public QWidget {
    Q_OBJECT
public:
    explicit ClusterPanes(QWidget *parent = nullptr);

    /// `fresh`: another cluster than before.
    void apply(const ClusterStatus &cluster, const Recent &recent, const Time &now, bool fresh);
    void setNow(const Time &now);
    void setReplies(const QList<RawReply> &replies, const Time &now);
    void addAcceptActions(const QList<QAction *> &actions); ///< beside what they are about, and in the context menus of the reasons
    [[nodiscard]] bool canAskWhatIf() const;
    void askWhatIf();
    void setFilterText(const QString &text); ///< of the main table

    [[nodiscard]] QString selected() const; ///< row of the main table; empty: none
    [[nodiscard]] int tab() const;
    void select(const QString &row, int tab);
    void sortNow();
    void focusMain();
    [[nodiscard]] QWidget *mainView() const; ///< where the keyboard goes first
    void showRawReply();
    [[nodiscard]] bool isRawReplyShown() const;
    [[nodiscard]] RawReplyView *raw() const;

    [[nodiscard]] QString copyFocused(bool markdown) const; ///< selected rows of the focused view; empty: none are
    [[nodiscard]] QString copyMain(bool markdown) const; ///< the main table; empty: there is none

    void restore(const QVariantMap &state);
    [[nodiscard]] QVariantMap saved() const;

Q_SIGNALS:
    void acceptWanted(const quorate::Acceptance &acceptance);
    void maintenanceBegun(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint, quorate::Instant until);
    void maintenanceEnded(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint);
    void maintenanceUntilAsked(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint);
    void rawReplyShown(); ///< its tab became visible

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void connectParts();
    [[nodiscard]] ClusterSheet *sheetFor(const ClusterStatus &cluster) const;
    void showSheet(ClusterSheet *sheet);
    void showReply(const EndpointUrl &endpoint);
    void layOut();

    RaftSheet *m_raft;
    ProbeSheet *m_probes;
    QueueSheet *m_queues;
    PlainSheet *m_plain;
    QList<ClusterSheet *> m_sheets;
    ClusterSheet *m_sheet = nullptr;
    ThinSplitter *m_splitter, *m_bottom;
    ClusterTabs *m_tabs;
    ReasonModel m_reasons;
    ReasonList *m_why;
    Pane *m_whyPane;
    QString m_filter;
    EndpointUrl m_wantedReply; ///< chosen before its reply was there
    QList<int> m_heights; ///< laid out for these
    bool m_movedByHand = false;
};

} // namespace quorate
