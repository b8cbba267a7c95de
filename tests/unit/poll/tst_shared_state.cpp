// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/stub_server.h"
#include "app/poll/state_file.h"
#include "models/judge/memory.h"
#include "tests/support/healthy.h"
#include "tests/support/one_round.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <random>
#include <thread>
#include <vector>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
Instant at(int second) { return Instant(std::chrono::seconds(1'800'000'000 + second)); }

ClusterMemory anyMemory(std::mt19937 &random)
{
    const auto below = [&](int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random); };
    ClusterMemory memory;
    memory.largestVoters = below(6);
    memory.acceptedOf = below(6);
    if (below(2) == 0)
        memory.sizeAccepted = at(below(3));
    for (const QString &queue : {u"jobs"_s, u"mail"_s}) {
        if (below(3) == 0)
            continue;
        memory.deadLettersKnown.insert(queue, below(4));
        if (below(3) != 0)
            memory.deadLettersSince.insert(queue, at(below(3)));
        if (below(3) == 0)
            memory.deadLettersInstead.insert(queue, 1 + below(3));
    }
    if (below(3) != 0)
        memory.lastSeen = at(below(3));
    memory.lastSeverity = Severity(below(4));
    for (const QString &url : {u"http://a"_s, u"http://b"_s}) {
        if (below(2) == 0)
            memory.remembered.insert(EndpointUrl(url), QString::number(below(3)));
        if (below(2) == 0)
            memory.maintenance.append({at(below(3)), {EndpointUrl(url)}, QString::number(below(2)), at(below(3))});
    }
    return memory;
}

Memory anyFleet(std::mt19937 &random)
{
    Memory memory;
    for (const QString &name : {u"one"_s, u"two"_s, u"three"_s}) {
        if (random() % 4 != 0)
            memory.insert(ClusterName(name), anyMemory(random));
    }
    return memory;
}

Memory accepted(const QString &queue, qint64 letters, int second)
{
    ClusterMemory memory;
    memory.deadLettersKnown.insert(queue, letters);
    memory.deadLettersSince.insert(queue, at(second));
    return {{ClusterName(u"one"_s), memory}};
}
} // namespace

/// Several programs with one state file: a window that runs for weeks, and a command that accepts something meanwhile.
class TestSharedState final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void theNewerAcceptanceWins()
    {
        ClusterMemory before, after;
        before.largestVoters = 5;
        after.largestVoters = 3;
        after.acceptedOf = 5;
        after.sizeAccepted = at(0);
        const ClusterName name(u"one"_s);
        QCOMPARE(merged({{name, before}}, {{name, after}}).value(name), after);
        ClusterMemory grown = after;
        grown.largestVoters = 4; // held for an hour since
        QCOMPARE(merged({{name, after}}, {{name, grown}}).value(name).largestVoters, 4);
        QCOMPARE(merged(accepted(u"jobs"_s, 7, 1), accepted(u"jobs"_s, 3, 2)), accepted(u"jobs"_s, 3, 2));
        QCOMPARE(merged(accepted(u"jobs"_s, 7, 1), accepted(u"jobs"_s, 3, 1)), accepted(u"jobs"_s, 3, 1));
        const Memory both = merged(accepted(u"jobs"_s, 7, 1), accepted(u"mail"_s, 3, 2));
        QCOMPARE(both.value(name).deadLettersKnown, (QMap<QString, qint64>{{u"jobs"_s, 7}, {u"mail"_s, 3}}));
    }

    /// Whatever they hold: who is first does not matter, twice is once, and nothing that both know is lost.
    void theOrderDoesNotMatter()
    {
        std::mt19937 random(20261120);
        for (int round = 0; round < 5'000; ++round) {
            const Memory a = anyFleet(random), b = anyFleet(random);
            const Memory both = merged(a, b);
            QCOMPARE(merged(b, a), both);
            QCOMPARE(merged(a, a), a);
            QCOMPARE(merged(both, a), both);
            QCOMPARE(merged(both, b), both);
            for (const ClusterName &name : a.keys() + b.keys())
                QVERIFY(both.contains(name));
        }
    }

    void whatIsAcceptedIsWrittenAndRead()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"deep/state.json"_s);
        Memory memory = accepted(u"jobs"_s, 7, 1);
        memory.first().largestVoters = 3;
        memory.first().acceptedOf = 5;
        memory.first().sizeAccepted = at(5);
        QCOMPARE(mergeState(path, memory).value(), memory);
        QCOMPARE(readState(path).value(), memory);
        Memory other{{ClusterName(u"two"_s), ClusterMemory()}};
        QCOMPARE(mergeState(path, other).value().size(), 2);
        QCOMPARE(readState(path).value().size(), 2);
    }

    void aDamagedFileIsReplaced()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"state.json"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"version\": 1, \"clus") > 0);
        file.close();
        QCOMPARE(mergeState(path, accepted(u"jobs"_s, 7, 1)).value(), accepted(u"jobs"_s, 7, 1));
        QCOMPARE(readState(path).value(), accepted(u"jobs"_s, 7, 1));
    }

    void aFolderThatCannotBeMadeIsAnError()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto kept = mergeState(folder.filePath(u"file/state.json"_s), {});
        QVERIFY(!kept);
        QCOMPARE(kept.error().kind, StateFileError::Kind::Unwritable);
    }

    void programsThatWriteAtOnceLoseNothing()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"state.json"_s);
        std::vector<std::thread> programs;
        for (int program = 0; program < 4; ++program) {
            programs.emplace_back([&path, program] {
                for (int i = 0; i < 25; ++i) {
                    while (!mergeState(path, accepted(u"queue-%1-%2"_s.arg(program).arg(i), i, i))) { } // told that it was not written
                }
            });
        }
        for (std::thread &program : programs)
            program.join();
        QCOMPARE(readState(path).value().first().deadLettersKnown.size(), 100);
    }

    /// "quorate accept" while a window runs: the window takes it over, and does not write its own old memory over it.
    void aRunningEngineTakesItOver()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"state.json"_s);
        StubServer server(healthyServer(u"osapi"_s));
        QVERIFY(server.listen());
        const ClusterName name(u"one"_s);
        Engine engine({.stateFile = path});
        engine.setConfig(configOf({clusterOf(name.text(), u"osapi"_s, {server.url()})}));
        engine.start();
        QTRY_COMPARE(engine.memory().value(name).remembered.size(), 1);
        QVERIFY(mergeState(path, accepted(u"mail"_s, 7, 1)));
        QTRY_COMPARE(engine.memory().value(name).deadLettersKnown.value(u"mail"_s), 7);
        engine.stop();
        const Memory kept = readState(path).value();
        QCOMPARE(kept.value(name).deadLettersKnown.value(u"mail"_s), 7);
        QCOMPARE(kept.value(name).remembered.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSharedState)
#include "tst_shared_state.moc"
