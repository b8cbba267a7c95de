// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/systems/osapi/osapi.h"
#include "tests/unit/systems/replies.h"

// Documents of OSAPI to be decoded, and short texts of what was understood.
namespace quorate::test {

inline const System &system() { return osapiSystem(); }

inline Request statusRequest()
{
    PollState state;
    state.remembered = u"/api"_s;
    return system().plan(state).constFirst();
}

inline Decoded decode(int http, const QByteArray &body) { return system().decode(statusRequest(), reply(http, body)); }

inline Facts factsOf(const QString &file, int http = 200) { return decode(http, fixture(u"osapi/"_s + file)).facts; }

inline QString tell(const std::optional<qint64> &n) { return n ? QString::number(*n) : u"-"_s; }

/// "total/unprocessed/processing/completed/failed/dead" of the only queue.
inline QString jobs(const Facts &facts)
{
    if (!facts.queues)
        return u"absent"_s;
    const QueueFact &queue = facts.queues->constFirst();
    return QStringList{
        tell(queue.total), tell(queue.unprocessed), tell(queue.processing), tell(queue.completed), tell(queue.failed), tell(queue.dead)}
        .join(u'/');
}

template <class List>
inline QString size(const std::optional<List> &list)
{
    return list ? QString::number(list->size()) : u"-"_s;
}

/// Which sections are there: "s1 b1 o- c- a- n+" (streams, buckets, object stores, consumers, agents' rows, nats).
inline QString sections(const Facts &facts)
{
    const QString agents = facts.agents ? QString::number(facts.agents->list.size()) : u"-"_s;
    return u"s%1 b%2 o%3 c%4 a%5 n%6"_s.arg(size(facts.streams), size(facts.buckets), size(facts.objectStores),
        facts.consumers ? tell(facts.consumers->total) : u"-"_s, agents, facts.nats ? u"+"_s : u"-"_s);
}

inline const QByteArray document = "{\"components\":{\"nats\":{\"status\":\"ok\"}},\"status\":\"ok\",\"version\":\"0.1.0\"}";
inline const QByteArray indexHtml = "<!doctype html><title>OSAPI</title>";

} // namespace quorate::test
