// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/facts.h"
#include "models/status/time.h"

#include <QMap>

namespace quorate {

/// Which agents there were, as one endpoint tells it (JUDGE section 6). An agent that left is missed for an hour; one that came shortly
/// before it left, or since, is its replacement. Remembers at most 2,000 agents.
class AgentHistory {
public:
    void take(const AgentsFact &agents, const Time &at);
    /// Those that left by then are missed no more.
    void accept(Instant until);

    struct Gone {
        qint64 now = 0, before = 0; ///< agents
        QStringList names; ///< of those that left, sorted; empty where the system names none
        Time since; ///< the first was gone
    };
    /// Fewer than before; not when there are none at all.
    [[nodiscard]] std::optional<Gone> missing() const;
    /// None where there were some.
    [[nodiscard]] std::optional<Gone> none() const;

    /// Every time that is kept, to be moved along with the wall clock.
    template <class Move>
    void moveTimes(const Move &move)
    {
        move(m_left);
        move(m_newest);
        move(m_noneSince);
    }

private:
    QMap<QString, Milliseconds> m_present; ///< when it came, boot clock
    QMap<QString, Time> m_left; ///< when it was first missing
    std::optional<Time> m_newest;
    qint64 m_before = 0; ///< agents when there were some
    std::optional<Time> m_noneSince;
};

} // namespace quorate
