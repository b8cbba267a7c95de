// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/machine.h"

#include "models/judge/absence.h"
#include "models/judge/configuration.h"
#include "models/judge/survey.h"

#include <QUrl>

#include <algorithm>
#include <chrono>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr Milliseconds waitsAtMost = 2min; ///< for an answer, once the network is there: a VPN takes its time
constexpr Milliseconds asksAgain = 5s; ///< for evidence, while offline

bool reachesOut(const ClusterState &cluster)
{
    return std::any_of(
        cluster.endpoints.cbegin(), cluster.endpoints.cend(), [](const EndpointState &endpoint) { return !endpoint.onThisMachine; });
}

Reason unseenReason(ReasonCode code, const ClusterState &cluster, Instant since)
{
    Reason reason;
    reason.code = code;
    reason.derived = true;
    reason.since = since;
    if (cluster.memory.lastSeen) // what it was when somebody last looked
        reason.names = {name(cluster.memory.lastSeverity), toRfc3339(*cluster.memory.lastSeen)};
    return reason;
}

Reason offlineReason(const Offline &offline, const ClusterState &cluster)
{
    Reason reason = unseenReason(ReasonCode::MachineOffline, cluster, offline.since.wall);
    if (!offline.portal.isEmpty())
        reason.names.prepend(offline.portal);
    reason.names.prepend(name(offline.sign));
    if (offline.sign == OfflineSign::Portal)
        reason.count = offline.endpoints;
    return reason;
}

Reason wakingReason(const Waiting &waiting, const ClusterState &cluster)
{
    Reason reason = unseenReason(ReasonCode::Waking, cluster, waiting.since.wall);
    reason.names.prepend(waiting.woke ? u"sleep"_s : u"network"_s);
    reason.limit = std::chrono::duration<double>(waitsAtMost).count();
    reason.unit = u"s"_s;
    return reason;
}

bool hasAnswered(const ClusterState &cluster, const Time &since)
{
    return std::any_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
        [&](const EndpointState &endpoint) { return endpoint.answered && endpoint.answered->boot >= since.boot; });
}

/// Ends the waiting for an answer, where it came or has taken too long. That it did not come before is no sample.
void endWaiting(Machine &machine, ClusterState &cluster, const Time &now)
{
    if (hasAnswered(cluster, cluster.waiting->since)) {
        cluster.waiting.reset();
        if (forgetReach(cluster, true, now))
            machine.pollsWanted.insert(cluster.spec.name);
    } else if (now.boot > cluster.waiting->since.boot + waitsAtMost) {
        cluster.waiting.reset();
    }
}

std::optional<Reason> unseenBy(Machine &machine, ClusterState &cluster, const Time &now)
{
    if (cluster.paused() || cluster.endpoints.isEmpty()) {
        cluster.waiting.reset();
        cluster.absence.reset();
        return std::nullopt;
    }
    if (machine.offline && reachesOut(cluster))
        return offlineReason(*machine.offline, cluster);
    if (cluster.waiting)
        endWaiting(machine, cluster, now);
    return cluster.waiting ? std::optional(wakingReason(*cluster.waiting, cluster)) : std::nullopt;
}

/// True: it is judged by something else than before.
bool updateUnseen(Machine &machine, ClusterState &cluster, JudgeMode mode, const Time &now)
{
    if (mode == JudgeMode::OverTime && !cluster.unseen && machine.offline && reachesOut(cluster))
        beginAbsence(cluster, now); // before the reason is made, which tells of it
    const std::optional<Reason> unseen = unseenBy(machine, cluster, now);
    if (unseen == cluster.unseen)
        return false;
    if (!unseen)
        endAbsence(cluster, now);
    cluster.unseen = unseen;
    invalidate(cluster);
    return true;
}

/// Evidence that is newer than the newest answer, and was not disproved before.
std::optional<OfflineSign> trustedSign(const Machine &machine)
{
    const bool counts = machine.evidenceAt && machine.evidence != machine.disproved
        && (!machine.answered || machine.answered->boot <= machine.evidenceAt->boot);
    return counts ? signOf(machine.evidence) : std::nullopt;
}

QString portalHost(const QByteArray &mark)
{
    const QString host = QString::fromLatin1(mark);
    return host.startsWith("sha256:"_L1) ? QString() : host;
}

std::optional<Offline> offlineNow(const Fleet &fleet)
{
    const Survey survey = surveyOf(fleet);
    if (survey.unasked && !fleet.machine.offline)
        return std::nullopt;
    if (survey.isPortal())
        return Offline{OfflineSign::Portal, portalHost(survey.marks.firstKey()), survey.marked, {}};
    // What has been forgotten was silent: only an answer, or better evidence, ends it.
    const bool silent = survey.isSilent() || (fleet.machine.offline && survey.unasked && !survey.heard && survey.marks.isEmpty());
    const auto sign = silent ? trustedSign(fleet.machine) : std::nullopt;
    return sign ? std::optional(Offline{*sign, {}, 0, {}}) : std::nullopt;
}

/// What is seen of the network from now on says nothing of how it was before.
void comeBack(Fleet &fleet, const Time &offlineSince, const Time &now)
{
    if (fleet.mode == JudgeMode::OneShot)
        return; // what this round has shown is all there is
    const Machine &machine = fleet.machine;
    const bool byAnswer = machine.answered && machine.answered->boot >= offlineSince.boot;
    for (ClusterState &cluster : fleet.clusters) {
        if (cluster.paused() || !reachesOut(cluster))
            continue;
        cluster.waiting = Waiting{byAnswer ? *machine.answered : now, cluster.waiting && cluster.waiting->woke};
        forgetReach(cluster, true, now);
        fleet.machine.pollsWanted.insert(cluster.spec.name);
    }
}

