// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/acceptance.h"
#include "models/tables/recent.h"

#include <QObject>
#include <QVariantMap>

class QAbstractItemModel;
class QAction;
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

    [[nodiscard]] QWidget *upper() const { return m_upperPart; } ///< pane of the main table
    [[nodiscard]] QWidget *lower() const { return m_lowerPart; } ///< panes under it; null: none
    [[nodiscard]] TableView *mainTable() const { return m_mainTable; } ///< null: none
    [[nodiscard]] virtual int upperHeight() const = 0; ///< px that show everything
    [[nodiscard]] virtual int lowerHeight() const = 0;
    [[nodiscard]] virtual int lowerLeast() const { return lowerHeight(); } ///< px before the tabs under it give way
    [[nodiscard]] virtual bool showsReasons() const = 0; ///< otherwise the page shows them beside the tabs
    [[nodiscard]] virtual bool showsComponents() const { return false; }
    [[nodiscard]] virtual bool showsAgents() const { return false; }

    /// What may be accepted, in the order of Acceptance::Kind: beside what it is about.
    virtual void addAcceptActions(const QList<QAction *> &actions) { Q_UNUSED(actions) }
    /// What if servers failed: only where there is a group of voters. Asking twice ends it.
    [[nodiscard]] virtual bool canAskWhatIf() const { return false; }
    virtual void askWhatIf() { }

    [[nodiscard]] virtual QVariantMap saved() const = 0;
    virtual void restore(const QVariantMap &state) = 0;

Q_SIGNALS:
    void heightsChanged(); ///< upperHeight() or lowerHeight() is another without a new status
    void acceptWanted(const quorate::Acceptance &acceptance); ///< of the cluster shown
    void endpointWanted(const quorate::EndpointUrl &endpoint); ///< its last reply, please

protected:
    /// What a sheet is made of; to be told once, before anything else.
    void setParts(QWidget *upper, QWidget *lower, TableView *mainTable)
    {
        m_upperPart = upper;
        m_lowerPart = lower;
        m_mainTable = mainTable;
    }

private:
    QWidget *m_upperPart = nullptr, *m_lowerPart = nullptr;
    TableView *m_mainTable = nullptr;
};

/// All words of severities: what a column of them must have room for.
[[nodiscard]] QStringList severityWords();
/// "Why node-4 is a Warning", "consul-prod is Ok".
[[nodiscard]] QString whyTitle(const QString &name, Severity severity, bool paused = false);
/// "1 critical, 2 warnings, 1 being checked"; empty when there are none.
[[nodiscard]] QString reasonCounts(const ClusterStatus &cluster);
/// Height of a pane with a title, a header and so many rows.
[[nodiscard]] int paneHeight(const QWidget *widget, int rows, double rowHeights = 1.5, bool header = true);
/// `specimens` and the longest texts that a column shows (digits as 8), for a column that never elides.
[[nodiscard]] QStringList longestTexts(const QAbstractItemModel &model, int column, QStringList specimens = {});

} // namespace quorate
