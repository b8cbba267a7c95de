// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo_clusters.h"
#include "models/status/hold_table.h"
#include "tests/unit/codes/expected.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <vector>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

namespace {
const QString binary = QStringLiteral(QUORATE_BINARY);
constexpr int patienceMs = 90'000;

int exitCodeOf(Severity severity)
{
    switch (severity) {
    case Severity::Ok:
        return 0;
    case Severity::Warning:
        return 1;
    case Severity::Critical:
        return 2;
    case Severity::Unknown:
        return 3;
    }
    return -1;
}

/// "warning {endpoint-slow}": what a report in JSON says of one cluster.
QString told(const QJsonObject &cluster)
{
    QStringList codes;
    const QJsonArray reasons = cluster[u"reasons"_s].toArray();
    for (const QJsonValue reason : reasons) {
        const QString code = reason[u"code"_s].toString();
        if (reason[u"cluster_severity"_s] != u"ok"_s && !reason[u"folded_under"_s].isString() && !codes.contains(code))
            codes.append(code);
    }
    codes.sort();
    return u"%1 {%2}"_s.arg(cluster[u"severity"_s].toString(), codes.join(u' '));
}

bool hasReason(const QJsonObject &cluster, const QString &code)
{
    const QJsonArray reasons = cluster[u"reasons"_s].toArray();
    return std::any_of(reasons.begin(), reasons.end(), [&](const QJsonValue &reason) { return reason[u"code"_s] == code; });
}

QJsonObject clusterIn(const QByteArray &report, const QString &name)
{
    const QJsonArray clusters = QJsonDocument::fromJson(report)[u"clusters"_s].toArray();
    for (const QJsonValue cluster : clusters) {
        if (cluster[u"name"_s] == name)
            return cluster.toObject();
    }
    return {};
}

QString wordOf(Severity severity) { return QString(name(severity)); }
} // namespace

/// Every reason code on the command line, asked of the simulated servers that raise it: verdict, codes and exit code.
class TestCodeCommands : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    [[nodiscard]] std::unique_ptr<QProcess> started(const QStringList &arguments)
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
        variables.insert(u"HOME"_s, m_home->path());
        variables.insert(u"XDG_STATE_HOME"_s, m_home->filePath(u"state"_s));
        process->setProcessEnvironment(variables);
        process->start(binary, arguments);
        return process;
    }

    /// As it is printed for people; `more` stands behind the defaults.
    [[nodiscard]] QString written(const DemoClusters &clusters, const QString &more = {})
    {
        QString text = clusters.configuration();
        text.replace("\ntimeout = \"3s\"\n\n"_L1, "\ntimeout = \"10s\"\n\n"_L1); // nothing is slow because the machine is busy
        text.insert(text.indexOf("\n[[cluster]]"_L1), more);
        QFile file(m_home->filePath(u"config.toml"_s));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text.toUtf8()) < 0)
            return {};
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        return file.fileName();
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_home = std::make_unique<QTemporaryDir>();
    }

    void oneShot();
    void watch();
    void theServerAloneRaisesAndHeals();
    void listsAllScenarios();
};

void TestCodeCommands::oneShot()
{
    DemoClusters clusters(u"codes"_s);
    clusters.show(DemoPhase::Raised);
    QVERIFY2(clusters.start(), qPrintable(clusters.errorText()));
    const QString config = written(clusters);
    struct Run {
        const Expected *expected;
        std::unique_ptr<QProcess> process;
    };
    std::vector<Run> runs;
    QStringList wrong;
    const auto finish = [&](size_t keep) {
        while (runs.size() > keep) {
            Run run = std::move(runs.front());
            runs.erase(runs.begin());
            QSignalSpy finished(run.process.get(), &QProcess::finished);
            if (run.process->state() != QProcess::NotRunning)
                QVERIFY(finished.wait(patienceMs));
            const QString code = QString::fromLatin1(run.expected->code);
            const Severity severity = run.expected->onceSeverity.value_or(run.expected->severity);
            const char *counted = run.expected->onceCounted ? run.expected->onceCounted : run.expected->counted;
            const QJsonObject cluster = clusterIn(run.process->readAllStandardOutput(), code);
            const QString is = u"%1, exit code %2"_s.arg(told(cluster)).arg(run.process->exitCode());
            const QString wanted = u"%1 {%2}, exit code %3"_s.arg(wordOf(severity), QString::fromLatin1(counted)).arg(exitCodeOf(severity));
            const bool judged = !run.expected->onceCounted;
            if (is != wanted || (judged && !hasReason(cluster, code)))
                wrong.append(u"%1: %2; expected %3"_s.arg(code, is, wanted));
        }
    };
    for (const Expected &row : expectedCodes()) {
        runs.push_back({&row,
            started({u"status"_s, QString::fromLatin1(row.code), u"--config"_s, config, u"--format"_s, u"json"_s, u"--exit-code"_s})});
        finish(3);
    }
    finish(0);
    QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
}

