// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/never_green.h"

#include "app/poll/endpoint_poll.h"
#include "models/judge/endpoint_state.h"
#include "tests/support/healthy.h"
#include "tests/support/one_round.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
const ClusterName watched(u"watched"_s);

/// Counts, and tells at the end.
struct Count {
    int stages = 0;
    ~Count()
    {
        if (stages > 0)
            std::printf("False-green suite: %d cases\n", stages);
    }
};
Count count;

using Poll = QList<Observation>;

/// The observations of one poll, as the engine makes them.
Poll observed(const QString &system, QList<StoredReply> replies)
{
    const System *known = systemNamed(system);
    std::stable_sort(
        replies.begin(), replies.end(), [](const auto &a, const auto &b) { return a.reply.finished.boot < b.reply.finished.boot; });
    Poll poll;
    qsizetype last = -1;
    for (const StoredReply &stored : std::as_const(replies)) {
        poll.append(observationOf(stored.request, stored.reply, understood(*known, stored.request, stored.reply)));
        poll.last().cluster = watched;
        if (!poll.last().forwarded)
            last = poll.size() - 1;
    }
    if (last >= 0)
        poll[last].endpointDone = true;
    return poll;
}

const Poll &goodPoll(const QString &system)
{
    static QMap<QString, Poll> polls;
    if (!polls.contains(system)) {
        StubServer server(healthyServer(system));
        if (!server.listen())
            qFatal("no port to listen on");
        polls.insert(system, observed(system, oneRound({clusterOf(u"well"_s, system, {server.url()})}).replies));
    }
    return polls[system];
}

Poll refused(const QString &system)
{
    Poll poll{*std::find_if(goodPoll(system).begin(), goodPoll(system).end(), [](const Observation &one) { return one.primary; })};
    poll.first().reach = Reach::Refused;
    poll.first().error = u"connection refused"_s;
    poll.first().http = 0;
    poll.first().facts = {};
    poll.first().endpointDone = true;
    return poll;
}

/// A cluster of `size` endpoints and its clock. The last endpoint is the one with the fault.
class Life {
public:
    Life(const QString &system, int size, Milliseconds interval)
        : m_now(currentTime())
    {
        ClusterSpec spec;
        spec.name = watched;
        spec.system = system;
        spec.interval = interval;
        for (int i = 0; i < size; ++i)
            spec.endpoints.append(EndpointUrl(u"http://server-%1:80"_s.arg(i)));
        std::ignore = step(m_fleet, FleetSpec{spec}, m_now);
        m_newest.resize(size);
    }

    /// One round, the fault's endpoint last; then the interval passes. Returns the lie.
    QString round(const Poll &good, const Poll &ofFault, bool isGood)
    {
        const qsizetype size = spec().endpoints.size();
        for (qsizetype i = 0; i < size; ++i)
            tell(i, i + 1 < size ? good : ofFault, i + 1 < size || isGood);
        QString lie = lieNow();
        const Milliseconds interval = spec().interval;
        for (const Milliseconds &later : {interval / 2, interval - interval / 2}) {
            m_now = m_now + later;
            std::ignore = step(m_fleet, Tick{}, m_now);
            if (lie.isEmpty())
                lie = lieNow();
        }
        return lie;
    }

    [[nodiscard]] ClusterStatus status() const { return judged(m_fleet.clusters.first(), m_fleet.mode, m_now); }
    [[nodiscard]] const ClusterSpec &spec() const { return m_fleet.clusters.first().spec; }
    void ask(JudgeMode mode) { m_fleet.mode = mode; }

private:
    void tell(qsizetype endpoint, const Poll &poll, bool isGood)
    {
        for (Observation one : poll) {
            if (one.serverDate)
                *one.serverDate += m_now.wall - one.at.wall;
            m_now = m_now + 1ms;
            one.at = m_now;
            one.endpoint = spec().endpoints.at(endpoint);
            std::ignore = step(m_fleet, one, m_now);
        }
        m_newest[endpoint] = isGood;
    }

