// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/acceptance.h"
#include "views/pages/raw_reply.h"

#include <QVariantMap>
#include <QWidget>

#include <memory>

class QAction;

namespace quorate {

/// One cluster: page bar, figures, its main table, who believes whom, why, and the evidence in tabs.
/// Feed it every status of every cluster: those that are not shown are only remembered, so that showCluster() needs no round.
class ClusterPage final : public QWidget {
    Q_OBJECT
public:
    explicit ClusterPage(QWidget *parent = nullptr);
    ~ClusterPage() override;

    void showCluster(const ClusterName &cluster); ///< selection, order and tab of each cluster are kept
    [[nodiscard]] ClusterName cluster() const; ///< the one shown; empty: none yet
    void apply(const ClusterStatus &status);
    void keepOnly(const QList<ClusterName> &clusters); ///< forgets what is no longer configured
    void setNow(const Time &now); ///< once a second: ages tick, and what is past its validUntil turns Unknown
    void setReplies(const ClusterName &cluster, const QList<RawReply> &replies); ///< the answer to repliesWanted()

    void restore(const QVariantMap &state); ///< column widths, order, splitters, tab; unknown or absent keys are left alone
    [[nodiscard]] QVariantMap saved() const; ///< plain values, for any store

    void setAcceptActions(const QList<QAction *> &actions); ///< shown beside what they are about, as long as they are visible
    [[nodiscard]] bool canAskWhatIf() const;
    void askWhatIf(); ///< what would be left without the selected servers; again: back to what is
    void sortNow(); ///< F5
    void focusFilter(); ///< the key "/"
    void showRawReply(); ///< selects that tab
    [[nodiscard]] QString copyText(bool markdown) const; ///< selected rows of the focused table, else the page's summary

Q_SIGNALS:
    void pollNow(const quorate::ClusterName &cluster);
    void repliesWanted(
        const quorate::ClusterName &cluster); ///< the raw-reply tab became visible, another cluster came, or it was refreshed
    void acceptWanted(const quorate::ClusterName &cluster, const quorate::Acceptance &acceptance);
    void maintenanceBegun(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint, quorate::Instant until);
    void maintenanceEnded(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint);
    void maintenanceUntilAsked(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint);
    void copied(const QString &what); ///< for the status bar: "3 rows copied"

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void makePanes();
    void showStatus();
    void showHead(const ClusterStatus &status);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace quorate
