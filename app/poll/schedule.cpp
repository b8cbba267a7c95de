// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/schedule.h"

#include <algorithm>

namespace quorate {

namespace {
constexpr Milliseconds spreadEach{25};
constexpr Milliseconds shortestInterval{100};

/// FNV-1a: the same on every machine and in every run, unlike qHash.
quint32 stableHash(const QString &text)
{
    quint32 hash = 2166136261U;
    const QByteArray bytes = text.toUtf8();
    for (const char byte : bytes)
        hash = (hash ^ quint8(byte)) * 16777619U;
    return hash;
}
} // namespace

void Schedule::setJitter(double share, quint32 seed)
{
    m_jitter = share;
    m_random.seed(seed);
}

void Schedule::moveTo(Place &place, Milliseconds slot)
{
    const double off = m_jitter > 0 ? m_jitter * (2 * m_random.generateDouble() - 1) : 0;
    place.slot = slot;
    place.due = slot + Milliseconds(qint64(off * double(place.interval.count())));
}

void Schedule::set(const QList<Entry> &entries, Milliseconds now)
{
    QMap<ClusterName, Place> places;
    for (const Entry &entry : entries) {
        const Milliseconds interval = std::max(entry.interval, shortestInterval);
        const auto old = m_places.constFind(entry.cluster);
        if (old != m_places.constEnd() && old->interval == interval && !entry.anew) {
            places.insert(entry.cluster, *old);
            continue;
        }
        const Milliseconds spread = std::min<Milliseconds>(interval / 2, spreadEach * (entries.size() - 1));
        const Milliseconds offset
            = spread.count() > 0 ? Milliseconds(stableHash(entry.cluster.text()) % quint32(spread.count())) : Milliseconds(0);
        places.insert(entry.cluster, {interval, now + offset, now + offset}); // the first round is on its place
    }
    m_places = places;
    m_again.removeIf([this](const auto &entry) { return !m_places.contains(entry.key()); });
}

QList<ClusterName> Schedule::takeDue(Milliseconds now)
{
    QList<ClusterName> due;
    for (auto place = m_places.begin(); place != m_places.end(); ++place) {
        if (place->due > now)
            continue;
        due.append(place.key());
        m_again.remove(place.key());
        const auto missed = std::max(now - place->slot, Milliseconds(0)) / place->interval;
        moveTo(*place, place->slot + place->interval * (missed + 1)); // keeps its place in the interval
    }
    return due;
}

std::optional<Milliseconds> Schedule::next() const
{
    std::optional<Milliseconds> first;
    const auto take = [&first](Milliseconds due) { first = first ? std::min(*first, due) : due; };
    for (const Place &place : m_places)
        take(place.due);
    for (const QMap<EndpointUrl, Milliseconds> &endpoints : m_again)
        std::for_each(endpoints.begin(), endpoints.end(), take);
    return first;
}

void Schedule::again(const ClusterName &cluster, const EndpointUrl &endpoint, Milliseconds due)
{
    const auto place = m_places.constFind(cluster);
    if (place == m_places.constEnd() || place->due <= due)
        return;
    QMap<EndpointUrl, Milliseconds> &endpoints = m_again[cluster];
    endpoints.insert(endpoint, std::min(due, endpoints.value(endpoint, due)));
}

QMap<ClusterName, QSet<EndpointUrl>> Schedule::takeAgain(Milliseconds now)
{
    QMap<ClusterName, QSet<EndpointUrl>> due;
    for (auto cluster = m_again.begin(); cluster != m_again.end(); ++cluster) {
        cluster->removeIf([&](const auto &entry) {
            const bool isDue = entry.value() <= now;
            if (isDue)
                due[cluster.key()].insert(entry.key());
            return isDue;
        });
    }
    m_again.removeIf([](const auto &entry) { return entry.value().isEmpty(); });
    return due;
}

void Schedule::polled(const ClusterName &cluster, Milliseconds now)
{
    if (const auto place = m_places.find(cluster); place != m_places.end())
        moveTo(*place, now + place->interval);
    m_again.remove(cluster);
}

} // namespace quorate
