// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/maintenance_menu.h"

#include <QDateTime>

namespace quorate {
using namespace std::chrono_literals;

Instant tomorrowMorning(const Time &now)
{
    const QDateTime today = toDateTime(now.wall).toLocalTime();
    return Instant(Milliseconds(QDateTime(today.date().addDays(1), QTime(8, 0)).toMSecsSinceEpoch()));
}

MaintenanceMenu::MaintenanceMenu(QWidget *parent)
    : QMenu(tr("&Maintenance"), parent)
{
    setToolTipsVisible(true);
    addSpan(tr("For &30 min"), 30min);
    addSpan(tr("For &2 h"), 2h);
    addSpan(tr("For &8 h"), 8h);
    connect(addAction(tr("Until &tomorrow, 8:00")), &QAction::triggered, this,
        [this] { Q_EMIT begun(m_cluster, m_endpoint, tomorrowMorning(m_now)); });
    connect(addAction(tr("&Until …")), &QAction::triggered, this, [this] { Q_EMIT untilAsked(m_cluster, m_endpoint); });
    addSeparator();
    m_end = addAction(tr("&End maintenance"));
    connect(m_end, &QAction::triggered, this, [this] { Q_EMIT ended(m_cluster, m_endpoint); });
    menuAction()->setToolTip(tr("Judged and recorded meanwhile, told to nobody"));
}

void MaintenanceMenu::addSpan(const QString &text, std::chrono::minutes span)
{
    connect(addAction(text), &QAction::triggered, this, [this, span] { Q_EMIT begun(m_cluster, m_endpoint, m_now.wall + span); });
}

void MaintenanceMenu::setSubject(const ClusterName &cluster, const EndpointUrl &endpoint, std::optional<Instant> until, const Time &now)
{
    m_cluster = cluster;
    m_endpoint = endpoint;
    m_now = now;
    m_end->setEnabled(until.has_value());
    menuAction()->setEnabled(!cluster.isEmpty());
}

} // namespace quorate
