// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/cli/options.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Result<Arguments, UsageError> parsed(const QString &line) { return parseArguments(line.split(u' ', Qt::SkipEmptyParts)); }

} // namespace

/// The command line as a value, and what is said about a wrong one.
class TestArguments final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void nothingIsTheWindow()
    {
        const auto arguments = parseArguments({});
        QVERIFY(arguments);
        QVERIFY(arguments.value().command == Command::Window);
        QVERIFY(needsGui(arguments.value()));
    }

    void theWindow()
    {
        const Arguments arguments = parsed(u"--demo --scenario calm --picture out --size 3840x2160 --dark"_s).value();
        QVERIFY(needsGui(arguments));
        QVERIFY(arguments.demo && arguments.dark);
        QCOMPARE(arguments.scenario, u"calm"_s);
        QCOMPARE(arguments.pictureFolder, QDir::current().absoluteFilePath(u"out"_s));
        QCOMPARE(arguments.pictureSize, QSize(3840, 2160));
        QVERIFY(!needsGui(parsed(u"--help"_s).value()));
        QVERIFY(!needsGui(parsed(u"--version"_s).value()));
    }

    void status()
    {
        const Arguments arguments = parsed(u"status consul-prod -q osapi --format=nagios --config /c.toml --log-level debug"_s).value();
        QVERIFY(arguments.command == Command::Status);
        QVERIFY(!needsGui(arguments));
        QCOMPARE(arguments.clusters, QStringList({u"consul-prod"_s, u"osapi"_s}));
        QVERIFY(arguments.quiet && arguments.exitCode);
        QVERIFY(arguments.format == ReportFormat::Nagios);
        QCOMPARE(arguments.configPath, u"/c.toml"_s);
        QVERIFY(arguments.logLevel == LogLevel::Debug);
    }

    void optionsMayStandBeforeTheCommand()
    {
        const Arguments arguments = parsed(u"--config /c.toml --exit-code status a"_s).value();
        QVERIFY(arguments.command == Command::Status && arguments.exitCode);
        QCOMPARE(arguments.clusters, QStringList{u"a"_s});
    }

    void watchTakesANumberOnly()
    {
        QVERIFY(!parsed(u"status --watch"_s).value().watchEvery);
        QVERIFY(parsed(u"status --watch 5"_s).value().watchEvery == 5s);
        QVERIFY(parsed(u"status --watch=1m30s"_s).value().watchEvery == 90s);
        const Arguments arguments = parsed(u"status --watch consul-prod"_s).value();
        QVERIFY(arguments.watch && !arguments.watchEvery);
        QCOMPARE(arguments.clusters, QStringList{u"consul-prod"_s});
        QVERIFY(parsed(u"status --watch -q"_s).value().quiet);
    }

    void urls()
    {
        const Arguments arguments
            = parsed(u"status --system consul --url http://a:1 http://b:1 --url http://c:1 --timeout 2.5 --cacert /ca --cert /me --key /k "
                     "--insecure --servername n --token-env T --expected-voters 5 --name prod"_s)
                  .value();
        const UrlTarget &target = arguments.target;
        QCOMPARE(target.urls, QStringList({u"http://a:1"_s, u"http://c:1"_s, u"http://b:1"_s}));
        QVERIFY(arguments.clusters.isEmpty());
        QVERIFY(target.timeout == 2500ms);
        QVERIFY((target.tls == TlsSettings{u"/ca"_s, u"/me"_s, u"/k"_s, true, u"n"_s}));
        QCOMPARE(target.tokenVariable, u"T"_s);
        QVERIFY(target.expectedVoters == 5);
        QCOMPARE(target.name, u"prod"_s);
    }

    void wordsAfterTwoDashesAreNames() { QCOMPARE(parsed(u"status -- --odd -q"_s).value().clusters, QStringList({u"--odd"_s, u"-q"_s})); }

    void otherCommands()
    {
        QCOMPARE(parsed(u"doctor --save-replies /r x"_s).value().saveReplies, u"/r"_s);
        QCOMPARE(parsed(u"check-config my.toml"_s).value().configPath, u"my.toml"_s); // as typed: it stands before each mistake
        const Arguments demo = parsed(u"demo-server --port-base 9000 --scenario slow"_s).value();
        QCOMPARE(demo.portBase, quint16(9000));
        QCOMPARE(demo.scenario, u"slow"_s);
        QVERIFY(parsed(u"status --schema"_s).value().schema);
    }

    void mistakes_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("text"); // begins with
        const auto row
            = [](const char *line, const char *text) { QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(text); };
        row("stats", "unknown command \"stats\"; did you mean \"status\"?");
        row("frobnicate", "unknown command \"frobnicate\"; known are status, doctor");
        row("--hlep", "unknown option \"--hlep\"; did you mean \"--help\"?");
        row("status --formt json", "unknown option \"--formt\"; did you mean \"--format\"?");
        row("status --formt=json", "unknown option \"--formt\"; did you mean \"--format\"?");
        row("status --zzzzzz", "unknown option \"--zzzzzz\"");
        row("-platform offscreen", "unknown option \"-platform\"");
        row("status -x", "unknown option \"-x\"");
        row("status --help --zzzzzz", "unknown option \"--zzzzzz\"");
        row("status --format", "--format needs a value: --format F");
        row("status --format --exit-code", "--format needs a value");
        row("status --format=", "--format needs a value");
        row("status --format jsn", "--format: \"jsn\" is not one of text, json, nagios, prometheus; did you mean \"json\"?");
        row("status --format json --format text", "--format stands there twice");
        row("status --exit-code=1", "--exit-code takes no value");
        row("status --watch 0", "--watch: \"0\" is no number of seconds from 1 to 86400");
        row("status --log-level loud", "--log-level: \"loud\" is not one of debug, info, warning, critical");
        row("--watch", "--watch belongs to quorate status");
        row("doctor --watch", "--watch belongs to quorate status");
        row("status --save-replies x", "--save-replies belongs to quorate doctor");
        row("status --dark", "--dark belongs to the window");
        row("check-config --demo", "--demo belongs to the window and quorate status and quorate doctor");
        row("status --url http://a", "--url needs --system");
        row("status --system consul", "--system needs --url");
        row("status --system consl --url http://a", "--system: \"consl\" is not one of bufstream, consul, osapi; did you mean \"consul\"?");
        row("status --insecure", "--insecure needs --url");
        row("status --expected-voters 3", "--expected-voters needs --url");
        row("status --config c --system consul --url http://a", "--config and --url exclude each other");
        row("status --demo --system consul --url http://a", "--demo and --url exclude each other");
        row("status --demo --config c", "--config and --demo exclude each other");
        row("status --scenario calm", "--scenario needs --demo");
        row("status --demo --scenario clam", "--scenario: \"clam\" is not one of calm,");
        row("status --system consul --url http://a --token-env T --token-file f", "--token-env and --token-file exclude each other");
        row("status --system consul --url http://a --token-env sesame-open", "--token-env: this is no name of an environment variable");
        row("status --system consul --url http://a --key k", "--key needs --cert");
        row("status --system consul --url http://a --timeout soon", "--timeout: \"soon\" is no number of seconds from 0.1 to 300");
        row("status --system consul --url http://a --timeout 301", "--timeout: \"301\" is no number");
        row("status --system osapi --url http://a --expected-voters 3", "--expected-voters is for consul; nobody votes in osapi");
        row("check-config a --config b", "--config and \"a\" exclude each other");
        row("status --example", "--example belongs to quorate check-config");
        row("status --system consul --url http://a --expected-voters 0", "--expected-voters: \"0\" is no number of voters");
        row("demo-server --port-base 99999", "--port-base: \"99999\" is no port");
        row("demo-server x", "demo-server takes no \"x\"");
        row("check-config a b", "check-config takes one file, not 2");
        row("--size 800x600", "--size needs --picture");
        row("--picture p --size big", "--size: \"big\" is no size like 1366x768");
        row("--picture p --size 99999x10", "--size: \"99999x10\" is no size");
    }
    void mistakes()
    {
        QFETCH(QString, line);
        QFETCH(QString, text);
        const auto arguments = parsed(line);
        QVERIFY2(!arguments, "was accepted");
        QVERIFY2(arguments.error().text.startsWith(text), qPrintable(arguments.error().text));
        QVERIFY(!arguments.error().text.contains("sesame"_L1));
    }

    void helpWinsOverWhatIsMissing()
    {
        QVERIFY(parsed(u"status --url http://a --help"_s).value().help);
        QVERIFY(parsed(u"doctor -h"_s).value().command == Command::Doctor);
    }

    void helpNamesEveryOptionOfItsCommandAndNoOther()
    {
        for (const Command command : allCommands) {
            const QString help = helpText(command);
            for (const Option &option : options()) {
                const QRegularExpression line(
                    u"^  %1\\b"_s.arg(QRegularExpression::escape(option.name)), QRegularExpression::MultilineOption);
                QCOMPARE(help.contains(line), isFor(option, command));
            }
            QVERIFY(!help.contains(QRegularExpression(u"[^\\x00-\\x7f]"_s)));
        }
    }

    void errorsSayWhoseHelpTellsMore()
    {
        QVERIFY(parsed(u"status --formt x"_s).error().command == Command::Status);
        QVERIFY(parsed(u"--formt x"_s).error().command == Command::Window);
    }
};

QTEST_GUILESS_MAIN(TestArguments)
#include "test_arguments.moc"
