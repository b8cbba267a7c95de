// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/raw_replies.h"

#include "models/report/report.h"

#include <QUrl>

#include <algorithm>

namespace quorate {

CommandTarget commandTarget(const ClusterConfig &cluster, const EndpointUrl &endpoint)
{
    CommandTarget target;
    target.endpoint = endpoint;
    target.hasToken = cluster.token.has_value();
    if (cluster.token) {
        if (const auto *variable = std::get_if<SecretFromEnvironment>(&*cluster.token))
            target.tokenVariable = variable->name;
    }
    target.caFile = cluster.tls.caFile;
    target.certificateFile = cluster.tls.certificateFile;
    target.keyFile = cluster.tls.keyFile;
    target.insecure = cluster.tls.insecure;
    return target;
}

QList<RawReply> rawReplies(const QList<StoredReply> &replies, const Config &config)
{
    QList<RawReply> shown;
    for (const StoredReply &stored : replies) {
        const auto cluster = std::find_if(config.clusters.cbegin(), config.clusters.cend(),
            [&](const ClusterConfig &candidate) { return candidate.spec.name == stored.cluster; });
        if (cluster == config.clusters.cend())
            continue; // the configuration changed while the answer was under way
        const CommandTarget target = commandTarget(*cluster, stored.endpoint);
        const System *system = systemNamed(cluster->spec.system);
        const QUrl url(stored.endpoint.text());
        RawReply reply;
        reply.endpoint = stored.endpoint;
        reply.label = url.port() > 0 ? url.host() + u':' + QString::number(url.port()) : url.host();
        reply.request = stored.request.key;
        reply.path = stored.request.path;
        reply.reach = stored.reach;
        reply.http = stored.reply.http;
        reply.error = stored.error;
        reply.latency = stored.reply.latencySeconds;
        reply.body = stored.reply.body;
        reply.at = stored.reply.finished.wall;
        reply.curl = curlCommand(stored.request, target);
        if (system && system->vendorCommand)
            reply.vendorCommand = system->vendorCommand(target);
        shown.append(reply);
    }
    return shown;
}

} // namespace quorate
