// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/wording/wording.h"
#include "tests/support/sample_clusters.h"

#include <functional>

// What is particular about a reason and its cluster, to be told in words.
namespace quorate::test {
using namespace Qt::StringLiterals;

/// "_" stands for the no-break space.
inline QString shown(QString text) { return text.replace(QChar(0x00a0), u'_'); }

using Cluster = ClusterStatus (*)();
using Change = std::function<void(ClusterStatus &, Reason &)>;

/// A reason about one of the cluster's endpoints.
inline Change onEndpoint(int index, int of, Reach reach = Reach::Answered, int http = 200, const QString &error = {})
{
    return [=](ClusterStatus &cluster, Reason &reason) {
        EndpointStatus &endpoint = cluster.endpoints[index];
        endpoint.reach = reach;
        endpoint.http = http;
        endpoint.error = error;
        reason.subject = endpoint.url.text();
        reason.endpoints = {reason.subject};
        reason.count = 1;
        reason.of = of;
    };
}

inline void onTwo(ClusterStatus &cluster, Reason &reason)
{
    reason.endpoints = {cluster.endpoints[0].url.text(), cluster.endpoints[1].url.text()};
    reason.count = 2;
    reason.of = static_cast<int>(cluster.endpoints.size());
}

inline Change onAll(Reach reach, int http)
{
    return [=](ClusterStatus &cluster, Reason &reason) {
        for (EndpointStatus &endpoint : cluster.endpoints) {
            endpoint.reach = reach;
            endpoint.http = http;
            reason.endpoints.append(endpoint.url.text());
        }
        reason.count = reason.of = static_cast<int>(reason.endpoints.size());
    };
}

inline Change about(const QString &subject, std::optional<double> value = {}, std::optional<double> limit = {}, const QString &unit = {},
    const QStringList &names = {})
{
    return [=](ClusterStatus &, Reason &reason) {
        reason.subject = subject;
        reason.value = value;
        reason.limit = limit;
        reason.unit = unit;
        reason.names = names;
    };
}

inline Change both(const Change &first, const Change &second)
{
    return [=](ClusterStatus &cluster, Reason &reason) {
        first(cluster, reason);
        second(cluster, reason);
    };
}
inline Change detail(const QString &text)
{
    return [=](ClusterStatus &, Reason &reason) { reason.detail = text; };
}
inline Change names(const QStringList &list)
{
    return [=](ClusterStatus &, Reason &reason) { reason.names = list; };
}
inline Change numbers(double value, std::optional<double> limit, const QString &unit)
{
    return [=](ClusterStatus &, Reason &reason) {
        reason.value = value;
        reason.limit = limit;
        reason.unit = unit;
    };
}
inline Change group(const std::function<void(RaftStatus &)> &change)
{
    return [=](ClusterStatus &cluster, Reason &) { change(cluster.raft[0]); };
}
inline Change severity(Severity level)
{
    return [=](ClusterStatus &, Reason &reason) { reason.severity = level; };
}
inline const Change nothing = [](ClusterStatus &, Reason &) {};

} // namespace quorate::test

Q_DECLARE_METATYPE(quorate::test::Change)
Q_DECLARE_METATYPE(quorate::test::Cluster)
