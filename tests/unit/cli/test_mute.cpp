// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/cli/options.h"
#include "app/poll/engine.h"
#include "app/poll/state_file.h"
#include "models/judge/maintenance.h"
#include "tests/unit/cli/person.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using test::Ended, test::Person;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Result<Arguments, UsageError> parsed(const QString &line) { return parseArguments(line.split(u' ', Qt::SkipEmptyParts)); }

/// Nothing here answers, and nothing has to: the command polls nothing.
const QByteArray configuration
    = "[[cluster]]\nname = 'consul-prod'\nsystem = 'consul'\nendpoints = ['http://server-{1..2}:8500']\n"
      "[[cluster]]\nname = 'osapi'\nsystem = 'osapi'\nendpoints = ['http://one:8080', 'http://one:8081', "
      "'http://server-2:9000']\nmaintenance = [ { until = 2999-01-01T00:00:00Z, endpoints = ['http://one:8080'], "
      "note = 'planned' } ]\n";
const ClusterName consul(u"consul-prod"_s), osapi(u"osapi"_s);
} // namespace

/// `quorate mute`: as arguments, as a person runs it, and as a running window takes it up.
class TestMute final : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<Person> m_person;

    Ended run(const QString &line) const { return m_person->run(line); }
    [[nodiscard]] QString stateFile() const { return m_person->stateFile(); }
    [[nodiscard]] QList<Maintenance> kept(const ClusterName &cluster) const
    {
        QList<Maintenance> list = readState(stateFile()).value().value(cluster).maintenance;
        list.removeIf([](const Maintenance &maintenance) { return maintenance.until <= currentTime().wall; });
        return list;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_person = std::make_unique<Person>();
        QVERIFY(m_person->configure(configuration));
    }

    void arguments()
    {
        const Arguments two = parsed(u"mute consul-prod 2h --note upgrade --config /c.toml"_s).value();
        QVERIFY(two.command == Command::Mute && two.muteName == u"consul-prod"_s && two.muteFor == 2h && two.note == u"upgrade"_s);
        QVERIFY(parsed(u"mute a 1m"_s).value().muteFor == 1min && parsed(u"mute a 30d"_s).value().muteFor == longestMute);
        QVERIFY(parsed(u"mute a 1h30m"_s).value().muteFor == 90min);
        const Arguments off = parsed(u"mute a off"_s).value();
        QVERIFY(off.muteName == u"a"_s && !off.muteFor);
        QVERIFY(parsed(u"mute"_s).value().muteName.isEmpty());
        QVERIFY(helpText(Command::Mute).contains(u"--note"_s) && helpText(Command::Window).contains(u"  mute "_s));
    }

    void mistakes_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("told");
        const auto row = [](const char *line, const QString &told) { QTest::newRow(line) << QString::fromUtf8(line) << told; };
        row("mute a", u"mute takes a name and a time, like \"quorate mute consul-prod 2h\", or \"off\" instead of the time"_s);
        row("mute a 2h b", u"mute takes a name and a time"_s);
        row("mute a soon", u"\"soon\" is not a time; write 30m, 2h, 1d or off"_s);
        row("mute a 2", u"\"2\" is not a time"_s);
        row("mute a -2h", u"unknown option \"-2h\""_s);
        row("mute a 31d", u"31d is out of range; write 1m to 30d"_s);
        row("mute a 1s", u"1s is out of range; write 1m to 30d"_s);
        row("mute --note x", u"--note needs a name and a time"_s);
        row("mute a off --note x", u"--note and \"off\" exclude each other"_s);
        row("mute a 2h --noet x", u"unknown option \"--noet\"; did you mean \"--note\"?"_s);
        row("status --note x", u"--note belongs to quorate mute"_s);
        row("mut a 2h", u"unknown command \"mut\"; did you mean \"mute\"?"_s);
        row("mute a 2h --demo", u"--demo belongs to"_s);
    }
    void mistakes()
    {
        QFETCH(QString, line);
        QFETCH(QString, told);
        const auto arguments = parsed(line);
        QVERIFY2(!arguments, "a mistake was accepted");
        QVERIFY2(arguments.error().text.startsWith(told), qPrintable(arguments.error().text));
    }

    void aClusterForTwoHours()
    {
        const Instant before = currentTime().wall;
        const Ended muted = m_person->run(QStringList{u"mute"_s, u"consul-prod"_s, u"2h"_s, u"--note"_s, u"rack move"_s});
        QCOMPARE(muted.err, QByteArray());
        QCOMPARE(muted.code, 0);
        QVERIFY2(muted.out.startsWith("consul-prod: in maintenance until ") && muted.out.endsWith(" (rack move)\n"), muted.out.constData());
        QCOMPARE(kept(consul).size(), 1);
        const Maintenance one = kept(consul).first();
        QVERIFY(one.until >= before + 2h && one.until < before + 2h + 1min);
        QVERIFY(one.endpoints.isEmpty() && one.note == u"rack move"_s && one.asked);
        QVERIFY(run(u"mute"_s).out.startsWith(muted.out)); // listed
        // The newer one takes its place.
        QCOMPARE(run(u"mute consul-prod 30m"_s).code, 0);
        QVERIFY(kept(consul).size() == 1 && kept(consul).first().until < before + 1h && kept(consul).first().note.isEmpty());

        const Ended off = run(u"mute consul-prod off"_s);
        QVERIFY2(off.code == 0 && off.out == "consul-prod: no longer in maintenance\n" && off.err.isEmpty(), off.err.constData());
        QVERIFY(kept(consul).isEmpty());
        const Ended again = run(u"mute consul-prod off"_s);
        QVERIFY(again.code == 0 && again.out == "consul-prod: was not in maintenance\n");
    }

    void anEndpointByEachOfItsNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("cluster");
        QTest::addColumn<QString>("url");
        QTest::newRow("host") << u"server-1"_s << u"consul-prod"_s << u"http://server-1:8500"_s;
        QTest::newRow("URL") << u"http://server-1:8500"_s << u"consul-prod"_s << u"http://server-1:8500"_s;
        QTest::newRow("URL written otherwise") << u"HTTP://Server-1:8500/"_s << u"consul-prod"_s << u"http://server-1:8500"_s;
        QTest::newRow("label with port, where hosts repeat") << u"one:8081"_s << u"osapi"_s << u"http://one:8081"_s;
    }
    void anEndpointByEachOfItsNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, cluster);
        QFETCH(QString, url);
        const Ended muted = run(u"mute %1 1d"_s.arg(name));
        QVERIFY2(muted.code == 0 && muted.err.isEmpty(), muted.err.constData());
        QCOMPARE(kept(ClusterName(cluster)).size(), 1);
        QCOMPARE(kept(ClusterName(cluster)).first().endpoints, QList{EndpointUrl(url)});
        QCOMPARE(run(u"mute %1 off"_s.arg(name)).code, 0);
        QVERIFY(kept(ClusterName(cluster)).isEmpty());
    }

    void namesThatDoNotFit_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("told");
        QTest::newRow("two clusters have it") << u"server-2"_s
                                              << QByteArray(
                                                     "quorate: \"server-2\" is what several are called: consul-prod, http://server-2:8500; "
                                                     "osapi, http://server-2:9000\n");
        QTest::newRow("two ports") << u"one"_s
                                   << QByteArray(
                                          "quorate: \"one\" is what several are called: osapi, http://one:8080; osapi, http://one:8081\n");
        QTest::newRow("mistyped") << u"consul-prd"_s
                                  << QByteArray(
                                         "quorate: no cluster and no endpoint is called \"consul-prd\"; did you mean \"consul-prod\"?\n");
        QTest::newRow("mistyped host") << u"server-l"_s
                                       << QByteArray(
                                              "quorate: no cluster and no endpoint is called \"server-l\"; did you mean \"server-1\"?\n");
    }
    void namesThatDoNotFit()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, told);
        const Ended ended = run(u"mute %1 2h"_s.arg(name));
        QCOMPARE(ended.err, told);
        QCOMPARE(ended.code, 3);
        QVERIFY(ended.out.isEmpty() && !QFile::exists(stateFile()));
    }

    void whatIsConfiguredIsListedAndStays()
    {
        const Ended listed = run(u"mute"_s);
        QVERIFY2(listed.out.startsWith("osapi, http://one:8080: in maintenance until ")
                && listed.out.endsWith(" (planned) · in the configuration\n"),
            listed.out.constData());
        const Ended off = run(u"mute one:8080 off"_s);
        QCOMPARE(off.code, 3);
        QVERIFY2(off.err.contains("that stands in the configuration, to be changed there"), off.err.constData());
        // An endpoint whose whole cluster is muted.
        QCOMPARE(run(u"mute consul-prod 2h"_s).code, 0);
        const Ended one = run(u"mute server-1 off"_s);
        QVERIFY2(
            one.code == 3 && one.err.contains("with its whole cluster: \"quorate mute consul-prod off\" ends that"), one.err.constData());
    }

    void withoutAnythingToList()
    {
        QFile file(m_person->configFile());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("[[cluster]]\nname='a'\nsystem='consul'\nendpoints=['http://a']\n") > 0);
        file.close();
        const Ended listed = run(u"mute"_s);
        QVERIFY(listed.code == 0 && listed.out == "nothing is in maintenance\n" && listed.err.isEmpty());
        QVERIFY(!QFile::exists(stateFile()));
    }

    void aStateFileThatCannotBeWritten()
    {
        QFile file(m_person->stateFolder()); // where a folder should be
        QVERIFY(file.open(QIODevice::WriteOnly));
        const Ended muted = run(u"mute consul-prod 2h"_s);
        QVERIFY2(muted.code == 3 && muted.out.isEmpty() && muted.err.contains("cannot be locked for writing"), muted.err.constData());
    }

    /// A window that runs takes it up, shows it, keeps it, and takes up its end; its own older memory does not bring it back.
    void aRunningEngineTakesItUp()
    {
        ClusterConfig cluster;
        cluster.spec.name = consul;
        cluster.spec.system = u"consul"_s;
        cluster.spec.endpoints = {EndpointUrl(u"http://127.0.0.1:1"_s)};
        Engine engine({.stateFile = stateFile()});
        int updates = 0;
        std::optional<Instant> shown;
        connect(&engine, &Engine::updated, this, [&](const FleetUpdate &update) {
            ++updates;
            for (const ClusterStatus &status : update.changed)
                shown = status.maintenanceUntil;
            engine.taken();
        });
        engine.setConfig({{cluster}, {}, {}});
        engine.start();
        QTRY_VERIFY(updates > 0);
        QVERIFY(!shown);
        QCOMPARE(run(u"mute consul-prod 2h"_s).code, 0);
        QTRY_VERIFY_WITH_TIMEOUT(shown.has_value(), 10'000);
        QVERIFY(engine.status().clusters.first().maintenanceUntil);
        QCOMPARE(run(u"mute consul-prod off"_s).code, 0);
        QTRY_VERIFY_WITH_TIMEOUT(!shown.has_value(), 10'000);
        // And what is asked for in the window is known to the command at once.
        engine.apply({Intent::Kind::Mute, consul, {}, currentTime().wall + 2h, u"by hand"_s});
        QVERIFY(run(u"mute"_s).out.contains("(by hand)"));
        engine.apply({Intent::Kind::Unmute, consul, {}});
        QVERIFY(!run(u"mute"_s).out.contains("(by hand)"));
        engine.stop();
        QVERIFY(kept(consul).isEmpty());
    }

    void theStateFileBringsItThroughARestart()
    {
        QCOMPARE(run(u"mute server-1 2h --note upgrade"_s).code, 0);
        const Memory memory = readState(stateFile()).value();
        Memory other = memory;
        other[osapi].lastSeverity = Severity::Warning; // anything else that is written later
        QVERIFY(mergeState(stateFile(), other));
        QCOMPARE(readState(stateFile()).value().value(consul).maintenance, memory.value(consul).maintenance);
    }

    void statusShowsIt()
    {
        QCOMPARE(run(u"mute consul-prod 2h --note upgrade"_s).code, 0);
        QFile file(m_person->configFile());
        QVERIFY(file.open(QIODevice::WriteOnly)
            && file.write("[[cluster]]\nname = 'consul-prod'\nsystem = 'consul'\nendpoints = ['http://127.0.0.1:1']\n") > 0);
        file.close();
        const Ended text = run(u"status"_s);
        QVERIFY2(text.out.contains("\n  in maintenance until ") && text.out.contains(" (upgrade)\n"), text.out.constData());
        const Ended json = run(u"status --format json --exit-code"_s);
        QVERIFY2(json.out.contains("\"maintenance\"") && json.out.contains("\"maintenance_until\""), json.out.constData());
        QVERIFY(json.code != 0); // it alters no severity
    }
};

QTEST_GUILESS_MAIN(TestMute)
#include "test_mute.moc"
