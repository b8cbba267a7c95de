// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/endpoint_state.h"
#include "models/judge/folding.h"
#include "tests/unit/judge/over_time/watch.h"

#include <QTest>

#include <random>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
class Chance {
public:
    explicit Chance(unsigned seed)
        : m_engine(seed)
    {
    }
    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(m_engine); }
    QString of(const QStringList &list) { return list.at(below(int(list.size()))); }

private:
    std::mt19937 m_engine;
};

/// Every one has a hold: one sample of it decides nothing. Of what looks back by itself (agents, sections) there are stories of their own.
const QStringList bad{u"refused"_s, u"timeout"_s, u"reset"_s, u"dns"_s, u"bad-gateway"_s, u"malformed"_s, u"not-found"_s, u"rejected"_s,
    u"throttled"_s, u"tls"_s, u"slow"_s, u"skewed"_s, u"partial"_s, u"empty"_s, u"failed(storage)"_s, u"degraded(storage)"_s,
    u"members(2/3)"_s, u"members(1/3)"_s, u"migrations(1/2)"_s, u"connections(95/100)"_s, u"word(bad)"_s, u"contradicts"_s, u"dead(3)"_s,
    u"backlog(200)"_s};
const QStringList groups{u"A(leader) B C"_s, u"A(leader) B C(down)"_s, u"A(leader) B C(timeout)"_s, u"A(down) B(nobody) C(nobody)"_s,
    u"A(leader) B C(candidate term:9)"_s, u"A(leader) B(names:B) C"_s, u"A(timeout) B C; leads:A forward:timeout"_s,
    u"A(leader) B C; members:AB"_s, u"A(leader) B C; ghost:C"_s, u"A(leader) B C(contact:900)"_s, u"A(leader) B C; trails:C=900"_s,
    u"A(leader) B C; nonvoter:C"_s, u"A(leader) B C; autopilot:unhealthy"_s, u"A(timeout) B(timeout) C(timeout)"_s,
    u"A(rejected) B(rejected) C(rejected)"_s, u"A(down) B(down) C(candidate)"_s, u"A(leader) B(leader term:3) C"_s};

QString world(const QString &letters, Chance &chance)
{
    if (letters.front().isUpper())
        return chance.of(groups);
    QStringList words;
    for (const QChar letter : letters)
        words.append(letter + u':' + (chance.below(2) ? u"ok"_s : chance.of(bad)));
    return words.join(u' ');
}

