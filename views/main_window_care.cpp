// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what a person asks for beyond looking: what if, accept, maintenance.
#include "views/dialogs/until_dialog.h"
#include "views/main_window_actions.h"
#include "views/pages/accept_actions.h"
#include "views/pages/cluster_page.h"
#include "views/pages/maintenance_menu.h"
#include "views/pages/status_strip.h"

#include <QMenu>

namespace quorate {
using namespace Qt::StringLiterals;

void MainWindow::makeCareActions(QMenu *menu)
{
    m_actions->whatIf = add(menu, tr("What &if these fail?"), {QKeySequence(Qt::CTRL | Qt::Key_I)}, [this] { m_clusterPage->askWhatIf(); });
    m_accept = new AcceptActions(this);
    QMenu *accept = menu->addMenu(tr("Acc&ept"));
    accept->setToolTipsVisible(true);
    accept->addActions(m_accept->all());
    m_actions->accept = accept->menuAction();
    m_actions->undo = add(menu, tr("U&ndo"), {QKeySequence(QKeySequence::Undo)}, [this] {
        m_actions->undo->setEnabled(false);
        Q_EMIT undoWanted();
    });
    m_actions->undo->setEnabled(false);
    m_maintenance = new MaintenanceMenu(this);
    menu->addMenu(m_maintenance);
}

void MainWindow::connectCare()
{
    m_clusterPage->setAcceptActions(m_accept->all());
    connect(m_accept, &AcceptActions::wanted, this, &MainWindow::acceptWanted);
    connect(m_clusterPage, &ClusterPage::acceptWanted, this, &MainWindow::acceptWanted);
    connect(m_maintenance, &MaintenanceMenu::begun, this, &MainWindow::maintenanceBegun);
    connect(m_maintenance, &MaintenanceMenu::ended, this, &MainWindow::maintenanceEnded);
    connect(m_maintenance, &MaintenanceMenu::untilAsked, this, &MainWindow::askUntil);
    connect(m_clusterPage, &ClusterPage::maintenanceBegun, this, &MainWindow::maintenanceBegun);
    connect(m_clusterPage, &ClusterPage::maintenanceEnded, this, &MainWindow::maintenanceEnded);
    connect(m_clusterPage, &ClusterPage::maintenanceUntilAsked, this, &MainWindow::askUntil);
}

void MainWindow::askUntil(const ClusterName &cluster, const EndpointUrl &endpoint)
{
    const QString what = endpoint.isEmpty() ? cluster.text() : endpoint.text();
    auto *dialog = new UntilDialog(what, toDateTime(tomorrowMorning(m_models->now())).toLocalTime(), this);
    connect(dialog, &UntilDialog::chosen, this, [this, cluster, endpoint](const QDateTime &until) {
        Q_EMIT maintenanceBegun(cluster, endpoint, Instant(Milliseconds(until.toMSecsSinceEpoch())));
    });
    dialog->show();
}

void MainWindow::showAccepted(const QString &done, bool canUndo)
{
    fill();
    m_actions->undo->setEnabled(false); // of what was accepted before
    m_actions->undo->setText(canUndo ? tr("U&ndo: %1").arg(QString(done).replace(u'&', u"&&"_s)) : tr("U&ndo"));
    if (!canUndo) {
        m_strip->showMessage(done);
        return;
    }
    m_actions->undo->setEnabled(true);
    m_strip->showMessage(done, m_actions->undo);
}

} // namespace quorate
