// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/fleet_models.h"
#include "tests/support/healthy.h"
#include "tests/support/one_round.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <map>
#include <memory>
#include <numeric>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
/// How its server answers each poll, and how many polls that lasts.
struct Phase {
    enum class Answer { Healthy, NotADocument, Reset } answer;
    int polls;
};
constexpr std::array phases{
    Phase{Phase::Answer::Healthy, 3},
    Phase{Phase::Answer::NotADocument, 6},
    Phase{Phase::Answer::Healthy, 9},
    Phase{Phase::Answer::Reset, 15},
    Phase{Phase::Answer::Healthy, 10},
};

Phase::Answer answerAt(int poll)
{
    for (const Phase &phase : phases) {
        if (poll < phase.polls)
            return phase.answer;
        poll -= phase.polls;
    }
    return phases.back().answer;
}

/// A server that goes through the phases, for one that asks it.
class Scripted {
public:
    explicit Scripted(const QString &system)
        : m_system(system)
        , m_server([this](const StubRequest &request) { return answer(request); })
    {
        if (!m_server.listen())
            qFatal("no port to listen on");
    }
    [[nodiscard]] QString url() const { return m_server.url(); }
    [[nodiscard]] int polls() const { return m_polls; }

private:
    /// The primary request alone: in which order the others of a poll come is not certain.
    StubAnswer answer(const StubRequest &request)
    {
        const Phase::Answer now = isPrimary(m_system, request.path) ? answerAt(m_polls++) : Phase::Answer::Healthy;
        if (now == Phase::Answer::NotADocument)
            return StubAnswer::http(200, "<html>Welcome</html>", "text/html");
        return now == Phase::Answer::Reset ? StubAnswer{.bytes = {}, .close = true, .reset = true} : healthyAnswer(m_system, request);
    }

    QString m_system;
    StubServer m_server;
    int m_polls = 0;
};

/// One server of each system.
struct Servers {
    std::map<QString, std::unique_ptr<Scripted>> servers;

    Servers()
    {
        for (const QString &system : allSystems)
            servers.emplace(system, std::make_unique<Scripted>(system));
    }
    [[nodiscard]] bool areDone() const
    {
        const int all = std::accumulate(phases.begin(), phases.end(), 0, [](int sum, const Phase &phase) { return sum + phase.polls; });
        return std::all_of(servers.begin(), servers.end(), [&](const auto &server) { return server.second->polls() >= all; });
    }
};

/// What was told of each cluster: "critical endpoint-down", each as often as it changed.
class Told {
public:
    Told() { m_clock.start(); }
    void add(const QString &cluster, const QString &verdict, bool isPending)
    {
        QList<Verdict> &verdicts = m_verdicts[cluster];
        if (verdicts.isEmpty() || verdicts.last().text != verdict)
            verdicts.append({verdict, m_clock.elapsed()});
        if (isPending)
            m_pending.insert(cluster);
    }
    [[nodiscard]] QString now(const QString &cluster) const
    {
        const QList<Verdict> verdicts = m_verdicts.value(cluster);
        return verdicts.isEmpty() ? QString() : verdicts.last().text;
    }
    /// From the first Ok on, without what stood for less time than two reports are apart: the command tells what is so once a second.
    [[nodiscard]] QStringList of(const QString &cluster) const
    {
        constexpr qint64 lasting = 2'500; // ms
        const QList<Verdict> verdicts = m_verdicts.value(cluster);
        QStringList texts;
        for (qsizetype i = 0; i < verdicts.size(); ++i) {
            const bool lasts = i + 1 == verdicts.size() || verdicts.at(i + 1).since - verdicts.at(i).since >= lasting;
            const QString &text = verdicts.at(i).text;
            if (lasts && (texts.isEmpty() ? text == u"ok"_s : texts.last() != text))
                texts.append(text);
        }
        return texts;
    }
    [[nodiscard]] bool wasPending(const QString &cluster) const { return m_pending.contains(cluster); }

private:
    struct Verdict {
        QString text;
        qint64 since;
    };
    QElapsedTimer m_clock;
    QMap<QString, QList<Verdict>> m_verdicts;
    QSet<QString> m_pending;
};