/// Looks at every step of a watched cluster, and knows of it what the replies said and nothing else.
class Witness {
public:
    explicit Witness(Watch &watch)
        : m_watch(watch)
        , m_limit(evidenceLimit(watch.cluster().spec))
    {
        watch.afterEach = [this](const Input &input) { look(input); };
    }
    QString broken; ///< the first thing
    qint64 steps = 0, green = 0;

private:
    void look(const Input &input)
    {
        if (const auto *reply = std::get_if<Observation>(&input); reply && reply->primary) {
            m_failing[reply->endpoint] = reply->reach != Reach::Answered;
            if (reply->reach == Reach::Answered)
                m_answered[reply->endpoint] = reply->at.boot;
        }
        if (!broken.isEmpty())
            return;
        ++steps;
        const ClusterStatus status = m_watch.status();
        provenGreen(status);
        boundedPending(status);
        nothingHealsInSilence(status);
        m_before = status;
    }
    void provenGreen(const ClusterStatus &status)
    {
        if (status.severity != worstOf(status.reasons))
            broken = u"the severity is not the worst reason's"_s;
        if (status.severity != Severity::Ok || status.pending)
            return;
        ++green;
        for (const EndpointStatus &endpoint : status.endpoints) {
            if (endpoint.reach == Reach::NotPolled)
                continue;
            const bool fresh = m_answered.contains(endpoint.url) && m_watch.now.boot <= m_answered.value(endpoint.url) + m_limit;
            if (m_failing.value(endpoint.url) || !fresh)
                broken = u"green, although %1 does not answer"_s.arg(endpoint.url.text());
        }
    }
    void boundedPending(const ClusterStatus &status)
    {
        const bool goesOn = status.pending && m_before.pending;
        if (!goesOn || status.pending->since != m_before.pending->since || status.severity != m_before.severity
            || status.pending->severity != m_before.pending->severity)
            m_pendingSince = m_watch.now.boot;
        if (status.pending && m_watch.now.boot - m_pendingSince > m_limit + 1s)
            broken
                = u"pending for %1 s: %2; %3"_s.arg((m_watch.now.boot - m_pendingSince) / 1s).arg(m_watch.told(), codesOf(status.checking));
        const bool forNow = std::any_of(status.reasons.cbegin(), status.reasons.cend(),
            [&](const Reason &reason) { return reason.pending && counts(reason) && reason.clusterSeverity == status.severity; });
        const bool decided = std::any_of(status.reasons.cbegin(), status.reasons.cend(),
            [&](const Reason &reason) { return !reason.pending && counts(reason) && reason.clusterSeverity == status.severity; });
        if (status.severity == Severity::Unknown && forNow && !decided && !status.pending)
            broken = u"unknown for now, and not pending"_s;
    }
    /// Of an endpoint that has not answered since the last look nothing is gone but how it failed.
    void nothingHealsInSilence(const ClusterStatus &status)
    {
        for (const Reason &reason : std::as_const(m_before.reasons)) {
            if (reason.pending || reason.clusterSeverity == Severity::Ok || isHowItFailed(reason.code) || reason.endpoints.isEmpty())
                continue;
            const bool silent = std::all_of(
                reason.endpoints.cbegin(), reason.endpoints.cend(), [&](const QString &url) { return m_failing.value(EndpointUrl(url)); });
            const bool here = std::any_of(
                status.reasons.cbegin(), status.reasons.cend(), [&](const Reason &other) { return other.code == reason.code; });
            if (silent && !here)
                broken = name(reason.code) + u" healed in silence"_s;
        }
        const auto isGoingDown = [](const Reason &reason) { return isHowItFailed(reason.code) && !reason.pending; };
        const bool allSilent = std::none_of(m_failing.cbegin(), m_failing.cend(), [](bool failing) { return !failing; });
        const bool wasBad = std::any_of(m_before.reasons.cbegin(), m_before.reasons.cend(), isGoingDown);
        if (allSilent && wasBad && status.severity == Severity::Ok)
            broken = u"ok, although nobody answers"_s;
    }
    static QString codesOf(const QList<Reason> &reasons)
    {
        QStringList codes;
        for (const Reason &reason : reasons)
            codes.append(name(reason.code) + u' ' + reason.subject);
        return codes.join(u", "_s);
    }
    static bool isHowItFailed(ReasonCode code)
    {
        return name(code).startsWith("endpoint-"_L1) || code == ReasonCode::RaftLeaderUnknown || code == ReasonCode::NotPolled
            || code == ReasonCode::Stale;
    }

    Watch &m_watch;
    Milliseconds m_limit;
    QHash<EndpointUrl, bool> m_failing;
    QHash<EndpointUrl, Milliseconds> m_answered;
    ClusterStatus m_before;
    Milliseconds m_pendingSince{};
};

void clusters()
{
    QTest::addColumn<QString>("letters");
    QTest::addColumn<int>("seconds");
    for (const int seconds : {1, 10, 300}) {
        QTest::addRow("one endpoint, %d s", seconds) << u"a"_s << seconds;
        QTest::addRow("three endpoints, %d s", seconds) << u"abc"_s << seconds;
        QTest::addRow("a group, %d s", seconds) << u"ABC"_s << seconds;
    }
}
} // namespace

