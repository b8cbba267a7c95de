// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/fleet_models.h"
#include "tests/support/healthy.h"
#include "tests/support/one_round.h"

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
    enum class Answer { Healthy, BadGateway, Reset } answer;
    int polls;
};
constexpr std::array phases{
    Phase{Phase::Answer::Healthy, 3},
    Phase{Phase::Answer::BadGateway, 6},
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
    StubAnswer answer(const StubRequest &request)
    {
        if (isPrimary(m_system, request.path))
            m_now = answerAt(m_polls++);
        if (m_now == Phase::Answer::BadGateway)
            return StubAnswer::http(502, "<html>Bad gateway</html>", "text/html");
        return m_now == Phase::Answer::Reset ? StubAnswer{.bytes = {}, .close = true, .reset = true} : healthyAnswer(m_system, request);
    }

    QString m_system;
    StubServer m_server;
    int m_polls = 0;
    Phase::Answer m_now = Phase::Answer::Healthy;
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
    void add(const QString &cluster, const QString &verdict, bool isPending)
    {
        QStringList &verdicts = m_verdicts[cluster];
        if (verdicts.isEmpty() || verdicts.last() != verdict)
            verdicts.append(verdict);
        if (isPending)
            m_pending.insert(cluster);
    }
    [[nodiscard]] QStringList of(const QString &cluster) const { return m_verdicts.value(cluster); }
    [[nodiscard]] bool wasPending(const QString &cluster) const { return m_pending.contains(cluster); }

private:
    QMap<QString, QStringList> m_verdicts;
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
        QTRY_COMPARE_WITH_TIMEOUT(watch.of(system).value(watch.of(system).size() - 1), u"ok"_s, 15'000);
    engine.stop();
    ::kill(pid_t(command.processId()), SIGINT);
    QTRY_COMPARE(command.state(), QProcess::NotRunning);
    QCOMPARE(command.exitCode(), 0);

    for (const QString &system : allSystems) {
        const QStringList verdicts = watch.of(system).sliced(watch.of(system).indexOf(u"ok"_s));
        QCOMPARE(verdicts, window.of(system).sliced(window.of(system).indexOf(u"ok"_s)));
        QCOMPARE(verdicts.size(), 5);
        QVERIFY(verdicts.contains(u"critical endpoint-down"_s));
        QVERIFY(watch.wasPending(system) && window.wasPending(system));
    }
}

QTEST_GUILESS_MAIN(TestWatchAsWindow)
#include "test_watch_as_window.moc"
