// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/fleet_models.h"

#include <algorithm>
#include <limits>

namespace quorate {

namespace {
constexpr Milliseconds minute{60'000};
}

FleetModels::FleetModels(QObject *parent)
    : QObject(parent)
{
    m_list.show({}, m_now);
}

void FleetModels::apply(const FleetUpdate &update)
{
    m_now = update.at;
    const bool first = !std::exchange(m_hasUpdate, true);
    m_overview.setNow(m_now);
    const bool sameOrder = m_order == update.order;
    m_order = update.order;
    if (!sameOrder) {
        m_rowsMoved = true;
        m_configured = QSet<ClusterName>(m_order.cbegin(), m_order.cend());
        erase_if(m_held, [&](const auto &entry) { return !m_configured.contains(entry.key()); });
    }
    QList<ClusterName> touched;
    for (const ClusterStatus &status : update.changed) {
        if (!m_configured.contains(status.name))
            continue; // of a cluster that has been removed since
        take(status);
        touched << status.name;
    }
    if (!update.parsedReplies.isEmpty()) {
        m_pulse += update.parsedReplies;
        std::sort(m_pulse.begin(), m_pulse.end());
        m_lastReply = update.at.boot - std::max(Milliseconds(0), Milliseconds(update.at.wall - m_pulse.constLast()));
    }
    if (update.requestsSent > 0) {
        m_sent.append({update.at.boot, update.requestsSent});
        if (!m_firstTraffic)
            m_firstTraffic = update.at.boot;
    }
    forgetOldTraffic();
    const bool sameNotices = m_notices == update.notices;
    m_notices = update.notices;
    if (first || !touched.isEmpty() || !sameOrder)
        rebuild(touched);
    if (!sameNotices)
        Q_EMIT noticesChanged();
}

void FleetModels::take(const ClusterStatus &status)
{
    const auto known = m_held.constFind(status.name);
    m_rowsMoved = m_rowsMoved || known == m_held.cend() || known->received.group != status.group;
    Held &held = m_held[status.name];
    if (!isUnseen(status))
        held.before.clear();
    else if (!isUnseen(held.received) && held.received.observed)
        held.before = wasText(held.received);
    held.received = status;
    held.expired = m_now.boot > status.validUntil;
    held.shown = held.expired ? expired(status, m_now) : status;
    if (!status.observed)
        return;
    const bool nobody = std::none_of(status.endpoints.cbegin(), status.endpoints.cend(),
        [](const EndpointStatus &endpoint) { return endpoint.reach != Reach::NotPolled && endpoint.reach != Reach::NoSecret; });
    if (!nobody)
        m_latencies.add(
            status.name.text(), status.observedBoot.count(), medianLatency(status).value_or(std::numeric_limits<double>::quiet_NaN()));
}

void FleetModels::rebuild(const QList<ClusterName> &touched)
{
    m_latencies.trim(m_now.boot.count());
    QList<ClusterStatus> statuses;
    if (m_rowsMoved) {
        statuses = shownInOrder();
    } else {
        for (const ClusterName &cluster : touched)
            statuses.append(m_held.value(cluster).shown);
    }
    QList<OverviewRow> rows;
    for (const ClusterStatus &status : std::as_const(statuses)) {
        const auto held = m_held.constFind(status.name);
        rows.append(overviewRow(held->received, status, held->before, m_latencies.points(status.name.text())));
    }
    if (std::exchange(m_rowsMoved, false)) {
        m_overview.merge(rows, m_now);
        m_list.show(statuses, m_now);
    } else {
        m_overview.mergeSome(rows, m_now);
        m_list.update(statuses, m_now);
    }
    for (const ClusterName &cluster : touched)
        Q_EMIT statusChanged(cluster);
    Q_EMIT changed();
}

void FleetModels::setNow(const Time &now)
{
    m_now = now;
    m_overview.setNow(now);
    QList<ClusterName> touched;
    for (auto it = m_held.begin(); it != m_held.end(); ++it) {
        if (it->expired || now.boot <= it->received.validUntil)
            continue;
        it->expired = true;
        it->shown = expired(it->received, now);
        touched << it.key();
    }
    forgetOldTraffic();
    if (!touched.isEmpty())
        rebuild(touched);
    Q_EMIT ticked();
}

void FleetModels::forgetOldTraffic()
{
    m_pulse.erase(m_pulse.begin(), std::lower_bound(m_pulse.begin(), m_pulse.end(), m_now.wall - minute));
    while (!m_sent.isEmpty() && m_sent.constFirst().first < m_now.boot - minute)
        m_sent.removeFirst();
}

std::optional<ClusterStatus> FleetModels::shown(const ClusterName &cluster) const
{
    const auto held = m_held.constFind(cluster);
    return held == m_held.cend() ? std::nullopt : std::optional(held->shown);
}

QList<ClusterStatus> FleetModels::shownInOrder() const
{
    QList<ClusterStatus> result;
    for (const ClusterName &cluster : m_order) {
        if (const auto held = m_held.constFind(cluster); held != m_held.cend())
            result.append(held->shown);
    }
    return result;
}

std::array<int, allSeverities.size()> FleetModels::counts() const
{
    std::array<int, allSeverities.size()> result{};
    for (const Held &held : m_held) {
        if (!held.shown.paused)
            ++result.at(static_cast<size_t>(held.shown.severity));
    }
    return result;
}

int FleetModels::pausedCount() const
{
    return int(std::count_if(m_held.cbegin(), m_held.cend(), [](const Held &held) { return held.shown.paused; }));
}

int FleetModels::endpointCount() const
{
    qsizetype count = 0;
    for (const Held &held : m_held)
        count += held.shown.paused ? 0 : held.shown.endpoints.size();
    return int(count);
}

int FleetModels::answeredCount() const
{
    qsizetype count = 0;
    for (const Held &held : m_held) {
        if (held.shown.paused)
            continue;
        count += std::count_if(held.shown.endpoints.cbegin(), held.shown.endpoints.cend(),
            [](const EndpointStatus &endpoint) { return endpoint.observed.has_value(); });
    }
    return int(count);
}

int FleetModels::requestsPerMinute() const
{
    int sum = 0;
    for (const auto &[at, count] : m_sent)
        sum += count;
    if (sum == 0 || !m_firstTraffic)
        return 0;
    // In the first minute: as if it went on like this, from 10 s of evidence on.
    const auto seen = std::clamp(m_now.boot - *m_firstTraffic, Milliseconds(10'000), minute);
    return int(sum * minute.count() / seen.count());
}

std::optional<double> FleetModels::secondsSinceReply() const
{
    return m_lastReply ? std::optional(double((m_now.boot - *m_lastReply).count()) / 1000) : std::nullopt;
}

} // namespace quorate
