// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/findings.h"
#include "models/judge/rows.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
Severity atBest(bool counts, Severity severity) { return counts ? severity : worst(severity, Severity::Unknown); }

ComponentStatus componentRow(const ComponentFact &fact, const EndpointUrl &endpoint, bool counts, const Limits &limits)
{
    ComponentStatus row;
    row.name = fact.name;
    row.group = fact.group;
    row.endpoint = endpoint;
    row.severity = atBest(counts, reportedSeverity(fact.state));
    row.disabled = fact.state == ComponentState::Disabled;
    row.derived = atBest(counts, derivedSeverity(fact, limits));
    row.reported = fact.reported;
    row.message = fact.message;
    row.address = fact.address;
    row.numbers = fact.numbers;
    return row;
}

bool isReported(ReasonCode code)
{
    return code == ReasonCode::ComponentFailed || code == ReasonCode::ComponentDegraded || code == ReasonCode::ComponentUnknown;
}

/// Over time a part is as bad as what is held against it; what is only suspected is marked.
void holdRow(ComponentStatus &row, const EndpointVerdict &verdict)
{
    if (verdict.holds.isEmpty())
        return;
    const QString subject = row.fullName();
    const auto severities = [&](const QList<Finding> &findings) {
        std::pair found{Severity::Ok, Severity::Ok}; // reported, derived
        for (const Finding &finding : findings) {
            if (finding.subject == subject && scopeOf(finding.code) == Scope::Part && !finding.under) {
                Severity &severity = isReported(finding.code) ? found.first : found.second;
                severity = worst(severity, finding.severity);
            }
        }
        return found;
    };
    const auto [reported, derived] = severities(verdict.counted);
    const auto [soonReported, soonDerived] = severities(verdict.expected);
    row.severity = reported;
    row.derived = derived;
    row.pending = pendingOf(verdict, worst(reported, derived), worst(soonReported, soonDerived), &subject);
}

/// What an endpoint does not report any more, Unknown in its place (JUDGE section 6).
QList<ComponentStatus> vanishedRows(const EndpointView &view)
{
    QList<ComponentStatus> rows;
    for (const SectionHistory::Gone &gone : view.state->work.absent()) {
        ComponentStatus row;
        row.name = gone.name;
        row.endpoint = view.state->url;
        row.message = u"not reported any more"_s;
        for (const ComponentFact &known : view.state->work.lastTold().components.value_or(QList<ComponentFact>())) {
            if (!gone.section && componentSubject(known) == gone.name) {
                row.name = known.name;
                row.group = known.group;
            }
        }
        rows.append(row);
    }
    return rows;
}

/// A section that no endpoint tells any more, as it last was; null: there was none.
template <class T>
const std::optional<T> *lastTold(const QList<EndpointView> &views, std::optional<T> Facts::*section)
{
    for (const EndpointView &view : views) {
        if (view.state->work.lastTold().*section)
            return &(view.state->work.lastTold().*section);
    }
    return nullptr;
}

/// One section of the facts, from the endpoint that told it last: an answering one first, then the newest, then as configured.
template <class T>
const EndpointView *teller(const QList<EndpointView> &views, std::optional<T> Facts::*section)
{
    const EndpointView *best = nullptr;
    for (const EndpointView &view : views) {
        if (!(view.facts().*section))
            continue;
        const auto better = [&] {
            if (view.answering != best->answering)
                return view.answering;
            return view.factsAt && best->factsAt && view.factsAt->boot > best->factsAt->boot;
        };
        if (!best || better())
            best = &view;
    }
    return best;
}

Severity findingsFor(const QList<Reason> &reasons, std::initializer_list<ReasonCode> codes, const QString &subject)
{
    Severity severity = Severity::Ok;
    for (const Reason &reason : reasons) {
        if (reason.subject == subject && std::find(codes.begin(), codes.end(), reason.code) != codes.end())
            severity = worst(severity, reason.severity);
    }
    return severity;
}

void addRates(QueueStatus &row, const QueueHistory &history)
{
    using namespace std::chrono_literals;
    row.backlogPerMinute1 = history.perMinute(1min);
    row.backlogPerMinute5 = history.perMinute(5min);
    row.backlogPerMinute15 = history.perMinute(15min);
    const auto &shortest = row.backlogPerMinute1 ? row.backlogPerMinute1 : row.backlogPerMinute5;
    row.backlogPerMinute = shortest ? shortest : row.backlogPerMinute15;
    row.drainSeconds = history.drainSeconds();
}

