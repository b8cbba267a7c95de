// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/time.h"

namespace quorate {

/// Something that is tried more and more seldom: twice as long after each time, up to a longest pause. Pure: reads no clock.
class BackOff {
public:
    explicit BackOff(Milliseconds shortest = std::chrono::seconds(30), Milliseconds longest = std::chrono::minutes(15));

    /// The first pause begins.
    void begin(Milliseconds now);
    /// It is tried now: the next pause begins, twice as long as the one before.
    void tried(Milliseconds now);
    /// That try told nothing: it does not wait for the next.
    void again(Milliseconds now) { m_next = now; }
    [[nodiscard]] bool isDue(Milliseconds now) const { return now >= m_next; }
    [[nodiscard]] Milliseconds next() const { return m_next; }

private:
    Milliseconds m_shortest, m_longest;
    Milliseconds m_pause{};
    Milliseconds m_next{};
};

} // namespace quorate