void updateOffline(Fleet &fleet, const Time &now)
{
    Machine &machine = fleet.machine;
    std::optional<Offline> found = offlineNow(fleet);
    if (found)
        found->since = machine.offline ? machine.offline->since : now;
    const std::optional<Offline> before = std::exchange(machine.offline, found);
    if (before && !found)
        comeBack(fleet, before->since, now);
}

/// All of it was asked, none of it answers, and nothing else has since the asking began.
bool isSuspicious(const Machine &machine, const ClusterState &cluster)
{
    const Survey survey = surveyOf(cluster);
    if (survey.unasked || !survey.isSilent())
        return false;
    Milliseconds begun = Milliseconds::max();
    for (const EndpointState &endpoint : cluster.endpoints) {
        if (const auto &attempt = endpoint.attempt; attempt && !endpoint.onThisMachine)
            begun = std::min(begun, attempt->at.boot - Milliseconds(qRound64(attempt->latencySeconds * 1000)));
    }
    return !machine.answered || machine.answered->boot < begun;
}
} // namespace

QLatin1String name(OfflineSign sign)
{
    switch (sign) {
    case OfflineSign::OnlyLoopback:
        return "only-loopback"_L1;
    case OfflineSign::NoRoute:
        return "no-route"_L1;
    case OfflineSign::Disconnected:
        return "disconnected"_L1;
    case OfflineSign::Reference:
        return "reference"_L1;
    case OfflineSign::Portal:
        return "portal"_L1;
    }
    return {};
}

std::optional<OfflineSign> signOf(const NetworkEvidence &evidence)
{
    if (evidence.onlyLoopback)
        return OfflineSign::OnlyLoopback;
    if (evidence.noRoute)
        return OfflineSign::NoRoute;
    if (evidence.disconnected)
        return OfflineSign::Disconnected;
    if (evidence.referenceAnswers == false)
        return OfflineSign::Reference;
    return std::nullopt;
}

bool isAnswer(const Observation &observation)
{
    if (observation.toldAgain)
        return false;
    switch (observation.reach) {
    case Reach::Answered:
    case Reach::Refused:
    case Reach::Closed:
    case Reach::TlsFailed:
        return true;
    default:
        return observation.http != 0;
    }
}

bool isOnThisMachine(const EndpointUrl &url)
{
    const QString host = QUrl(url.text()).host().toLower();
    if (host == "localhost"_L1 || host.endsWith(".localhost"_L1) || host == "::1"_L1)
        return true;
    const QStringList parts = host.split(u'.');
    return parts.size() == 4 && parts.first() == "127"_L1 && std::all_of(parts.cbegin(), parts.cend(), [](const QString &part) {
        bool isNumber = false;
        return part.toUInt(&isNumber) <= 255 && isNumber;
    });
}

bool nothingAnswers(const Fleet &fleet)
{
    const Survey survey = surveyOf(fleet);
    return !survey.unasked && survey.isSilent();
}

void takeEvidence(Fleet &fleet, const NetworkEvidence &evidence, const Time &now)
{
    Machine &machine = fleet.machine;
    if (!signOf(evidence))
        machine.disproved = {};
    machine.evidence = evidence;
    machine.evidenceAt = now;
    machine.evidenceWanted = false;
    machine.lookAgain = true;
    if (!trustedSign(machine) || machine.offline)
        return;
    // Clusters that are asked seldom still show what they answered before: asked now, they disprove it or are silent too.
    for (const ClusterState &cluster : std::as_const(fleet.clusters)) {
        if (!cluster.paused() && reachesOut(cluster) && !surveyOf(cluster).isSilent())
            machine.pollsWanted.insert(cluster.spec.name);
    }
}

void takeAnswer(Fleet &fleet, ClusterState &cluster, EndpointState &endpoint, const Observation &observation)
{
    Machine &machine = fleet.machine;
    const bool answers = isAnswer(observation) && observation.portalMark.isEmpty();
    const bool http = answers && (observation.http != 0 || observation.reach == Reach::Answered);
    if (http && (!endpoint.answered || endpoint.answered->boot < observation.at.boot))
        endpoint.answered = observation.at;
    if (endpoint.onThisMachine)
        return;
    if (answers) {
        if (!machine.answered || machine.answered->boot < observation.at.boot)
            machine.answered = observation.at;
        if (signOf(machine.evidence) && machine.evidence != machine.disproved && machine.evidenceAt->boot <= observation.at.boot) {
            machine.disproved = machine.evidence;
            machine.evidenceWanted = true; // it may be another one by now, to be believed the next time
        }
        machine.lookAgain = machine.lookAgain || machine.offline || observation.reach != Reach::Answered;
        return;
    }
    machine.lookAgain = true;
    if (observation.endpointDone && isSuspicious(machine, cluster))
        machine.evidenceWanted = true;
}

bool judgeMachine(Fleet &fleet, const Time &now)
{
    Machine &machine = fleet.machine;
    if (std::exchange(machine.lookAgain, false))
        updateOffline(fleet, now);
    if (machine.offline && machine.offline->sign != OfflineSign::Portal && now.boot - machine.evidenceAt->boot >= asksAgain)
        machine.evidenceWanted = true;
    if (!machine.offline && !machine.unseen)
        return false;
    bool changed = false;
    machine.unseen = false;
    for (ClusterState &cluster : fleet.clusters) {
        changed = updateUnseen(machine, cluster, fleet.mode, now) || changed;
        machine.unseen = machine.unseen || cluster.unseen || cluster.waiting;
    }
    return changed;
}

} // namespace quorate