QueueStatus queueRow(const QueueFact &fact, const ClusterState &cluster, Severity severity)
{
    QueueStatus row;
    row.name = fact.name;
    row.severity = severity;
    row.total = fact.total;
    row.unprocessed = fact.unprocessed;
    row.processing = fact.processing;
    row.completed = fact.completed;
    row.failed = fact.failed;
    row.dead = fact.dead;
    if (fact.total && fact.unprocessed && fact.processing && fact.completed && fact.failed) {
        qint64 rest = *fact.total;
        bool overflow = false;
        for (const qint64 part : {*fact.unprocessed, *fact.processing, *fact.completed, *fact.failed})
            overflow = qSubOverflow(rest, part, &rest) || overflow;
        if (!overflow && rest >= 0)
            row.other = rest;
    }
    if (fact.dead)
        row.deadKnown = deadLetterBaseline(cluster.spec, cluster.memory, fact.name);
    return row;
}

void addQueues(ClusterStatus &status, const ClusterState &cluster, const QList<EndpointView> &views)
{
    const EndpointView *view = teller(views, &Facts::queues);
    const auto *queues = view ? &view->facts().queues : lastTold(views, &Facts::queues);
    if (!queues)
        return;
    const bool counts = view && view->isFresh(&Facts::queues);
    status.queues.emplace();
    for (const QueueFact &queue : **queues) {
        const Severity found
            = findingsFor(status.reasons, {ReasonCode::QueueDeadLetters, ReasonCode::QueueBacklog, ReasonCode::QueueStuck}, queue.name);
        status.queues->append(queueRow(queue, cluster, atBest(counts, found)));
        if (const QueueHistory *history = counts ? view->state->work.queue(queue.name) : nullptr)
            addRates(status.queues->last(), *history);
    }
    std::stable_sort(status.queues->begin(), status.queues->end(), [](const auto &a, const auto &b) { return a.name < b.name; });
}

void addAgents(ClusterStatus &status, const QList<EndpointView> &views)
{
    const EndpointView *view = teller(views, &Facts::agents);
    const auto *told = view ? &view->facts().agents : lastTold(views, &Facts::agents);
    if (!told)
        return;
    const bool counts = view && view->isFresh(&Facts::agents);
    const AgentsFact &agents = **told;
    AgentsStatus result{agents.total, agents.ready, {}};
    for (const AgentFact &agent : agents.list) {
        Severity found = findingsFor(status.reasons, {ReasonCode::AgentCondition}, agent.name);
        if (!isReady(agent))
            found = worst(found, Severity::Warning);
        result.list.append({agent, atBest(counts, found)});
    }
    std::stable_sort(result.list.begin(), result.list.end(), [](const auto &a, const auto &b) { return a.facts.name < b.facts.name; });
    status.agents = result;
}

template <class T>
std::optional<T> newest(const QList<EndpointView> &views, std::optional<T> Facts::*section)
{
    const EndpointView *view = teller(views, section);
    return view ? view->facts().*section : std::nullopt;
}
} // namespace

QList<ComponentStatus> componentRows(const QList<EndpointView> &views, const Limits &limits)
{
    struct Place {
        const ComponentFact *fact;
        const EndpointView *view;
        bool counts;
    };
    // Endpoints of a cluster have the same few components: grouping needs far fewer comparisons than sorting all rows.
    QMap<QString, QList<Place>> places; // by full name: "controller.api"
    qsizetype size = 0;
    for (const EndpointView &view : views) {
        if (!view.facts().components)
            continue;
        const bool counts = view.isFresh(&Facts::components);
        size += view.facts().components->size();
        for (const ComponentFact &component : *view.facts().components)
            places[componentSubject(component)].append({&component, &view, counts});
    }
    QList<ComponentStatus> rows;
    rows.reserve(size);
    for (const QList<Place> &alike : std::as_const(places)) {
        for (const Place &place : alike) {
            rows.append(componentRow(*place.fact, place.view->state->url, place.counts, limits));
            if (place.view->verdict && place.counts)
                holdRow(rows.last(), *place.view->verdict);
        }
    }
    for (const EndpointView &view : views)
        rows += vanishedRows(view);
    std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.fullName() < b.fullName(); });
    return rows;
}

void addWork(ClusterStatus &status, const ClusterState &cluster, const QList<EndpointView> &views)
{
    addQueues(status, cluster, views);
    addAgents(status, views);
    status.streams = newest(views, &Facts::streams);
    status.buckets = newest(views, &Facts::buckets);
    status.objectStores = newest(views, &Facts::objectStores);
    status.consumers = newest(views, &Facts::consumers);
    status.nats = newest(views, &Facts::nats);
}

} // namespace quorate
