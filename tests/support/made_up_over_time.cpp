// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/made_up_clusters.h"
#include "tests/support/made_up_parts.h"

using namespace Qt::StringLiterals;

namespace quorate::made_up {

namespace {
/// Killed, and removed by the system: no member any more, but expected.
void goMissing(ClusterStatus &status, qsizetype which, double since)
{
    PeerStatus &peer = status.raft.first().peers[which];
    peer.state = PeerState::Missing;
    peer.role = PeerRole::Unknown;
    peer.voter = false;
    peer.severity = Severity::Warning;
    peer.reach = Reach::Refused;
    peer.believesLeader.reset();
    peer.lastContact.reset();
    peer.trailing.reset();
    peer.term.reset();
    peer.applied.reset();
    peer.stableSince.reset();
    EndpointStatus &endpoint = status.endpoints[which];
    endpoint.reach = Reach::Refused;
    endpoint.http = 0;
    endpoint.severity = Severity::Critical;
    endpoint.reported.clear();
    endpoint.error = u"connection refused by %1"_s.arg(endpoint.url.text().mid(7));
    Reason missing = reason(ReasonCode::RaftPeerMissing, Severity::Warning, peer.name, since, true);
    missing.endpoints = {endpoint.url.text()};
    peer.reasons = {ReasonCode::RaftPeerMissing};
    status.reasons.append(missing);
}
} // namespace

ClusterStatus consulShrunk()
{
    ClusterStatus status = consulCalm();
    status.severity = Severity::Warning;
    status.since = ago(1'500);
    RaftStatus &raft = status.raft.first();
    raft.voters = raft.live = raft.quorum = 2;
    raft.margin = 0;
    raft.expected = 5;
    raft.agreement = Agreement::Partial;
    raft.views = {.asked = 5, .answered = 2, .naming = 2};
    raft.reported = RaftReported{.healthy = true, .failureTolerance = 0};
    raft.leaderSince = ago(11'520);
    raft.leaderChanges = 2;
    Reason margin = reason(ReasonCode::RaftMarginZero, Severity::Warning, {}, 1'440, true);
    margin.value = 0;
    status.reasons = {margin};
    double since = 1'500;
    for (const qsizetype which : {0, 3, 4}) {
        raft.missing.append(raft.peers.at(which).name);
        goMissing(status, which, since);
        since -= 300;
    }
    return status;
}

ClusterStatus consulChecking()
{
    ClusterStatus status = consulCalm();
    RaftStatus &raft = status.raft.first();
    raft.leaderSinceExact = false;
    const Pending pending{.severity = Severity::Warning, .since = ago(4), .seen = 1, .needed = 2};
    status.pending = pending;
    EndpointStatus &endpoint = status.endpoints[2];
    endpoint.pending = raft.peers[2].pending = pending;
    endpoint.reach = raft.peers[2].reach = Reach::TimedOut;
    endpoint.pending->severity = raft.peers[2].pending->severity = Severity::Critical;
    endpoint.error = u"no answer from 10.1.10.12:8500 within 10 s"_s;
    endpoint.latency = raft.peers[2].latency = 10.0;
    endpoint.http = 0;
    Reason down = reason(ReasonCode::EndpointDown, Severity::Warning, endpoint.url.text(), 4, true);
    down.severity = Severity::Critical;
    down.endpoints = {endpoint.url.text()};
    down.count = 1;
    down.of = 5;
    down.detail = endpoint.error;
    down.pending = pending;
    status.checking = {down};
    return status;
}

ClusterStatus osapiStuck()
{
    ClusterStatus status = osapiWarning();
    QueueStatus &jobs = (*status.queues)[0];
    jobs.dead = 14;
    jobs.deadKnown = 10;
    jobs.backlogPerMinute = jobs.backlogPerMinute1 = 0.0;
    jobs.backlogPerMinute5 = 2.4;
    jobs.backlogPerMinute15 = 1.1;
    jobs.drainSeconds.reset();
    jobs.processing = 0;
    QueueStatus mail = jobs;
    mail.name = u"mail"_s;
    mail.severity = Severity::Ok;
    mail.unprocessed = 40;
    mail.processing = 4;
    mail.dead = mail.deadKnown = 0;
    mail.backlogPerMinute = mail.backlogPerMinute1 = -6.2;
    mail.backlogPerMinute5 = -4.0;
    mail.backlogPerMinute15.reset();
    mail.drainSeconds = 387;
    status.queues->append(mail);
    Reason stuck = reason(ReasonCode::QueueStuck, Severity::Warning, u"jobs"_s, 420, true);
    stuck.value = 12;
    Reason &dead = status.reasons.last();
    dead.value = 14;
    dead.limit = 10;
    status.reasons.append(stuck);
    return status;
}

ClusterStatus inMaintenance(ClusterStatus status)
{
    status.maintenanceUntil = now().wall + std::chrono::minutes(108);
    status.maintenanceNote = u"kernel upgrade"_s;
    for (EndpointStatus &endpoint : status.endpoints)
        endpoint.maintenanceUntil = status.maintenanceUntil;
    return status;
}

} // namespace quorate::made_up