    /// By what was told alone: what is Ok and not being checked, although the newest poll of an endpoint was bad.
    QString lieNow()
    {
        const ClusterStatus now = status();
        const bool allGood = !m_newest.contains(false);
        if (now.severity == Severity::Ok && !now.pending && !allGood)
            return u"the cluster is Ok"_s;
        for (qsizetype i = 0; i < now.endpoints.size(); ++i) {
            if (now.endpoints.at(i).severity == Severity::Ok && !now.endpoints.at(i).pending && now.endpoints.at(i).reach == Reach::Answered
                && !m_newest.at(i) && now.severity == Severity::Ok && !now.pending)
                return u"the endpoint is Ok"_s;
        }
        const Milliseconds longest = 2 * spec().interval + spec().timeout;
        if (now.severity != Severity::Ok || !now.pending)
            m_undecided.reset();
        else if (!m_undecided)
            m_undecided = m_now.boot;
        else if (m_now.boot - *m_undecided > longest + spec().interval)
            return u"it has been Ok and pending for %1 s"_s.arg((m_now.boot - *m_undecided).count() / 1'000);
        return {};
    }

    Fleet m_fleet;
    Time m_now;
    QList<bool> m_newest; ///< whether the newest poll of each endpoint was good
    std::optional<Milliseconds> m_undecided; ///< since when it is Ok and pending
};

enum class Turn { Good, Bad, Refused };
struct Stage {
    const char *name;
    QList<Turn> turns;
    bool alternating = false; ///< each turn is one round; else as many as a hold may last
};
const QList<Stage> stages{
    {"first polls", {Turn::Bad}},
    {"while it is well", {Turn::Good, Turn::Bad}},
    {"while it is down", {Turn::Refused, Turn::Bad}},
    {"in turns with good ones", {Turn::Good, Turn::Bad, Turn::Good, Turn::Bad, Turn::Good, Turn::Bad, Turn::Good, Turn::Bad}, true},
    {"until it is well again", {Turn::Good, Turn::Bad, Turn::Good}},
};

/// A fault, and what it comes to without a past.
struct Fault {
    QString system;
    Poll poll;
    bool harmless = false; ///< Ok, as it is
    bool answers = false; ///< it is facts; those may say something that lasts longer than they do
};

Fault faultOf(const QString &system, const Poll &poll, int size)
{
    Life life(system, size, 10s);
    life.ask(JudgeMode::OneShot);
    std::ignore = life.round(goodPoll(system), poll, false);
    const bool answers = std::any_of(poll.begin(), poll.end(), [](const Observation &one) { return one.reach == Reach::Answered; });
    return {system, poll, life.status().severity == Severity::Ok, answers};
}

/// As long as endpoint-down is held back, the longest of what a reply alone can raise.
int roundsOf(Milliseconds interval) { return std::max<int>(5, static_cast<int>(18s / interval)); }

QString lieIn(const Stage &stage, const Fault &fault, int size, Milliseconds interval)
{
    Life life(fault.system, size, interval);
    const Poll good = goodPoll(fault.system), down = refused(fault.system);
    std::optional<Severity> well;
    for (const Turn turn : stage.turns) {
        const Poll &poll = turn == Turn::Good ? good : turn == Turn::Bad ? fault.poll : down;
        const bool isGood = turn == Turn::Good || (turn == Turn::Bad && fault.harmless);
        const int rounds = stage.alternating ? 1 : roundsOf(interval);
        for (int i = 0; i < rounds; ++i) {
            if (const QString lie = life.round(good, poll, isGood); !lie.isEmpty())
                return u"%1, %2 rounds after it became so"_s.arg(lie).arg(i);
        }
        if (stage.alternating)
            continue;
        const Severity now = life.status().severity;
        if (!isGood && now == Severity::Ok && !fault.answers)
            return u"it lasts, and is Ok"_s;
        if (turn == Turn::Good && well && *well != now && !fault.answers)
            return u"it is over, and is still %1"_s.arg(name(now));
        if (turn == Turn::Good)
            well = now;
    }
    return {};
}
} // namespace

QString lieAtSomeStage(const QString &system, const QList<StoredReply> &replies)
{
    const Poll poll = observed(system, replies);
    if (poll.isEmpty())
        return {};
    for (const int size : {1, 3}) {
        const Fault fault = faultOf(system, poll, size);
        const QList<Milliseconds> intervals = size == 1 ? QList<Milliseconds>{1s, 10s, 5min} : QList<Milliseconds>{10s};
        for (const Milliseconds interval : intervals) {
            for (const Stage &stage : stages) {
                ++count.stages;
                if (const QString lie = lieIn(stage, fault, size, interval); !lie.isEmpty())
                    return u"%1, every %2 s, 1 of %3: %4"_s.arg(QLatin1String(stage.name)).arg(interval.count() / 1'000).arg(size).arg(lie);
            }
        }
    }
    return {};
}

} // namespace quorate
