// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/agent_model.h"
#include "models/tables/component_model.h"
#include "models/tables/endpoint_model.h"
#include "models/tables/storage_model.h"

#include <QTabWidget>
#include <QVariantMap>

namespace quorate {

class ClusterSheet;
class ComponentTree;
class MaintenanceMenu;
class RawReplyView;
class TableView;

/// The evidence under a cluster: streams and buckets, endpoints, components and agents where the sheet above has no place for them, the raw
/// reply. A tab is there only when there is something in it; the order never changes.
class ClusterTabs final : public QTabWidget {
    Q_OBJECT
public:
    explicit ClusterTabs(QWidget *parent = nullptr);

    enum class Tab { Storage, Endpoints, Components, Agents, RawReply };

    void apply(const ClusterStatus &cluster, const Recent &recent, const Time &now, const ClusterSheet &sheet);
    void setNow(const Time &now);
    void select(Tab tab); ///< nothing happens when it is not there
    [[nodiscard]] Tab current() const;
    [[nodiscard]] int wantedHeight() const; ///< px for the rows of the tables, at most 6 of them
    [[nodiscard]] RawReplyView *raw() const { return m_raw; }
    [[nodiscard]] QString copyText(bool markdown) const; ///< of the tab shown

    [[nodiscard]] QVariantMap saved() const;
    void restore(const QVariantMap &state);

Q_SIGNALS:
    void maintenanceBegun(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint, quorate::Instant until);
    void maintenanceEnded(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint);
    void maintenanceUntilAsked(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint);
    void endpointWanted(const quorate::EndpointUrl &endpoint); ///< its last reply, please

private:
    void makeTables();
    void makeEndpointMenu();
    void showMaintenance();
    void showEndpointColumns();
    void showStorageColumns();
    void setShown(Tab tab, bool shown);

    ClusterName m_cluster;
    MaintenanceMenu *m_maintenance; ///< of the current endpoint
    EndpointModel m_endpoints;
    StorageModel m_storage;
    ComponentModel m_components;
    AgentModel m_agents;
    TableView *m_endpointTable, *m_storageTable, *m_agentTable;
    ComponentTree *m_tree;
    RawReplyView *m_raw;
    QStringList m_widestEndpoint, m_widestStorage;
};

} // namespace quorate