void take(Told &told, const ClusterStatus &cluster)
{
    QStringList words{name(cluster.severity)};
    for (const Reason &reason : cluster.reasons) {
        if (reason.clusterSeverity != Severity::Ok && !reason.foldedUnder && !reason.pending)
            words.append(name(reason.code));
    }
    told.add(cluster.name.text(), words.join(u' '), cluster.pending.has_value());
}

void take(Told &told, const QJsonObject &cluster)
{
    QStringList words{cluster.value(u"severity"_s).toString()};
    const QJsonArray reasons = cluster.value(u"reasons"_s).toArray();
    for (const QJsonValue &value : reasons) {
        const QJsonObject reason = value.toObject();
        if (reason.value(u"cluster_severity"_s) != u"ok"_s && !reason.contains(u"folded_under"_s) && !reason.contains(u"pending"_s))
            words.append(reason.value(u"code"_s).toString());
    }
    told.add(cluster.value(u"name"_s).toString(), words.join(u' '), cluster.contains(u"pending"_s));
}
} // namespace

/// DESIGN section 2: what the window says and what the command says can't differ. Both are told the same replies, poll by poll.
class TestWatchAsWindow final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void theSameVerdictsFromTheSameReplies();
};

void TestWatchAsWindow::theSameVerdictsFromTheSameReplies()
{
    const Servers forWindow, forCommand;

    FleetModels models;
    Engine engine;
    Told window;
    connect(&engine, &Engine::updated, &models, [&](const FleetUpdate &update) {
        models.apply(update);
        engine.taken();
        for (const ClusterStatus &cluster : update.changed)
            take(window, models.shown(cluster.name).value_or(cluster));
    });
    Config config;
    for (const auto &[system, server] : forWindow.servers)
        config.clusters.append(clusterOf(system, system, {server->url()}));
    engine.setConfig(config);
    engine.start();

    const QTemporaryDir home;
    QFile file(home.filePath(u"config.toml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const auto &[system, server] : forCommand.servers)
        file.write(u"[[cluster]]\nname = \"%1\"\nsystem = \"%1\"\nendpoints = [\"%2\"]\ninterval = \"1s\"\ntimeout = \"5s\"\n"_s
                       .arg(system, server->url())
                       .toUtf8());
    file.close();
    QProcess command;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, home.path());
    environment.insert(u"XDG_STATE_HOME"_s, home.path());
    command.setProcessEnvironment(environment);
    Told watch;
    connect(&command, &QProcess::readyReadStandardOutput, this, [&] {
        while (command.canReadLine()) {
            const QJsonArray clusters = QJsonDocument::fromJson(command.readLine()).object().value(u"clusters"_s).toArray();
            for (const QJsonValue &cluster : clusters)
                take(watch, cluster.toObject());
        }
    });
    command.start(
        QStringLiteral(QUORATE_BINARY), {u"status"_s, u"--config"_s, file.fileName(), u"--watch"_s, u"1"_s, u"--format"_s, u"json"_s});

    QTRY_VERIFY_WITH_TIMEOUT(forWindow.areDone() && forCommand.areDone(), 110'000);
    for (const QString &system : allSystems)
        QTRY_COMPARE_WITH_TIMEOUT(watch.now(system), u"ok"_s, 15'000);
    engine.stop();
    ::kill(pid_t(command.processId()), SIGINT);
    QTRY_COMPARE(command.state(), QProcess::NotRunning);
    QCOMPARE(command.exitCode(), 0);

    for (const QString &system : allSystems) {
        const QStringList verdicts = watch.of(system);
        QCOMPARE(verdicts.join(u"; "_s), window.of(system).join(u"; "_s));
        QVERIFY2(verdicts.size() == 5, qPrintable(verdicts.join(u"; "_s)));
        // A group whose other requests go on answering is not seen to be down.
        const QString down = system == "consul"_L1 ? u"raft-leader-unknown"_s : u"critical endpoint-down"_s;
        QVERIFY2(
            verdicts.at(1).contains(u"endpoint-not-understood"_s) && verdicts.at(3).contains(down), qPrintable(verdicts.join(u"; "_s)));
        QVERIFY(watch.wasPending(system) && window.wasPending(system));
    }
}

QTEST_GUILESS_MAIN(TestWatchAsWindow)
#include "test_watch_as_window.moc"
