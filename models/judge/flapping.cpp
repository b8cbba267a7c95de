// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/flapping.h"

#include "models/judge/folding.h"

#include <QHashFunctions>
#include <QStringList>

#include <algorithm>
#include <chrono>

namespace quorate {

namespace {
constexpr int mostChanges = 6, calmChanges = 2;
constexpr qsizetype mostRemembered = 64;
constexpr Milliseconds shortestSpan = std::chrono::minutes(10);

size_t hashOf(Severity severity, const QList<Reason> &reasons)
{
    QStringList causes;
    for (const Reason &reason : reasons) {
        if (counts(reason) && reason.code != ReasonCode::Flapping)
            causes.append(name(reason.code) + QLatin1Char(' ') + reason.subject);
    }
    causes.sort();
    return qHash(causes, static_cast<size_t>(severity));
}
} // namespace

Milliseconds Flapping::span(const ClusterSpec &spec) { return std::max(shortestSpan, 20 * spec.interval); }

void Flapping::take(Milliseconds span, Severity severity, const QList<Reason> &reasons, bool notCount, const Time &now)
{
    m_flaps = lasts(span, now);
    const size_t verdict = hashOf(severity, reasons);
    if (m_changes.isEmpty() || m_changes.last().verdict != verdict) {
        const bool other = !m_changes.isEmpty() && m_changes.last().severity != severity;
        const bool counted = !m_changes.isEmpty() && !notCount && (other || stoodWithin(span, verdict, now));
        m_changes.append({now, severity, verdict, counted});
        if (m_changes.size() > mostRemembered)
            m_changes.removeFirst();
        if (m_changes.capacity() > 4 * mostRemembered)
            m_changes.squeeze(); // see endpoint_holds.cpp
    }
    if (!m_flaps && changes(span, now) > mostChanges)
        begin(span, now);
    m_worst = m_flaps ? worst(m_worst, severity) : Severity::Ok;
}

void Flapping::moveWallClock(Milliseconds by)
{
    for (Change &change : m_changes)
        change.at.wall += by;
    m_since += by;
}

bool Flapping::lasts(Milliseconds span, const Time &now) const { return m_flaps && changes(span, now) > calmChanges; }

Reason Flapping::reason(Milliseconds span, const Time &now) const
{
    Reason reason;
    reason.code = ReasonCode::Flapping;
    reason.severity = reason.clusterSeverity = m_worst;
    reason.value = changes(span, now);
    reason.limit = mostChanges;
    reason.since = m_since;
    reason.derived = true;
    const Severity present = m_changes.last().severity;
    Time presentSince = m_changes.last().at;
    for (auto change = m_changes.crbegin(); change != m_changes.crend() && change->severity == present; ++change)
        presentSince = change->at;
    reason.names = {name(present), toRfc3339(presentSince.wall), QString::number(span / std::chrono::seconds(1))};
    return reason;
}

Milliseconds Flapping::until(Milliseconds span) const
{
    int newer = 0;
    for (auto change = m_changes.crbegin(); m_flaps && change != m_changes.crend(); ++change) {
        if (change->counts && ++newer > calmChanges)
            return change->at.boot + span;
    }
    return Milliseconds::max();
}

int Flapping::changes(Milliseconds span, const Time &now) const
{
    return static_cast<int>(std::count_if(
        m_changes.cbegin(), m_changes.cend(), [&](const Change &change) { return change.counts && change.at.boot + span > now.boot; }));
}

/// What stood, stood until the change after it.
bool Flapping::stoodWithin(Milliseconds span, size_t verdict, const Time &now) const
{
    for (qsizetype i = 0; i + 1 < m_changes.size(); ++i) {
        if (m_changes.at(i).verdict == verdict && m_changes.at(i + 1).at.boot + span > now.boot)
            return true;
    }
    return false;
}

void Flapping::begin(Milliseconds span, const Time &now)
{
    m_flaps = true;
    m_worst = Severity::Ok;
    m_since = now.wall;
    for (qsizetype i = 0; i < m_changes.size(); ++i) {
        const bool stood = i + 1 == m_changes.size() || m_changes.at(i + 1).at.boot + span > now.boot;
        if (stood)
            m_worst = worst(m_worst, m_changes.at(i).severity);
        if (m_changes.at(i).counts && m_changes.at(i).at.boot + span > now.boot)
            m_since = std::min(m_since, m_changes.at(i).at.wall);
    }
}

} // namespace quorate
