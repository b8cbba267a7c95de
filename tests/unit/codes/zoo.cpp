// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/codes/zoo.h"

#include "app/config/parse_config.h"

#include <QTest>

#include <algorithm>

namespace quorate::test {
using namespace Qt::StringLiterals;

namespace {
constexpr int roundMs = 20'000;
constexpr Milliseconds tick{2'000};
constexpr qsizetype atOnce = 12; ///< clusters

QString joined(QStringList words)
{
    words.removeDuplicates();
    words.sort();
    return words.join(u' ');
}
} // namespace

Zoo::Zoo(const QString &scenario, Milliseconds interval)
    : clusters(scenario)
    , engine(EngineOptions{.clock = [this] { return now(); }, .networkEvidence = [](const NetworkQuestion &) { return NetworkEvidence(); }})
    , m_interval(interval)
{
    connect(&engine, &Engine::updated, this, [this](const FleetUpdate &update) {
        models.apply(update);
        engine.taken();
    });
}

Zoo::~Zoo() { engine.stop(); }

Time Zoo::now() const { return currentTime() + m_ahead; }

bool Zoo::start(const QStringList &without)
{
    if (!clusters.start()) {
        error = clusters.errorText();
        return false;
    }
    const auto parsed = parseConfig(clusters.configuration().toUtf8(), QString(), {u"bufstream"_s, u"consul"_s, u"osapi"_s});
    if (!parsed) {
        for (const ConfigMistake &mistake : parsed.error().mistakes)
            error += mistakeLine(u"demo"_s, mistake) + u'\n';
        return false;
    }
    config = parsed.value();
    config.clusters.removeIf([&](const ClusterConfig &cluster) { return without.contains(cluster.spec.name.text()); });
    for (ClusterConfig &cluster : config.clusters)
        cluster.spec.interval = m_interval;
    engine.setConfig(config);
    engine.start();
    return true;
}

/// A few clusters at a time: their servers live in this thread, and two hundred answers at once would look slow.
bool Zoo::pollAll()
{
    for (qsizetype first = 0; first < config.clusters.size(); first += atOnce) {
        const QList<ClusterConfig> some = config.clusters.mid(first, atOnce);
        for (const ClusterConfig &cluster : some)
            engine.pollNow(cluster.spec.name);
        const auto isOver = [&] {
            return std::all_of(some.cbegin(), some.cend(),
                [this](const ClusterConfig &cluster) { return cluster.spec.paused || engine.isPolled(cluster.spec.name); });
        };
        if (QTest::qWaitFor(isOver, roundMs))
            continue;
        for (const ClusterConfig &cluster : some) {
            if (!cluster.spec.paused && !engine.isPolled(cluster.spec.name))
                error += cluster.spec.name.text() + u" is not polled to the end; "_s;
        }
        return false;
    }
    return true;
}

bool Zoo::pass(int rounds)
{
    for (int round = 0; round < rounds; ++round) {
        wait(m_interval - tick);
        if (!pollAll())
            return false;
        // The engine looks at everything each second, replies or not; its own tick is too slow for a time that leaps.
        wait(tick);
        engine.apply({Intent::Kind::Unmute, ClusterName(u"none"_s), {}});
    }
    return true;
}

void Zoo::wait(Milliseconds time)
{
    m_ahead += time;
    clusters.advance(time);
    models.setNow(now());
}

ClusterStatus Zoo::status(const QString &cluster) const
{
    for (const ClusterStatus &one : engine.status().clusters) {
        if (one.name.text() == cluster)
            return one;
    }
    return {};
}

ClusterStatus Zoo::shown(const QString &cluster)
{
    const ClusterStatus wanted = status(cluster);
    const auto isThere = [&] {
        models.setNow(now());
        const auto shown = models.shown(ClusterName(cluster));
        return shown && shown->observed == wanted.observed && shown->reasons.size() == wanted.reasons.size();
    };
    (void)QTest::qWaitFor(isThere, roundMs);
    return models.shown(ClusterName(cluster)).value_or(ClusterStatus());
}

QStringList Zoo::names() const
{
    QStringList names;
    for (const ClusterConfig &cluster : config.clusters)
        names.append(cluster.spec.name.text());
    return names;
}

QString counted(const ClusterStatus &status)
{
    QStringList codes;
    for (const Reason &reason : status.reasons) {
        if (!reason.foldedUnder && reason.clusterSeverity != Severity::Ok)
            codes.append(name(reason.code));
    }
    return joined(codes);
}

QString beside(const ClusterStatus &status)
{
    QStringList codes;
    for (const Reason &reason : status.reasons) {
        if (reason.foldedUnder)
            codes.append(name(reason.code) + u'<' + name(*reason.foldedUnder));
        else if (reason.clusterSeverity == Severity::Ok)
            codes.append(name(reason.code));
    }
    return joined(codes);
}

const Reason *reasonOf(const ClusterStatus &status, const QString &code)
{
    const auto found
        = std::find_if(status.reasons.cbegin(), status.reasons.cend(), [&](const Reason &reason) { return name(reason.code) == code; });
    return found == status.reasons.cend() ? nullptr : &*found;
}

} // namespace quorate::test
