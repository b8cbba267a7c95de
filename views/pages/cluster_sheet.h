// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/recent.h"

#include <QObject>
#include <QVariantMap>

class QAbstractItemModel;
class QWidget;

namespace quorate {

class TableView;

/// The upper part of the cluster page for one kind of system: its main table and the evidence under it. The page lays both out.
class ClusterSheet : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// The status to show; `fresh`: another cluster than before, so that what was selected means nothing.
    virtual void apply(const ClusterStatus &cluster, const Recent &recent, const Time &now, bool fresh) = 0;
    virtual void setNow(const Time &now) = 0;

    [[nodiscard]] virtual QWidget *upper() const = 0; ///< pane of the main table
    [[nodiscard]] virtual QWidget *lower() const = 0; ///< panes under it; null: none
    [[nodiscard]] virtual int upperHeight() const = 0; ///< px that show everything
    [[nodiscard]] virtual int lowerHeight() const = 0;
    [[nodiscard]] virtual int lowerLeast() const { return lowerHeight(); } ///< px before the tabs under it give way
    [[nodiscard]] virtual TableView *mainTable() const = 0; ///< null: none
    [[nodiscard]] virtual bool showsReasons() const = 0; ///< otherwise the page shows them beside the tabs
    [[nodiscard]] virtual bool showsComponents() const { return false; }
    [[nodiscard]] virtual bool showsAgents() const { return false; }

    [[nodiscard]] virtual QVariantMap saved() const = 0;
    virtual void restore(const QVariantMap &state) = 0;

Q_SIGNALS:
    void endpointWanted(const quorate::EndpointUrl &endpoint); ///< its last reply, please
};

/// "Why node-4 is a Warning", "consul-prod is Ok".
[[nodiscard]] QString whyTitle(const QString &name, Severity severity, bool paused = false);
/// "1 critical, 2 warnings" of the reasons that count; empty when there are none.
[[nodiscard]] QString reasonCounts(const ClusterStatus &cluster);
/// Height of a pane with a title, a header and so many rows.
[[nodiscard]] int paneHeight(const QWidget *widget, int rows, double rowHeights = 1.5, bool header = true);
/// `specimens` and the longest texts that a column shows (digits as 8), for a column that never elides.
[[nodiscard]] QStringList longestTexts(const QAbstractItemModel &model, int column, QStringList specimens = {});

} // namespace quorate