/// JUDGE section 1 over random histories. A failure prints its seed.
class TestRandomHistories : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everyStepKeepsTheInvariants_data() { clusters(); }
    void everyStepKeepsTheInvariants()
    {
        QFETCH(QString, letters);
        QFETCH(int, seconds);
        const Milliseconds interval = std::chrono::seconds(seconds);
        qint64 green = 0, steps = 0;
        for (unsigned seed = 1; seed <= 3; ++seed) {
            Chance chance(seed);
            Watch watch(letters, interval);
            Witness witness(watch);
            for (int i = 0; i < 8; ++i) {
                const bool calm = chance.below(3) == 0;
                QStringList well;
                for (const QChar letter : letters)
                    well.append(letter + u":ok"_s);
                const QString now = calm ? (letters.front().isUpper() ? groups.first() : well.join(u' ')) : world(letters, chance);
                watch.becomes(now);
                watch.pass(std::chrono::seconds(1 + chance.below(seconds > 10 ? 120 : 30)));
                if (chance.below(4) == 0)
                    watch.idle(std::chrono::seconds(chance.below(3 * seconds + 20)));
                QVERIFY2(witness.broken.isEmpty(), qPrintable(u"seed %1, %2: %3"_s.arg(seed).arg(now, witness.broken)));
            }
            green += witness.green;
            steps += witness.steps;
        }
        QVERIFY(steps > 200 && green > 0);
    }

    void aSingleBadSampleIsNoEvent_data() { clusters(); }
    void aSingleBadSampleIsNoEvent()
    {
        QFETCH(QString, letters);
        QFETCH(int, seconds);
        const bool group = letters.front().isUpper();
        Watch watch(letters, std::chrono::seconds(seconds));
        QStringList well;
        for (const QChar letter : letters)
            well.append(letter + u":ok"_s);
        const QString calm = group ? groups.first() : well.join(u' ');
        watch.becomes(calm);
        watch.pass(std::chrono::seconds(3 * seconds + 30));
        QCOMPARE(watch.told(), u"ok"_s);
        const auto changes = watch.changes();
        for (const QString &each : group ? groups : bad) {
            watch.becomes(group ? each : u"a:"_s + each);
            for (const QChar letter : group ? letters : letters.first(1))
                watch.poll(letter);
            watch.becomes(calm);
            watch.pass(40s);
            QVERIFY2(watch.changes() == changes, qPrintable(each + u": "_s + watch.changes().join(u"; ")));
            QVERIFY2(watch.told() == "ok"_L1, qPrintable(each + u": "_s + watch.told()));
        }
    }

    void theIntervalDecidesNothing_data()
    {
        QTest::addColumn<QString>("letters");
        for (const QString &letters : {u"a"_s, u"abc"_s, u"ABC"_s})
            QTest::newRow(qPrintable(letters)) << letters;
    }
    void theIntervalDecidesNothing()
    {
        QFETCH(QString, letters);
        for (unsigned seed = 1; seed <= 12; ++seed) {
            QStringList ends;
            for (const Milliseconds interval : {Milliseconds(2s), Milliseconds(10s), Milliseconds(30s)}) {
                Chance chance(seed);
                Watch watch(letters, interval);
                for (int i = 0; i < 4; ++i) {
                    watch.becomes(world(letters, chance));
                    watch.pass(std::chrono::seconds(1 + chance.below(40)));
                }
                watch.becomes(world(letters, chance));
                watch.pass(12min); // whatever came and went is forgotten by then
                ends.append(watch.told());
            }
            QVERIFY2(ends.count(ends.first()) == ends.size(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(ends.join(u" | "))));
        }
    }

    void nothingGrows()
    {
        for (const QString &letters : {u"abc"_s, u"ABC"_s}) {
            Chance chance(7);
            Watch watch(letters, 1s);
            qsizetype early = 0, late = 0, steps = 0;
            watch.afterEach = [&](const Input &) {
                ++steps;
                qsizetype size = watch.cluster().holds.list.size();
                for (const EndpointState &endpoint : std::as_const(watch.cluster().endpoints))
                    size += endpoint.verdict.holds.size() + endpoint.newest.size() + endpoint.understood.size();
                qsizetype &most = steps < 5'000 ? early : late;
                most = std::max(most, size);
            };
            while (steps < 10'000) {
                watch.becomes(world(letters, chance));
                watch.pass(std::chrono::seconds(1 + chance.below(40)));
                watch.events.clear();
            }
            QVERIFY2(late <= early + 8, qPrintable(u"%1: %2 after %3"_s.arg(letters).arg(late).arg(early)));
        }
    }
};

QTEST_APPLESS_MAIN(TestRandomHistories)
#include "tst_random_histories.moc"
