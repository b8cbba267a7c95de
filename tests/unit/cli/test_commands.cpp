// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/stub_server.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {

const QString binary = QStringLiteral(QUORATE_BINARY);

struct Ended {
    int code = -1;
    QByteArray out, err;
};

QJsonObject json(const QByteArray &text) { return QJsonDocument::fromJson(text).object(); }

} // namespace

/// The program as a person or a script runs it: exit codes, what goes where, and how it ends.
class TestCommands final : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_home;

    [[nodiscard]] QProcessEnvironment environment() const
    {
        QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
        for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
            variables.remove(name);
        variables.insert(u"HOME"_s, m_home->path());
        variables.insert(u"XDG_CONFIG_HOME"_s, m_home->filePath(u"config"_s));
        variables.insert(u"XDG_STATE_HOME"_s, m_home->filePath(u"state"_s));
        variables.insert(u"SESAME"_s, u"open-sesame-4711"_s);
        return variables;
    }
    Ended end(QProcess &process)
    {
        // Not waitForFinished(): the servers that are asked live in this thread.
        QSignalSpy finished(&process, &QProcess::finished);
        if (process.state() != QProcess::NotRunning && !finished.wait(60'000))
            process.kill();
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
    }
    Ended run(const QStringList &arguments)
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(binary, arguments);
        return end(process);
    }
    Ended run(const QString &arguments) { return run(arguments.split(u' ', Qt::SkipEmptyParts)); }
    /// With "BIN" for the program.
    Ended shell(QString line)
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(u"/bin/sh"_s, {u"-c"_s, line.replace("BIN"_L1, binary)});
        return end(process);
    }
    QString configuration(const QByteArray &text)
    {
        const QString path = m_home->filePath(u"config/quorate/config.toml"_s);
        QDir().mkpath(m_home->filePath(u"config/quorate"_s));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            return {};
        return path;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_home = std::make_unique<QTemporaryDir>();
    }

    void helpAndVersionGoToStandardOutput()
    {
        for (const QString &line : {u"--help"_s, u"status --help"_s, u"doctor -h"_s, u"--version"_s, u"status --schema"_s}) {
            const Ended ended = run(line);
            QCOMPARE(ended.code, 0);
            QVERIFY(!ended.out.isEmpty());
            QCOMPARE(ended.err, QByteArray());
        }
        QCOMPARE(run(u"--version"_s).out, QByteArray("quorate " QUORATE_VERSION "\n"));
        QVERIFY(json(run(u"status --schema"_s).out).contains(u"$schema"_s));
    }

    void mistakesOfUseGoToStandardErrorAndGiveThree()
    {
        const Ended ended = run(u"status --formt json"_s);
        QCOMPARE(ended.code, 3);
        QCOMPARE(ended.out, QByteArray());
        QCOMPARE(
            ended.err, QByteArray("quorate: unknown option \"--formt\"; did you mean \"--format\"?\nTry \"quorate status --help\".\n"));
        QCOMPARE(run(u"stats"_s).code, 3);
    }

    void withoutADisplayTheWindowIsOneLine()
    {
        const Ended ended = run(QStringList());
        QCOMPARE(ended.code, 3);
        QCOMPARE(ended.err.count('\n'), 1);
        QVERIFY(ended.err.contains("quorate status"));
    }

    void exitCodes_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<int>("code");
        QTest::newRow("calm") << u"--scenario calm --exit-code"_s << 0;
        QTest::newRow("critical") << u"--scenario quorum-loss --exit-code"_s << 2;
        QTest::newRow("critical, not asked for") << u"--scenario quorum-loss"_s << 0;
        QTest::newRow("critical, quiet") << u"--scenario quorum-loss -q"_s << 2;
        QTest::newRow("critical, nagios") << u"--scenario quorum-loss --format nagios"_s << 2;
        QTest::newRow("unknown") << u"--scenario garbage --exit-code"_s << 3;
        QTest::newRow("one cluster of three") << u"--scenario quorum-loss --exit-code osapi-fleet"_s << 0;
    }
    void exitCodes()
    {
        QFETCH(QString, arguments);
        QFETCH(int, code);
        const Ended ended = run(u"status --demo "_s + arguments);
        QCOMPARE(ended.code, code);
        QCOMPARE(ended.err, QByteArray());
        QCOMPARE(ended.out.isEmpty(), arguments.endsWith(" -q"_L1));
    }

    void jsonIsSchemaOne()
    {
        const Ended ended = run(u"status --demo --scenario quorum-loss --format json"_s);
        const QJsonObject report = json(ended.out);
        QCOMPARE(report.value(u"schema"_s).toInt(), 1);
        QCOMPARE(report.value(u"severity"_s).toString(), u"critical"_s);
        QCOMPARE(report.value(u"clusters"_s).toArray().size(), 3);
    }

    void clustersByName()
    {
        const Ended one = run(u"status --demo --scenario calm --format json consul-prod"_s);
        QCOMPARE(json(one.out).value(u"clusters"_s).toArray().size(), 1);
        const Ended none = run(u"status --demo --scenario calm consul-prd"_s);
        QCOMPARE(none.code, 3);
        QCOMPARE(none.out, QByteArray());
        QCOMPARE(none.err, QByteArray("quorate: no cluster is named \"consul-prd\"; did you mean \"consul-prod\"?\n"));
    }

    void aConfigurationWithMistakesIsRefused()
    {
        const QString path = configuration("[[cluster]]\nname = 'a'\nsystem = 'consl'\nendpoints = ['http://me:open-sesame-4711@a']\n");
        const Ended ended = run(u"status"_s);
        QCOMPARE(ended.code, 3);
        QCOMPARE(ended.out, QByteArray());
        QCOMPARE(ended.err.count('\n'), 2);
        QVERIFY2(ended.err.startsWith(
                     "~/config/quorate/config.toml:3:10: cluster[1].system: unknown system \"consl\"; did you mean \"consul\"?\n"),
            ended.err.constData());
        QVERIFY(!ended.err.contains("sesame"));
        const Ended checked = run({u"check-config"_s, path});
        QCOMPARE(checked.code, 1);
        QCOMPARE(checked.err, QByteArray());
        QVERIFY2(checked.out.startsWith(path.toUtf8() + ":3:10: cluster[1].system: "), checked.out.constData());
    }

    void checkConfig()
    {
        QCOMPARE(run(u"check-config /nowhere.toml"_s).code, 3);
        const QString path
            = configuration("[[cluster]]\nname = 'a'\nsystem = 'consul'\nendpoints = ['http://a{1..3}:1']\ntoken = 'open-sesame-4711'\n");
        QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner));
        QCOMPARE(run(u"check-config"_s).out, path.toUtf8() + ": no mistake; 1 cluster, 3 endpoints\n");
        QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::ReadOther));
        const Ended warned = run(u"check-config"_s);
        QCOMPARE(warned.code, 0);
        QVERIFY2(
            warned.out.startsWith(path.toUtf8() + ":5:9: warning: cluster[1].token: the token stands in a file"), warned.out.constData());
        QVERIFY(!warned.out.contains("sesame"));
    }

    void noConfigurationSaysWhatToDo()
    {
        const Ended ended = run(u"status"_s);
        QCOMPARE(ended.code, 3);
        QVERIFY(ended.err.contains("quorate status --demo"));
        QVERIFY(!QDir(m_home->filePath(u"config"_s)).exists());
    }

    void aRefusedUrlIsCritical()
    {
        const Ended ended = run(u"status --system consul --url http://127.0.0.1:1 --exit-code"_s);
        QCOMPARE(ended.code, 2);
        QVERIFY(ended.out.contains("refused"));
        QVERIFY2(!QDir(m_home->filePath(u"state"_s)).exists(), "one round must not write the state");
    }

    void theVendorsTable()
    {
        QFile fixture(QStringLiteral(QUORATE_FIXTURES "/bufstream/SYNTHETIC_shape_A_array_of_objects.json"));
        QVERIFY(fixture.open(QIODevice::ReadOnly));
        const QByteArray body = fixture.readAll();
        StubServer server([&](const StubRequest &) { return StubAnswer::http(200, body); });
        QVERIFY(server.listen());
        const Ended ended = run(u"status --system bufstream --url "_s + server.url());
        QCOMPARE(ended.code, 0);
        static const QRegularExpression head(u"\\AName +Status +Message\n"_s);
        QVERIFY2(head.match(QString::fromUtf8(ended.out)).hasMatch(), ended.out.constData());
        QVERIFY(ended.out.contains("3/3 member(s) healthy"));
    }

    void tokensReachTheServerAndNothingElse()
    {
        StubServer server([](const StubRequest &request) { // a server that repeats what it was asked with
            QByteArray all;
            for (const auto &[name, value] : request.headers)
                all += name + ": " + value + '\n';
            return StubAnswer::http(403, all, "text/plain", {{"X-Echo", all.simplified()}, {"Set-Cookie", "open-sesame-4711"}});
        });
        QVERIFY(server.listen());
        const QString target = u"--system consul --token-env SESAME --url "_s + server.url();
        const QString folder = m_home->filePath(u"replies"_s);
        const Ended doctor = run(u"doctor --log-level debug --save-replies "_s + folder + u' ' + target);
        QCOMPARE(doctor.code, 0);
        const QList<StubRequest> seen = server.seen();
        QVERIFY(std::any_of(seen.begin(), seen.end(), [](const StubRequest &request) {
            return request.headers.contains({"X-Consul-Token", "open-sesame-4711"});
        }));
        QVERIFY2(!doctor.out.contains("sesame") && !doctor.err.contains("sesame"), (doctor.out + doctor.err).constData());
        QVERIFY(doctor.out.contains("from the environment variable SESAME"));
        const QStringList files = QDir(folder).entryList(QDir::Files);
        QVERIFY(files.size() >= 2);
        for (const QString &name : files) {
            QFile file(folder + u'/' + name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("sesame"), qPrintable(name));
        }
    }

    void doctorExplains()
    {
        const Ended ended = run(u"doctor --system osapi --url http://127.0.0.1:1"_s);
        QCOMPARE(ended.code, 0);
        QVERIFY2(ended.out.contains("FAIL") && ended.out.contains("nothing listens on that port"), ended.out.constData());
    }

    /// Somebody waits on it: what is known is told, while another check goes on.
    void doctorTellsEachCheckWhenItIsDone()
    {
        StubServer quick([](const StubRequest &) { return StubAnswer::http(200, "[]"); });
        StubServer hanging([](const StubRequest &) {
            StubAnswer answer = StubAnswer::http(200, "[]");
            answer.delayMs = 600'000;
            return answer;
        });
        QVERIFY(quick.listen() && hanging.listen());
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(binary, u"doctor --system bufstream --timeout 4 --url %1 --url %2"_s.arg(quick.url(), hanging.url()).split(u' '));
        QByteArray told;
        const auto tells = [&](const QByteArray &text) {
            told += process.readAllStandardOutput();
            return told.contains(text);
        };
        QTRY_VERIFY2_WITH_TIMEOUT(tells("GET /-/status"), told.constData(), 15'000); // of the first one
        QTRY_VERIFY2_WITH_TIMEOUT(tells(hanging.url().toUtf8() + "\n    name"), told.constData(), 15'000);
        QVERIFY(!tells("timed out"));
        QCOMPARE(process.state(), QProcess::Running);
        const Ended ended = end(process);
        QCOMPARE(ended.code, 0);
        told += ended.out;
        QVERIFY2(told.indexOf("Reply not understood") > told.indexOf(hanging.url().toUtf8()), told.constData()); // why, at the end
        QCOMPARE(told.count(quick.url().toUtf8() + '\n'), 1);
    }

    void whoHasNoConfigurationIsToldHowToGetOne()
    {
        for (const QString &command : {u"check-config"_s, u"status"_s, u"doctor"_s}) {
            const Ended ended = run(command);
            QCOMPARE(ended.code, 3);
            QVERIFY2(ended.err.contains("\"quorate check-config --example\" prints one"), ended.err.constData());
        }
        const Ended example = run(u"check-config --example"_s);
        QCOMPARE(example.code, 0);
        const QString path = configuration(example.out);
        const Ended checked = run(u"check-config --config "_s + path);
        QCOMPARE(checked.code, 0);
        QCOMPARE(checked.out, path.toUtf8() + ": no mistake; 0 clusters, 0 endpoints\n");
    }

    void aReaderThatLeavesIsNoFault()
    {
        const Ended ended = shell(u"{ BIN status --demo --scenario quorum-loss --exit-code; echo code $? >&2; } | head -n 1"_s);
        QCOMPARE(ended.out.count('\n'), 1);
        QCOMPARE(ended.err, QByteArray("code 2\n"));
        const Ended watched = shell(u"{ BIN status --demo --scenario calm --watch 1 --format json; echo code $? >&2; } | head -n 1"_s);
        QCOMPARE(watched.err, QByteArray("code 0\n"));
    }

    void aFullDiskIsSaid()
    {
        const Ended ended = shell(u"BIN status --demo --scenario calm > /dev/full"_s);
        QCOMPARE(ended.code, 3);
        QVERIFY2(ended.err.startsWith("quorate: standard output can't be written: "), ended.err.constData());
    }

    void watchingEndsWithTheLastVerdictsCode()
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(binary, u"status --demo --scenario quorum-loss --watch 1 --format json"_s.split(u' '));
        QByteArray lines;
        const auto read = [&] {
            lines += process.readAllStandardOutput();
            return lines.count('\n');
        };
        // Until it has lasted, what the first rounds show is being checked: the code is that of the verdict that stands at the end.
        const auto isDecided = [&] {
            if (read() < 2)
                return false;
            const QByteArray whole = lines.left(lines.lastIndexOf('\n'));
            return json(whole.mid(whole.lastIndexOf('\n') + 1)).value(u"severity"_s) == u"critical"_s;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isDecided(), 60'000);
        ::kill(pid_t(process.processId()), SIGINT);
        const Ended ended = end(process);
        QCOMPARE(ended.code, 2);
        QCOMPARE(ended.err, QByteArray());
        lines.chop(1);
        for (const QByteArray &line : lines.split('\n')) {
            QCOMPARE(json(line).value(u"schema"_s).toInt(), 1);
            QVERIFY2(json(line).value(u"severity"_s) != u"ok"_s || json(line).value(u"pending"_s).isObject(), line.constData());
        }
    }

    void aDemoServerIsAskedByAnotherCommand()
    {
        QProcess server;
        server.setProcessEnvironment(environment());
        server.start(binary, {u"demo-server"_s, u"--scenario"_s, u"calm"_s});
        QByteArray text;
        const auto read = [&] {
            text += server.readAllStandardOutput();
            return text.contains("osapi-fleet");
        };
        QTRY_VERIFY_WITH_TIMEOUT(read(), 30'000);
        QVERIFY(QTest::qWaitFor([&] { return text.endsWith('\n') && (read(), true); }));
        const QString path = configuration(text);
        QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner));
        QVERIFY2(run(u"check-config"_s).code == 0, run(u"check-config"_s).out.constData());
        const Ended asked = run(u"status --exit-code"_s);
        QCOMPARE(asked.code, 0);
        QVERIFY2(asked.err.isEmpty(), asked.err.constData());
        ::kill(pid_t(server.processId()), SIGTERM);
        QCOMPARE(end(server).code, 0);
        QCOMPARE(run(u"status --exit-code"_s).code, 2); // all of them are gone
    }

    void anUnknownScenarioNamesTheOthers()
    {
        const Ended ended = run(u"demo-server --scenario clam"_s);
        QCOMPARE(ended.code, 3);
        QVERIFY(ended.err.contains("calm, tour") && ended.err.contains("did you mean \"calm\"?"));
    }
};

QTEST_GUILESS_MAIN(TestCommands)
#include "test_commands.moc"
