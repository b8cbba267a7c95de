// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/agent_history.h"
#include "models/judge/finding.h"
#include "models/judge/queue_history.h"
#include "models/judge/section_history.h"

namespace quorate {

/// What one endpoint told over time of its queues, agents and sections. Fed by every observation, in OverTime mode only.
class WorkHistory {
public:
    /// Queues that the newest report leaves out are forgotten; of more than 64 the rest is not followed.
    void take(const Observation &observation);
    void acceptAgents(Instant until) { m_agents.accept(until); }

    /// queue-stuck, agents-missing, agents-none, section-vanished, component-vanished: as the newest answers have it, with the
    /// evidence and `since` of its own; those that look back by themselves once they have lasted. Only of sections that `fresh` has still.
    [[nodiscard]] QList<Finding> findings(const Facts &fresh, const Limits &limits) const;
    /// What its newest answers leave out that it used to report.
    [[nodiscard]] QList<SectionHistory::Gone> absent() const { return m_sections.absent(); }
    /// Components, queues and agents as they were last told, by this version.
    [[nodiscard]] const Facts &lastTold() const { return m_lastTold; }
    /// Null when nothing is known of it.
    [[nodiscard]] const QueueHistory *queue(const QString &name) const;

    /// Every time that is kept, to be moved along with the wall clock.
    template <class Move>
    void moveTimes(const Move &move)
    {
        move(m_queues);
        move(m_agents);
        move(m_sections);
    }

private:
    void keepLastTold(const Facts &facts);

    QMap<QString, QueueHistory> m_queues;
    AgentHistory m_agents;
    SectionHistory m_sections;
    Facts m_lastTold;
    QString m_version;
};

} // namespace quorate