/// Holds by samples as they are, by time shortened to what a test may wait.
void TestCodeCommands::watch()
{
    // What takes longer than that is walked through in the window's models with a clock of its own.
    const QStringList tooLong{u"raft-leader-churn"_s, u"raft-term-churn"_s, u"endpoint-duplicate"_s, u"raft-leader-unknown"_s};
    QString limits = u"\n[defaults.limits]\n"_s;
    for (const HoldRow &row : holdTable())
        limits += u"%1 = { %2for = \"2s\" }\n"_s.arg(name(row.code), row.ownHistory ? u"bad = 2, "_s : QString());
    DemoClusters clusters(u"codes"_s);
    clusters.show(DemoPhase::Well);
    QVERIFY2(clusters.start(), qPrintable(clusters.errorText()));
    QStringList arguments{u"status"_s, u"--config"_s, written(clusters, limits), u"--watch"_s, u"1"_s, u"--format"_s, u"json"_s};
    for (const Expected &row : expectedCodes())
        arguments.append(QString::fromLatin1(row.code));
    const auto process = started(arguments);
    QByteArray unread;
    QStringList wrong;
    // Looks once at each report: the servers that are asked live in this thread too.
    const auto allAre = [&](const auto &expectedOf) {
        unread += process->readAllStandardOutput();
        const qsizetype end = unread.lastIndexOf('\n');
        if (end < 0)
            return false;
        const QJsonArray report = QJsonDocument::fromJson(unread.first(end).split('\n').last())[u"clusters"_s].toArray();
        unread.remove(0, end + 1);
        wrong.clear();
        for (const QJsonValue each : report) {
            const QJsonObject cluster = each.toObject();
            const QString name = cluster[u"name"_s].toString();
            const auto row = std::find_if(expectedCodes().begin(), expectedCodes().end(),
                [&](const Expected &expected) { return name == QLatin1String(expected.code); });
            const QString wanted = expectedOf(*row);
            const bool pending = cluster.contains(u"pending"_s);
            if (!tooLong.contains(name) && (told(cluster) != wanted || pending))
                wrong.append(u"%1: %2%3; expected %4"_s.arg(name, told(cluster), pending ? u", pending"_s : QString(), wanted));
        }
        return wrong.isEmpty() && report.size() == qsizetype(expectedCodes().size());
    };
    const auto well = [](const Expected &row) {
        return QLatin1String(row.code) == "nothing-to-observe"_L1 ? u"unknown {nothing-to-observe}"_s : u"ok {}"_s;
    };
    const auto raised = [](const Expected &row) { return u"%1 {%2}"_s.arg(wordOf(row.severity), QString::fromLatin1(row.counted)); };
    QVERIFY2(QTest::qWaitFor([&] { return allAre(well); }, patienceMs), qPrintable(u"before\n"_s + wrong.join(u'\n')));
    clusters.show(DemoPhase::Raised);
    QVERIFY2(QTest::qWaitFor([&] { return allAre(raised); }, patienceMs), qPrintable(u"raised\n"_s + wrong.join(u'\n')));
    clusters.show(DemoPhase::Cured);
    QVERIFY2(QTest::qWaitFor([&] { return allAre(well); }, patienceMs), qPrintable(u"cured\n"_s + wrong.join(u'\n')));
    QSignalSpy finished(process.get(), &QProcess::finished);
    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    QVERIFY(process->state() == QProcess::NotRunning || finished.wait(patienceMs));
    QCOMPARE(process->exitCode(), 3); // of the paused one: the worst that was said last
}

/// As a person does it: the printed configuration, and the Return key.
void TestCodeCommands::theServerAloneRaisesAndHeals()
{
    const auto server = started({u"demo-server"_s, u"--scenario"_s, u"code:migrations-behind"_s});
    QByteArray text;
    const auto says = [&](const QByteArray &words) {
        return QTest::qWaitFor(
            [&] {
                text += server->readAllStandardOutput();
                return text.contains(words);
            },
            patienceMs);
    };
    QVERIFY2(says("endpoints = ["), text.constData());
    QVERIFY(text.contains("# migrations-behind: migration 3 of 4"));
    QFile file(m_home->filePath(u"config.toml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    QVERIFY(file.setPermissions(QFileDevice::ReadOwner));
    const auto exitCode = [&] {
        const auto process = started({u"status"_s, u"--config"_s, file.fileName(), u"-q"_s});
        QSignalSpy finished(process.get(), &QProcess::finished);
        return process->state() == QProcess::NotRunning || finished.wait(patienceMs) ? process->exitCode() : -1;
    };
    QCOMPARE(exitCode(), 1);
    server->write("\n");
    QVERIFY(says("# healed"));
    QCOMPARE(exitCode(), 0);
    server->write("\n");
    QVERIFY(says("# broken"));
    QCOMPARE(exitCode(), 1);
    QSignalSpy finished(server.get(), &QProcess::finished);
    server->terminate();
    QVERIFY(server->state() == QProcess::NotRunning || finished.wait(patienceMs));
    QCOMPARE(server->exitCode(), 0);
}

void TestCodeCommands::listsAllScenarios()
{
    const auto process = started({u"demo-server"_s, u"--scenario"_s, u"list"_s});
    QSignalSpy finished(process.get(), &QProcess::finished);
    QVERIFY(process->state() == QProcess::NotRunning || finished.wait(patienceMs));
    QCOMPARE(process->exitCode(), 0);
    const QString text = QString::fromUtf8(process->readAllStandardOutput());
    for (const ReasonCode code : allReasonCodes())
        QVERIFY2(text.contains(u"  code:%1 "_s.arg(name(code))), qPrintable(name(code)));
    for (const QString &scenario : demoScenarios())
        QVERIFY2(text.contains(scenario), qPrintable(scenario));

    const auto unknown = started({u"demo-server"_s, u"--scenario"_s, u"code:raft-peer-isoladet"_s});
    QSignalSpy refused(unknown.get(), &QProcess::finished);
    QVERIFY(unknown->state() == QProcess::NotRunning || refused.wait(patienceMs));
    QCOMPARE(unknown->exitCode(), 3);
    const QByteArray error = unknown->readAllStandardError();
    QVERIFY2(error.contains("code:raft-peer-isolated") && error.contains("--scenario list"), error.constData());
}

QTEST_GUILESS_MAIN(TestCodeCommands)
#include "tst_code_commands.moc"
