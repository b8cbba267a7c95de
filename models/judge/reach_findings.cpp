// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/endpoint_state.h"
#include "models/judge/findings.h"

#include <chrono>
#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr double expirySoonDays = 7; ///< JUDGE section 7: told again

double seconds(Milliseconds duration) { return std::chrono::duration<double>(duration).count(); }

QString name(TlsProblem problem)
{
    switch (problem) {
    case TlsProblem::None:
    case TlsProblem::Other:
        return {};
    case TlsProblem::SelfSigned:
        return u"self-signed"_s;
    case TlsProblem::UnknownCa:
        return u"unknown-ca"_s;
    case TlsProblem::Expired:
        return u"expired"_s;
    case TlsProblem::NotYetValid:
        return u"not-yet-valid"_s;
    case TlsProblem::WrongHost:
        return u"wrong-host"_s;
    case TlsProblem::ClientCertificateMissing:
        return u"client-certificate-missing"_s;
    case TlsProblem::NotTls:
        return u"not-tls"_s;
    }
    return {};
}

Finding unseen(const ClusterState &cluster, JudgeMode mode, Milliseconds limit, const Time &now)
{
    Finding finding;
    finding.derived = true;
    finding.evidence = cluster.configured;
    finding.since = cluster.configured.wall;
    if (now.boot > cluster.configured.boot + limit) {
        finding.code = ReasonCode::Stale;
        finding.limit = seconds(limit);
        finding.unit = u"s"_s;
        finding.since += limit;
    } else {
        finding.code = ReasonCode::NotPolled;
        if (cluster.memory.lastSeen) // what it was when somebody last looked
            finding.names = {name(cluster.memory.lastSeverity), toRfc3339(*cluster.memory.lastSeen)};
        // After its one round a command has nothing to wait for; a window has just begun.
        finding.weight = mode == JudgeMode::OneShot ? Weight::UnknownByShare : Weight::NotYetKnown;
    }
    return finding;
}

Finding stale(const Observation &attempt, Milliseconds limit)
{
    Finding finding;
    finding.code = ReasonCode::Stale;
    finding.limit = seconds(limit);
    finding.unit = u"s"_s;
    finding.derived = true;
    finding.evidence = attempt.at;
    finding.since = attempt.at.wall + limit;
    return finding;
}

Finding failed(const ClusterSpec &spec, const Observation &attempt)
{
    Finding finding;
    finding.detail = attempt.error;
    finding.evidence = attempt.at;
    finding.since = attempt.at.wall;
    switch (classOf(attempt)) {
    case ReachClass::Down:
        finding.code = ReasonCode::EndpointDown;
        finding.severity = Severity::Critical;
        finding.weight = Weight::CriticalByShare;
        break;
    case ReachClass::Unauthorised:
        finding.code = ReasonCode::EndpointUnauthorised;
        if (!spec.withToken)
            finding.names = {u"no-token"_s};
        break;
    case ReachClass::Throttled:
        finding.code = ReasonCode::EndpointThrottled;
        finding.severity = Severity::Warning;
        finding.value = attempt.retryAfterSeconds;
        finding.unit = attempt.retryAfterSeconds ? u"s"_s : QString();
        break;
    case ReachClass::NoSecret:
        finding.code = ReasonCode::SecretUnavailable;
        break;
    case ReachClass::NotPolled:
        finding.code = ReasonCode::NotPolled;
        break;
    case ReachClass::Answered:
    case ReachClass::NotUnderstood:
        finding.code = attempt.reach == Reach::TlsFailed ? ReasonCode::EndpointTlsFailed : ReasonCode::EndpointNotUnderstood;
        break;
    }
    if (const QString check = name(attempt.tls); attempt.reach == Reach::TlsFailed && !check.isEmpty())
        finding.names = {check};
    return finding;
}

/// Another request of the poll that failed, unless it only asks for settings. 403 and 404 narrow the facts; a rung of the primary's ladder
/// is no request of its own.
bool isPartFailed(const Observation &other)
{
    return !other.primary && !other.forwarded && !other.occasional && other.reach != Reach::Answered && other.reach != Reach::NotPolled
        && other.http != 403 && other.http != 404;
}

