// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/agent_model.h"

#include "models/tables/cells.h"
#include "models/tables/peers.h"
#include "models/tables/row_ids.h"
#include "models/tables/sample.h"
#include "models/wording/phrase.h"
#include "models/wording/wording.h"

#include <QMap>

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

using Column = AgentModel::Column;

/// "15s ago" is the age of the last heartbeat, "7h 6m" that of the process.
bool isHeartbeat(const AgentFact &agent) { return agent.ageText.endsWith("ago"_L1); }

QString ageOf(const AgentFact &agent) { return agent.ageSeconds ? wording::duration(agent.ageSeconds) : agent.ageText; }

} // namespace

bool operator==(const AgentRow &a, const AgentRow &b)
{
    return a.id == b.id && a.agent == b.agent && a.gone == b.gone && sameSeries(a.memory, b.memory);
}

QList<AgentRow> agentRows(const ClusterStatus &cluster, const Recent &recent)
{
    QList<AgentRow> rows;
    QSet<QString> seen;
    RowIds ids;
    const auto add = [&](const AgentStatus &agent, bool gone) {
        const QString name = agent.facts.kind + u'/' + agent.facts.name;
        seen.insert(name);
        rows.append({ids.unique(name), agent, gone, recent.points(recentKey(cluster.name, u"memory"_s, name))});
    };
    if (cluster.agents) {
        for (const AgentStatus &agent : cluster.agents->list)
            add(agent, false);
    }
    if (const Reason *missing = reasonOf(cluster, ReasonCode::AgentsMissing)) {
        for (const QString &name : missing->names) {
            AgentStatus gone{.facts = {}, .severity = missing->severity};
            gone.facts.name = name;
            gone.facts.kind = u"agent"_s;
            if (!seen.contains(u"agent/"_s + name))
                add(gone, true);
        }
    }
    return rows;
}

QString agentSummary(const AgentsStatus &agents)
{
    QMap<QString, qint64> kinds;
    for (const AgentStatus &agent : agents.list)
        ++kinds[agent.facts.kind];
    QStringList parts;
    for (auto it = kinds.cbegin(); it != kinds.cend(); ++it) {
        if (it.key().isEmpty() || it.key() == "agent"_L1)
            parts += wording::plural(it.value(), QUORATE_PLURAL("%1 agent", "%1 agents"));
        else
            parts += u"%1 %2"_s.arg(wording::count(it.value()), it.key());
    }
    return parts.join(u", "_s);
}

bool AgentModel::isUsed(Column column) const
{
    if (column <= Column::Conditions)
        return true;
    for (int i = 0; i < rowCount(); ++i) {
        const QString shown = text(row(i), int(column));
        if (!shown.isEmpty() && shown != u"–"_s)
            return true;
    }
    return false;
}

QString AgentModel::title(int column) const
{
    switch (Column(column)) {
    case Column::State:
        return tr("State");
    case Column::Host:
        return tr("Host");
    case Column::Kind:
        return tr("Kind");
    case Column::Conditions:
        return tr("Conditions");
    case Column::Labels:
        return tr("Labels");
    case Column::Cpu:
        return tr("CPU");
    case Column::Memory:
        return tr("Memory, 10 min");
    case Column::Heartbeat:
        return tr("Heartbeat");
    case Column::UpFor:
        return tr("Up for");
    case Column::Count:
        break;
    }
    return {};
}

ColumnKind AgentModel::kind(int column) const
{
    if (Column(column) == Column::Memory)
        return ColumnKind::Drawing;
    return Column(column) > Column::Labels ? ColumnKind::Number : ColumnKind::Text;
}

QString AgentModel::text(const AgentRow &row, int column) const
{
    const AgentFact &agent = row.agent.facts;
    switch (Column(column)) {
    case Column::State:
        if (row.gone)
            return tr("Gone");
        return row.agent.severity == Severity::Ok || agent.reported.isEmpty() || agent.reported == "Ready"_L1
            ? wording::severityWord(row.agent.severity)
            : agent.reported;
    case Column::Host:
        return orDash(agent.name);
    case Column::Kind:
        return agent.kind;
    case Column::Conditions:
        return row.gone ? tr("not in the registry") : agent.conditions.join(u", "_s);
    case Column::Labels:
        return agent.labels;
    case Column::Cpu:
        return wording::percent(agent.cpuPercent, 1);
    case Column::Memory:
        return wording::bytes(agent.memoryBytes);
    case Column::Heartbeat:
        return isHeartbeat(agent) ? ageOf(agent) : orDash({});
    case Column::UpFor:
        return isHeartbeat(agent) || agent.ageText.isEmpty() ? orDash({}) : ageOf(agent);
    case Column::Count:
        break;
    }
    return {};
}

QVariant AgentModel::sortValue(const AgentRow &row, int column) const
{
    const AgentFact &agent = row.agent.facts;
    switch (Column(column)) {
    case Column::State:
        return int(row.agent.severity);
    case Column::Cpu:
        return known(agent.cpuPercent);
    case Column::Memory:
        return known(agent.memoryBytes);
    case Column::Heartbeat:
        return isHeartbeat(agent) ? known(agent.ageSeconds) : QVariant();
    case Column::UpFor:
        return isHeartbeat(agent) ? QVariant() : known(agent.ageSeconds);
    default:
        return text(row, column);
    }
}

QVariant AgentModel::cell(const AgentRow &row, int section, int role) const
{
    const auto column = Column(section);
    const bool bad = row.agent.severity != Severity::Ok;
    const bool worded = column == Column::State || column == Column::Conditions;
    switch (role) {
    case SeverityRole:
        return column == Column::State ? QVariant::fromValue(row.agent.severity) : QVariant();
    case RowTintRole:
        return QVariant::fromValue(row.agent.severity);
    case InkRole:
        return QVariant::fromValue(worded ? row.agent.severity : Severity::Ok);
    case StrongRole:
        return column == Column::Host || (column == Column::State && bad);
    case QuietRole:
        return column == Column::Kind || column == Column::Labels || (column == Column::State && !bad) || (row.gone && !worded)
            || text(row, section) == orDash({});
    case SparklineRole:
        return column == Column::Memory ? sparklineToNewest(row.memory) : QVariant();
    default:
        return {};
    }
}

} // namespace quorate
