// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/engine_private.h"

#include "app/poll/state_file.h"
#include "models/judge/machine.h"

#include <QFileInfo>
#include <QLoggingCategory>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace quorate {

namespace {
Q_LOGGING_CATEGORY(log, "quorate.poll")
constexpr Milliseconds sleptAtLeast{2'000}; ///< JUDGE section 4: the boot clock grew by that more than the monotonic one
constexpr double jitter = 0.05; ///< of the interval, either way: a hundred windows that were opened together do not go on together
constexpr Milliseconds keepEvery{60'000};
constexpr Milliseconds gatherFor{40}; ///< the answers of a round come together: one update shows them all
} // namespace

Engine::Private::Private(EngineOptions chosen, Engine &engine)
    : options(std::move(chosen))
    , q(engine)
    , fetcher(options.lookup ? options.lookup : lookUpName, &engine)
    , secrets({}, &engine)
    , evidence(options.networkEvidence, &engine)
    , polls(&engine)
    , ticks(&engine)
    , flushes(&engine)
{
    fleet.mode = options.mode;
    lastFlush.monotonic = -options.flushEvery;
    schedule.setJitter(jitter, QRandomGenerator::global()->generate());
    polls.setSingleShot(true);
    polls.setTimerType(Qt::PreciseTimer);
    flushes.setSingleShot(true);
    connect(&polls, &QTimer::timeout, &q, [this] { pollDue(); });
    connect(&ticks, &QTimer::timeout, &q, [this] { tick(); });
    connect(&evidence, &EvidenceAsker::gathered, &q, [this](const NetworkEvidence &newest) { gathered(newest); });
    connect(&flushes, &QTimer::timeout, &q, [this] { flush(); });
}

ClusterPoller *Engine::Private::pollerOf(const ClusterName &cluster) const
{
    const auto place = pollers.find(cluster);
    return place == pollers.end() ? nullptr : place->second;
}

bool Engine::Private::isPaused(const ClusterName &cluster)
{
    const ClusterState *state = clusterNamed(fleet, cluster);
    return !state || state->paused();
}

void Engine::Private::configure(const Config &config)
{
    reference = config.reference;
    FleetSpec spec;
    QList<Schedule::Entry> entries;
    for (const ClusterConfig &cluster : config.clusters) {
        spec.append(cluster.spec);
        const ClusterPoller *old = pollerOf(cluster.spec.name);
        entries.append({cluster.spec.name, cluster.spec.interval, old && old->config() != cluster});
    }
    std::map<ClusterName, ClusterPoller *> before = std::exchange(pollers, {});
    take(spec);
    for (const ClusterConfig &cluster : config.clusters) {
        const auto old = before.find(cluster.spec.name);
        if (old != before.end() && old->second->config() == cluster) {
            old->second->forgetRejections();
            pollers.insert(*old);
            before.erase(old);
        } else {
            addPoller(cluster);
        }
        dirty.insert(cluster.spec.name);
    }
    for (const auto &[name, poller] : before) {
        poller->retire();
        poller->deleteLater();
        dirty.remove(name);
    }
    for (const auto &[name, poller] : before) {
        if (pollers.contains(name))
            dirty.insert(name);
    }
    fetcher.retain(config.clusters);
    schedule.set(entries, now().monotonic);
    updateDue = true;
    flushSoon();
    schedulePolls();
    endRoundIfOver();
}

void Engine::Private::addPoller(const ClusterConfig &config)
{
    const ClusterName name = config.spec.name;
    const ClusterState *state = clusterNamed(fleet, name);
    auto *poller
        = new ClusterPoller(config, state ? state->memory.remembered : QMap<EndpointUrl, QString>(), {fetcher, secrets, options.clock}, &q);
    pollers.insert_or_assign(name, poller);
    connect(poller, &ClusterPoller::sent, &q, [this] { ++sent; });
    connect(poller, &ClusterPoller::observed, &q, [this](const Observation &observation) { observed(observation); });
    connect(poller, &ClusterPoller::remembered, &q,
        [this, name](const EndpointUrl &endpoint, const QString &what) { remember(name, endpoint, what); });
    connect(poller, &ClusterPoller::tokenChanged, &q, [this, name] { pollWithNewToken(name); });
    connect(poller, &ClusterPoller::roundConcluded, &q, [this] { endRoundIfOver(); });
}

void Engine::Private::observed(const Observation &observation)
{
    if (observation.reach == Reach::Answered)
        parsed.append(observation.at.wall);
    take(observation);
    touch(observation.cluster);
    if (observation.endpointDone)
        pollAgainSoon(observation.cluster, observation.endpoint);
}

/// What is being checked is decided sooner than the interval would.
void Engine::Private::pollAgainSoon(const ClusterName &cluster, const EndpointUrl &endpoint)
{
    ClusterState *state = clusterNamed(fleet, cluster);
    const EndpointState *polled = state ? endpointNamed(*state, endpoint) : nullptr;
    const Milliseconds every = polled ? pollEvery(*state, *polled) : Milliseconds::max();
    if (!running || !polled || every >= state->spec.interval)
        return;
    schedule.again(cluster, endpoint, now().monotonic + every);
    schedulePolls();
}

void Engine::Private::remember(const ClusterName &cluster, const EndpointUrl &endpoint, const QString &what)
{
    if (ClusterState *state = clusterNamed(fleet, cluster))
        state->memory.remembered.insert(endpoint, what);
}

void Engine::Private::schedulePolls()
{
    const auto next = schedule.next();
    if (!running || !next) {
        polls.stop();
        return;
    }
    polls.start(std::max(Milliseconds(0), *next - now().monotonic));
}

void Engine::Private::pollDue()
{
    const QList<ClusterName> due = schedule.takeDue(now().monotonic);
    for (const ClusterName &cluster : due) {
        ClusterPoller *poller = pollerOf(cluster);
        if (poller && !isPaused(cluster))
            poller->beginRound();
    }
    const QMap<ClusterName, QSet<EndpointUrl>> again = schedule.takeAgain(now().monotonic);
    for (auto some = again.begin(); some != again.end(); ++some) {
        ClusterPoller *poller = pollerOf(some.key());
        if (poller && !isPaused(some.key()))
            poller->beginRound(some.value());
    }
    schedulePolls();
}

void Engine::Private::pollNow(const ClusterName &cluster)
{
    secrets.forgetKept();
    const std::map<ClusterName, ClusterPoller *> all = pollers; // a receiver of events may change the configuration meanwhile
    for (const auto &[name, poller] : all) {
        if ((!cluster.isEmpty() && name != cluster) || isPaused(name))
            continue;
        schedule.polled(name, now().monotonic);
        poller->forgetRejections();
        poller->beginRound();
    }
    schedulePolls();
}

void Engine::Private::runOnce()
{
    pollNow({});
    roundAsked = true; // now that every cluster has begun: one that needs nothing sent is over at once
    // From the event loop, also when there is nothing to poll.
    QMetaObject::invokeMethod(
        &q, [this] { endRoundIfOver(); }, Qt::QueuedConnection);
}

void Engine::Private::endRoundIfOver()
{
    if (!roundAsked || !std::all_of(pollers.begin(), pollers.end(), [](const auto &entry) { return entry.second->isIdle(); }))
        return;
    if (fleet.machine.evidenceWanted && nothingAnswers(fleet)) { // its answer ends the round
        askEvidence();
        return;
    }
    roundAsked = false;
    Q_EMIT q.roundFinished();
}

void Engine::Private::take(const Input &input)
{
    const QList<Event> events = step(fleet, input, now());
    if (!events.isEmpty())
        Q_EMIT q.happened(events);
    followMachine();
}

void Engine::Private::touch(const ClusterName &cluster)
{
    if (!cluster.isEmpty()) {
        dirty.insert(cluster);
    } else {
        for (const auto &[name, poller] : pollers)
            dirty.insert(name);
    }
    flushSoon();
}

void Engine::Private::tick()
{
    const Time time = now();
    const Milliseconds slept = (time.boot - lastTick.boot) - (time.monotonic - lastTick.monotonic);
    lastTick = time;
    if (slept >= sleptAtLeast)
        wake();
    QList<std::optional<LastVerdict>> before; // implicitly shared: comparing what did not change costs nothing
    for (const ClusterState &cluster : std::as_const(fleet.clusters))
        before.append(cluster.last);
    take(Tick{});
    for (qsizetype i = 0; i < std::min(before.size(), fleet.clusters.size()); ++i) {
        const ClusterState &cluster = std::as_const(fleet.clusters).at(i);
        const auto &was = before.at(i);
        if (cluster.last && (!was || was->severity != cluster.last->severity || was->reasons != cluster.last->reasons
                || was->inForce != cluster.last->inForce))
            touch(cluster.spec.name);
    }
    lookAtTokens();
    keepMemory(false);
}

void Engine::Private::flushSoon()
{
    if (awaitingTaken || flushes.isActive() || (dirty.isEmpty() && !updateDue))
        return;
    const Milliseconds since = now().monotonic - lastFlush.monotonic;
    const Milliseconds soonest = updateDue ? Milliseconds(0) : std::min(gatherFor, options.flushEvery);
    flushes.start(std::clamp(options.flushEvery - since, soonest, options.flushEvery));
}

void Engine::Private::flush()
{
    if (awaitingTaken || (dirty.isEmpty() && !updateDue))
        return;
    FleetUpdate update;
    update.at = lastFlush = now();
    for (const ClusterState &cluster : std::as_const(fleet.clusters)) {
        update.order.append(cluster.spec.name);
        if (dirty.contains(cluster.spec.name))
            update.changed.append(judged(cluster, fleet.mode, update.at));
    }
    update.notices = notices + machineNotes;
    update.parsedReplies = std::exchange(parsed, {});
    update.requestsSent = std::exchange(sent, 0);
    dirty.clear();
    updateDue = false;
    awaitingTaken = true;
    Q_EMIT q.updated(update);
}

void Engine::Private::keepMemory(bool atOnce)
{
    const Milliseconds time = now().monotonic;
    if (options.stateFile.isEmpty())
        return;
    const QFileInfo file(options.stateFile);
    const bool byAnother = file.lastModified() != stateModified; // "quorate accept", another window: taken over at once
    if (!atOnce && !byAnother && time - keptAt < keepEvery)
        return;
    keptAt = time;
    const Memory memory = memoryOf(fleet);
    if (memory == kept && !byAnother)
        return;
    const auto both = mergeState(options.stateFile, memory);
    stateModified = QFileInfo(options.stateFile).lastModified();
    if (!both) { // tried again in a minute
        qCWarning(log).noquote() << both.error().text;
        return;
    }
    kept = both.value();
    if (kept != memory) {
        take(kept);
        touch({});
    }
}

void Engine::Private::stop()
{
    if (running) // one round alone reads the file and leaves it to the window
        keepMemory(true);
    running = roundAsked = false;
    polls.stop();
    ticks.stop();
    flushes.stop();
    for (const auto &[name, poller] : pollers)
        poller->cancel();
    secrets.stop();
    evidence.stop();
    fetcher.stop();
}

} // namespace quorate
