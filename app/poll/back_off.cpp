// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/back_off.h"

#include <algorithm>

namespace quorate {

BackOff::BackOff(Milliseconds shortest, Milliseconds longest)
    : m_shortest(shortest)
    , m_longest(longest)
{
}

void BackOff::begin(Milliseconds now)
{
    m_pause = m_shortest;
    m_next = now + m_pause;
}

void BackOff::tried(Milliseconds now)
{
    m_pause = std::min(2 * m_pause, m_longest);
    m_next = now + m_pause;
}

} // namespace quorate