std::optional<Finding> partial(const EndpointState &endpoint, Milliseconds limit, const Time &now)
{
    Finding finding;
    finding.code = ReasonCode::EndpointPartial;
    finding.severity = Severity::Warning;
    finding.weight = Weight::Warning;
    std::optional<Time> newest;
    for (const Observation &other : endpoint.newest) {
        if (!isPartFailed(other) || other.at.boot + limit < now.boot)
            continue;
        finding.names.append(other.path);
        if (!newest || newest->boot < other.at.boot) {
            newest = other.at;
            finding.detail = other.error;
        }
    }
    if (!newest)
        return std::nullopt;
    finding.names.sort();
    return finding;
}

/// A refused permission is told by a reply that was not understood, a missing API by one that was.
std::optional<Finding> narrowed(const EndpointState &endpoint, const Facts &facts, Milliseconds limit, const Time &now)
{
    QStringList names = facts.narrowed;
    for (const Observation &other : endpoint.newest) {
        if (other.occasional || other.at.boot + limit >= now.boot)
            names += other.facts.narrowed;
    }
    if (names.isEmpty())
        return std::nullopt;
    Finding finding;
    finding.code = ReasonCode::FactsNarrowed;
    finding.severity = Severity::Ok;
    finding.weight = Weight::Note;
    names.sort();
    names.removeDuplicates();
    finding.names = names;
    return finding;
}

/// The server answers what needs no token, but does not know ours: what it tells without one is not all that there is to know.
std::optional<Finding> rejected(const EndpointState &endpoint, Milliseconds limit, const Time &now)
{
    for (const Observation &other : endpoint.newest) {
        if (!other.facts.credentialRejected || other.at.boot + limit < now.boot)
            continue;
        Finding finding;
        finding.code = ReasonCode::EndpointUnauthorised;
        finding.detail = other.error;
        return finding;
    }
    return std::nullopt;
}

Finding overLimit(ReasonCode code, double value, double limit, const QString &unit)
{
    Finding finding;
    finding.code = code;
    finding.severity = Severity::Warning;
    finding.weight = Weight::Warning;
    finding.value = value;
    finding.limit = limit;
    finding.unit = unit;
    finding.derived = true;
    return finding;
}
} // namespace

QList<Finding> reachFindings(const ClusterState &cluster, const EndpointState &endpoint, JudgeMode mode, const Time &now)
{
    const Milliseconds limit = evidenceLimit(cluster.spec);
    const Observation *attempt = attemptOf(endpoint);
    // Over time the first rung of the first poll is no sample: the next one may be understood.
    if (!attempt || (mode == JudgeMode::OverTime && !endpoint.attempt))
        return {unseen(cluster, mode, limit, now)};
    if (now.boot > attempt->at.boot + limit)
        return {stale(*attempt, limit)};
    if (attempt->reach == Reach::Answered)
        return {};
    return {failed(cluster.spec, *attempt)};
}

QList<Finding> replyFindings(const ClusterSpec &spec, const EndpointState &endpoint, const Facts &facts, const Time &now)
{
    QList<Finding> findings;
    const Observation *attempt = attemptOf(endpoint);
    if (!attempt)
        return findings;
    if (const std::optional<Finding> finding = partial(endpoint, evidenceLimit(spec), now))
        findings.append(*finding);
    const double slow = seconds(spec.timeout) * spec.limits.slowShare;
    if (attempt->latencySeconds > slow)
        findings.append(overLimit(ReasonCode::EndpointSlow, attempt->latencySeconds, slow, u"s"_s));
    if (attempt->certificateExpires) {
        const double days = std::floor(seconds(*attempt->certificateExpires - attempt->at.wall) / 86'400);
        if (days <= spec.limits.expiryDays) {
            const double limit = days <= expirySoonDays ? std::min(expirySoonDays, spec.limits.expiryDays) : spec.limits.expiryDays;
            findings.append(overLimit(ReasonCode::CertificateExpires, days, limit, u"days"_s));
        }
    }
    if (attempt->serverDate) {
        const double skew = seconds(*attempt->serverDate - attempt->at.wall);
        if (std::abs(skew) > spec.limits.skewSeconds) {
            Finding finding = overLimit(ReasonCode::ClockSkew, skew, spec.limits.skewSeconds, u"s"_s);
            finding.weight = Weight::Note;
            findings.append(finding);
        }
    }
    if (const std::optional<Finding> finding = narrowed(endpoint, facts, evidenceLimit(spec), now))
        findings.append(*finding);
    if (const std::optional<Finding> finding = rejected(endpoint, evidenceLimit(spec), now))
        findings.append(*finding);
    return findings;
}

} // namespace quorate
