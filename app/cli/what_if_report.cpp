// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/what_if_report.h"

#include "app/cli/output.h"
#include "app/cli/run.h"
#include "app/cli/status_command.h"
#include "app/config/nearest_name.h"
#include "models/status/facts.h"
#include "models/status/what_if.h"
#include "models/wording/over_time.h"

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
Severity severityOf(const WhatIf &result)
{
    if (!result.margin)
        return Severity::Unknown;
    return *result.margin < 0 ? Severity::Critical : *result.margin == 0 ? Severity::Warning : Severity::Ok;
}

QStringList peersOf(const FleetStatus &fleet)
{
    QStringList peers;
    for (const ClusterStatus &cluster : fleet.clusters) {
        for (const RaftStatus &raft : cluster.raft) {
            for (const PeerStatus &peer : raft.peers)
                peers.append(peer.name.isEmpty() ? peer.address : peer.name);
        }
    }
    return peers;
}

int refuseUnknown(const QString &word, const FleetStatus &fleet)
{
    const QStringList peers = peersOf(fleet);
    const QString rest = peers.isEmpty() ? u"; no cluster shows a Raft group"_s : nearestHint(word, peers);
    complain(u"--what-if: no peer is called \"%1\""_s.arg(boundedText(word, 80)) + rest);
    return exitUsage;
}
} // namespace

int reportWhatIf(const Arguments &arguments, const FleetStatus &fleet)
{
    QStringList unknown = arguments.whatIf;
    Severity severity = Severity::Ok;
    QString text;
    for (const ClusterStatus &cluster : fleet.clusters) {
        for (const RaftStatus &raft : cluster.raft) {
            const WhatIf result = whatIf(raft, arguments.whatIf);
            unknown.removeIf([&](const QString &word) { return !result.unknown.contains(word); });
            if (result.without.isEmpty())
                continue;
            severity = worst(severity, severityOf(result));
            text += cluster.name.text() + u": "_s + wording::whatIf(result) + u'\n';
        }
    }
    if (!unknown.isEmpty())
        return refuseUnknown(unknown.first(), fleet);
    const int code = arguments.exitCode ? exitCodeOf(severity) : 0;
    return codeAfter(writeOut(arguments.quiet ? QByteArray() : text.toUtf8()), code);
}

} // namespace quorate
