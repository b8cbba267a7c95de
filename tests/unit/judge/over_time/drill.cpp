// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/over_time/drill.h"

#include "models/judge/folding.h"

#include <QStringList>

#include <algorithm>

namespace quorate::test {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Drill::Drill(const QString &letters, Milliseconds interval, const QString &calm)
    : watch(letters, interval)
    , m_interval(interval)
{
    settle(calm);
    watch.events.clear();
    counted.clear();
    worst = Severity::Ok;
    wasGreen = false;
}

void Drill::is(const QString &world, Milliseconds time)
{
    watch.becomes(world);
    const Milliseconds each = std::max(Milliseconds(1s), m_interval / 100);
    for (Milliseconds passed{}; passed < time; passed += each) {
        watch.pass(std::min(each, time - passed));
        look();
    }
}

void Drill::look()
{
    m_status = watch.status();
    for (const Reason &reason : std::as_const(m_status.reasons)) {
        if (counts(reason))
            counted.insert(reason.code);
    }
    worst = quorate::worst(worst, m_status.severity);
    wasGreen = wasGreen || (m_status.severity == Severity::Ok && !m_status.pending);
}

QList<Event> Drill::eventsOf(EventKind kind) const
{
    QList<Event> events;
    std::copy_if(
        watch.events.cbegin(), watch.events.cend(), std::back_inserter(events), [&](const Event &event) { return event.kind == kind; });
    return events;
}

QString Drill::codes() const
{
    QStringList codes;
    for (const Reason &reason : m_status.reasons) {
        if (counts(reason))
            codes.append(name(reason.code));
    }
    codes.sort();
    return codes.join(u", "_s);
}

const Reason *Drill::reason(ReasonCode code) const
{
    const auto at
        = std::find_if(m_status.reasons.cbegin(), m_status.reasons.cend(), [&](const Reason &reason) { return reason.code == code; });
    return at == m_status.reasons.cend() ? nullptr : &*at;
}

} // namespace quorate::test
