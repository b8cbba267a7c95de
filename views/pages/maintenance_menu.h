// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

#include <QMenu>

namespace quorate {

/// "Maintenance": how long work on a cluster, or on one endpoint, goes on; judged and recorded meanwhile, told to nobody.
class MaintenanceMenu final : public QMenu {
    Q_OBJECT
public:
    explicit MaintenanceMenu(QWidget *parent = nullptr);

    /// What it is about; `until`: it is in maintenance already. An empty endpoint: the whole cluster.
    void setSubject(const ClusterName &cluster, const EndpointUrl &endpoint, std::optional<Instant> until, const Time &now);

Q_SIGNALS:
    void begun(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint, quorate::Instant until);
    void ended(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint);
    void untilAsked(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint); ///< the end is to be chosen by hand

private:
    void addSpan(const QString &text, std::chrono::minutes span);

    ClusterName m_cluster;
    EndpointUrl m_endpoint;
    Time m_now;
    QAction *m_end;
};

/// Eight o'clock of the next morning, local time.
[[nodiscard]] Instant tomorrowMorning(const Time &now);

} // namespace quorate
