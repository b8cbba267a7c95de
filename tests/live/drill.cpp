// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/drill.h"

#include "tests/live/expectation.h"

#include <QEventLoop>
#include <QRegularExpression>
#include <QTimer>

#include <algorithm>
#include <array>

namespace quorate::live {
using namespace Qt::StringLiterals;

namespace {
constexpr int healthyWithin = 120'000;
constexpr int settledWithin = 150'000;
constexpr int quiet = 11'000; ///< longer than the longest interval: nothing follows
constexpr int away = 2'000;
constexpr int backWithin = 30'000;
constexpr int betweenRestarts = 8'000; ///< autopilot calls a server stable

/// Waits with the events of this thread.
bool until(const std::function<bool()> &reached, int limit)
{
    QElapsedTimer timer;
    for (timer.start(); !reached();) {
        if (timer.elapsed() > limit)
            return false;
        QEventLoop loop;
        QTimer::singleShot(50, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

class Run {
public:
    Run(const Drill &drill, ConsulGroup &group)
        : m_drill(drill)
        , m_group(group)
        , m_fast(group, Milliseconds(1'000))
        , m_slow(group, Milliseconds(10'000))
        , m_watchers{&m_fast, &m_slow}
    {
    }

    QString operator()()
    {
        if (!until([&] { return m_fast.isHealthy() && m_slow.isHealthy(); }, healthyWithin))
            return told(u"the group was not healthy before the drill began"_s);
        Scene scene(m_group, m_group.serverAt(m_fast.status().raft.first().leader));
        QStringList problems;
        for (const Stage &stage : m_drill.stages) { // to the end in any case: the next drill finds the servers as they were
            const QString problem = problemOf(stage, scene, &stage == &m_drill.stages.last());
            if (!problem.isEmpty())
                problems.append(QString::fromUtf8(stage.done) + problem);
        }
        return problems.isEmpty() ? QString() : scene.withLetters(told(problems.join(u" -- ")));
    }

private:
    QString problemOf(const Stage &stage, Scene &scene, bool last)
    {
        for (Watcher *watcher : m_watchers) {
            watcher->forget();
            watcher->remark(QString::fromUtf8(stage.done));
            watcher->expectNoMore();
        }
        if (stage.trouble) {
            for (Watcher *watcher : m_watchers)
                watcher->expectTrouble();
        }
        stage.act(scene);
        const auto settled = [&](const Watcher *watcher) {
            return otherwise(QString::fromUtf8(stage.comesTo), {scene.withLetters(watcher->shown())}).isEmpty();
        };
        QString problem;
        if (!until([&] { return std::all_of(m_watchers.begin(), m_watchers.end(), settled); }, settledWithin))
            problem += u"; it never came to “%1”"_s.arg(QString::fromUtf8(stage.comesTo));
        // What is shown may be told a moment later, together with what comes along with it.
        const auto isTold = [&](const Watcher *watcher) { return problemOf(*watcher, expectedOf(stage, *watcher), scene).isEmpty(); };
        (void)until([&] { return std::all_of(m_watchers.begin(), m_watchers.end(), isTold); }, quiet);
        if (last)
            Scene::wait(quiet);
        for (const Watcher *watcher : m_watchers)
            problem += problemOf(*watcher, expectedOf(stage, *watcher), scene);
        return problem;
    }

    QString expectedOf(const Stage &stage, const Watcher &watcher) const
    {
        const bool slow = &watcher == &m_slow;
        QString expected = QString::fromUtf8(slow && stage.toldSlowly ? stage.toldSlowly : stage.told);
        return expected.replace(u">? "_s, slow ? u"? "_s : QString());
    }

    static QString problemOf(const Watcher &watcher, const QString &expected, const Scene &scene)
    {
        QStringList events = watcher.events();
        for (QString &event : events)
            event = scene.withLetters(event);
        const QString problem = otherwise(expected, events);
        const QString when = u"; polled every %1 s: "_s.arg(watcher.interval().count() / 1000);
        return (problem.isEmpty() ? QString() : when + problem)
            + (watcher.falseGreen().isEmpty() ? QString() : when + watcher.falseGreen());
    }

    QString told(const QString &problem) const { return u"%1\n%2\n%3\n"_s.arg(problem, m_fast.timeline(), m_slow.timeline()); }

    const Drill &m_drill;
    ConsulGroup &m_group;
    Watcher m_fast, m_slow;
    const std::array<Watcher *, 2> m_watchers;
};
} // namespace

Scene::Scene(ConsulGroup &servers, int leader)
    : group(servers)
{
    char16_t follower = u'A';
    for (int server = 1; server <= group.size(); ++server)
        m_letters.append(server == leader ? u"L"_s : QString(QChar(follower++)));
}

int Scene::server(const QString &letter) const { return int(m_letters.indexOf(letter)) + 1; }

QStringList Scene::letters() const
{
    QStringList followers = m_letters;
    followers.removeAll(u"L"_s);
    return followers + QStringList{u"L"_s};
}

QString Scene::withLetters(QString text) const
{
    for (int server = 1; server <= group.size(); ++server)
        text.replace(u"server-%1"_s.arg(server), m_letters.at(server - 1));
    // Several endpoints are told of in the order of their addresses, which is none of the letters.
    static const QRegularExpression several(u"(?<=\\()[A-Z](,[A-Z])+(?=\\))"_s);
    for (auto match = several.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        QStringList letters = found.captured().split(u',');
        letters.sort();
        text.replace(found.capturedStart(), found.capturedLength(), letters.join(u','));
    }
    return text;
}

void Scene::kill(const QString &letters)
{
    for (const QChar letter : letters)
        group.kill(server(letter));
}

void Scene::start(const QString &letters)
{
    for (const QChar letter : letters)
        group.start(server(letter));
}

void Scene::restart(const QString &letter)
{
    group.terminate(server(letter));
    until([&] { return group.hasEnded(server(letter)); }, backWithin);
    wait(away);
    group.start(server(letter));
    wait(betweenRestarts);
}

void Scene::wait(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

QString otherwise(const Drill &drill, ConsulGroup &group) { return Run(drill, group)(); }

} // namespace quorate::live
