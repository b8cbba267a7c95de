// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/share.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace quorate {

namespace {
constexpr size_t weightCount = 6;

/// One row while it is being folded.
struct Row {
    Reason reason;
    std::array<int, weightCount> endpoints{}; ///< by weight
    std::array<qsizetype, weightCount> last{-1, -1, -1, -1, -1, -1}; ///< an endpoint counts once a weight
    int notAnswering = 0;
    int folded = 0; ///< findings that rest on nothing fresh
};

/// Shares are taken over these.
struct Population {
    qsizetype all = 0, answering = 0;
    qsizetype blind = 0; ///< endpoints that tell us nothing though asked: not understood, unauthorised, stale … together
    double share = 0.5;
    bool leaderLive = false;
};

bool isBlind(const Finding &finding)
{
    return scopeOf(finding.code) == Scope::Reach && (finding.weight == Weight::UnknownByShare || finding.weight == Weight::NotYetKnown);
}

bool lowerIsWorse(ReasonCode code)
{
    switch (code) {
    case ReasonCode::MembersDown:
    case ReasonCode::MembersNoMajority:
    case ReasonCode::MigrationsBehind:
    case ReasonCode::AgentsNotReady:
    case ReasonCode::AgentsMissing:
    case ReasonCode::CertificateExpires:
        return true;
    default:
        return false;
    }
}

bool isWorse(ReasonCode code, const std::optional<double> &a, const std::optional<double> &b)
{
    if (!a || !b)
        return a.has_value();
    if (code == ReasonCode::ClockSkew)
        return std::abs(*a) > std::abs(*b);
    return lowerIsWorse(code) ? *a < *b : *a > *b;
}

void addNumbers(Row &row, const Finding &finding)
{
    if (isWorse(finding.code, finding.value, row.reason.value)) {
        row.reason.value = finding.value;
        row.reason.limit = finding.limit;
    }
    if (!row.reason.value && finding.limit)
        row.reason.limit = finding.limit;
    if (row.reason.unit.isEmpty())
        row.reason.unit = finding.unit;
}

void add(Row &row, const EndpointPart &part, qsizetype index, const Finding &finding)
{
    Reason &reason = row.reason;
    const bool first = reason.endpoints.isEmpty();
    reason.severity = first ? finding.severity : worst(reason.severity, finding.severity);
    reason.derived = first ? finding.derived : reason.derived && finding.derived;
    reason.since = reason.since ? std::min(*reason.since, finding.since) : finding.since;
    addNumbers(row, finding);
    // The words of the first endpoint that says any: the newest would change with every poll and read as news.
    if (reason.detail.isEmpty())
        reason.detail = finding.detail;
    for (const QString &name : finding.names) {
        if (!reason.names.contains(name))
            reason.names.append(name);
    }
    if (finding.under) {
        reason.foldedUnder = finding.under;
        ++row.folded;
    }
    if (finding.pending && (!reason.pending || finding.pending->since < reason.pending->since))
        reason.pending = finding.pending;
    const size_t weight = static_cast<size_t>(finding.weight);
    if (row.last.at(weight) != index) {
        row.last.at(weight) = index;
        ++row.endpoints.at(weight);
    }
    if (reason.endpoints.isEmpty() || reason.endpoints.last() != part.url.text()) {
        reason.endpoints.append(part.url.text());
        row.notAnswering += part.answering ? 0 : 1;
    }
}

/// How many endpoints the row is compared with. A bad fact of an endpoint that has just gone silent still counts, and so does the endpoint.
qsizetype comparedWith(const Row &row, const Population &population)
{
    return scopeOf(row.reason.code) == Scope::Reach ? population.all : population.answering + row.notAnswering;
}

Severity clusterSeverity(const Row &row, const Population &population)
{
    const qsizetype of = comparedWith(row, population);
    const auto count = [&](Weight weight) { return row.endpoints.at(static_cast<size_t>(weight)); };
    const bool reach = scopeOf(row.reason.code) == Scope::Reach;
    Severity severity = Severity::Ok;
    if (count(Weight::Warning) > 0)
        severity = Severity::Warning;
    if (count(Weight::UnknownIfAll) > 0)
        severity = worst(severity, count(Weight::UnknownIfAll) >= of ? Severity::Unknown : Severity::Warning);
    const qsizetype critical = count(Weight::CriticalByShare);
    if (const qsizetype unknown = count(Weight::UnknownByShare); unknown > 0) {
        const bool over = isOverShare(reach ? population.blind : unknown + critical, of, population.share);
        severity = worst(severity, over ? Severity::Unknown : Severity::Warning);
    }
    const int notKnown = count(Weight::NotYetKnown);
    if (notKnown > 0 && isOverShare(reach ? population.blind : notKnown, of, population.share))
        severity = worst(severity, Severity::Unknown);
    if (critical > 0) {
        const bool capped = reach && population.leaderLive;
        severity = worst(severity, !capped && isOverShare(critical, of, population.share) ? Severity::Critical : Severity::Warning);
    }
    return severity;
}

void finish(Row &row, const Population &population)
{
    Reason &reason = row.reason;
    reason.clusterSeverity = clusterSeverity(row, population);
    if (row.folded < reason.endpoints.size())
        reason.foldedUnder.reset();
    reason.names.sort();
    const Scope scope = scopeOf(reason.code);
    if (scope == Scope::Shared)
        return;
    reason.count = static_cast<int>(reason.endpoints.size());
    reason.of = static_cast<int>(comparedWith(row, population));
    if ((scope == Scope::Reach || scope == Scope::Endpoint) && reason.endpoints.size() == 1)
        reason.subject = reason.endpoints.first();
}
} // namespace

bool isOverShare(qsizetype count, qsizetype of, double share)
{
    constexpr double rounding = 1e-9;
    return static_cast<double>(count) > static_cast<double>(of) * share + rounding;
}

QList<Reason> foldByShare(const QList<EndpointPart> &parts, double criticalShare, bool leaderLive)
{
    Population population{parts.size(), 0, 0, criticalShare, leaderLive};
    QMap<std::pair<ReasonCode, QString>, Row> rows;
    for (qsizetype index = 0; index < parts.size(); ++index) {
        const EndpointPart &part = parts.at(index);
        population.answering += part.answering ? 1 : 0;
        population.blind += std::any_of(part.findings.cbegin(), part.findings.cend(), isBlind) ? 1 : 0;
        for (const Finding &finding : part.findings) {
            Row &row = rows[{finding.code, finding.subject}];
            row.reason.code = finding.code;
            row.reason.subject = finding.subject;
            add(row, part, index, finding);
        }
    }
    QList<Reason> reasons;
    reasons.reserve(rows.size());
    for (Row &row : rows) {
        finish(row, population);
        reasons.append(row.reason);
    }
    return reasons;
}

} // namespace quorate
