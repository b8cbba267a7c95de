// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/state_file.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;
using Kind = StateFileError::Kind;

/// What survives a restart, and that losing it is no disaster.
class StateFileTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void whatIsWrittenIsRead();
    void noFileIsAnEmptyMemory();
    void damagedFilesAreAnErrorAndNothingElse_data();
    void damagedFilesAreAnErrorAndNothingElse();
    void wrongTypesInsideAreLeftOut();
    void aFolderThatCannotBeMadeIsAnError();
    void onlyTheOwnerReadsIt();
    void pathFollowsTheEnvironment();

private:
    QString path(const QString &name = u"state.json"_s) const { return m_folder.filePath(name); }
    void write(const QByteArray &bytes)
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    QTemporaryDir m_folder;
};

void StateFileTest::whatIsWrittenIsRead()
{
    ClusterMemory consul;
    consul.largestVoters = 5;
    consul.lastSeverity = Severity::Warning;
    consul.lastSince = Instant(Milliseconds(1'795'000'000'123));
    consul.lastSeen = Instant(Milliseconds(1'795'000'060'456));
    consul.remembered = {{EndpointUrl(u"http://10.1.10.10:8500"_s), u"self"_s}};
    ClusterMemory osapi;
    osapi.deadLettersKnown = {{u"jobs"_s, 9'007'199'254'740'993}}; // beyond what a double holds
    osapi.deadLettersSince = {{u"jobs"_s, Instant(Milliseconds(1'795'000'000'123))}};
    osapi.deadLettersInstead = {{u"jobs"_s, 12}};
    const Instant far(Milliseconds(32'000'000'000'000)), asked(Milliseconds(1'795'000'000'123));
    osapi.maintenance = {{far, {}, u"rack \"7\""_s, asked}, {far, {EndpointUrl(u"http://a:1"_s)}, {}, asked}};
    const Memory memory{{ClusterName(u"consul \"prod\"\n"_s), consul}, {ClusterName(u"osapi"_s), osapi}};
    QVERIFY(!writeState(path(u"deep/er/state.json"_s), memory));
    const auto read = readState(path(u"deep/er/state.json"_s));
    QVERIFY(read);
    QCOMPARE(read.value(), memory);
}

void StateFileTest::noFileIsAnEmptyMemory()
{
    const auto read = readState(path(u"nothing.json"_s));
    QVERIFY(read);
    QVERIFY(read.value().isEmpty());
}

void StateFileTest::damagedFilesAreAnErrorAndNothingElse_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty, after a power cut") << QByteArray();
    QTest::newRow("half") << QByteArray("{\"version\": 1, \"clus");
    QTest::newRow("another version") << QByteArray("{\"version\": 2, \"clusters\": {}}");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("zeroes") << QByteArray(4096, '\0');
}

void StateFileTest::damagedFilesAreAnErrorAndNothingElse()
{
    QFETCH(QByteArray, bytes);
    write(bytes);
    const auto read = readState(path());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Kind::NotUnderstood);
    QVERIFY(read.error().text.contains(path()));
}

void StateFileTest::wrongTypesInsideAreLeftOut()
{
    write(
        R"({"version": 1, "clusters": {"a": {"largest_voters": -3, "severity": 7, "since": "soon", "dead_letters_known": {"x": "y", "z": 4},
              "dead_letters_instead": {"x": 3, "z": "4"},
              "maintenance": [5, {}, {"until": "soon"}, {"until": "2001-01-01T00:00:00Z", "asked": "2001-01-01T00:00:00Z"}],
              "remembered": []}, "b": null}})");
    const auto read = readState(path());
    QVERIFY(read);
    ClusterMemory a;
    a.deadLettersKnown = {{u"z"_s, 4}};
    QCOMPARE(read.value(), (Memory{{ClusterName(u"a"_s), a}, {ClusterName(u"b"_s), {}}}));
}

void StateFileTest::aFolderThatCannotBeMadeIsAnError()
{
    write("{}");
    const auto error = writeState(path() + u"/state.json"_s, {});
    QVERIFY(error);
    QCOMPARE(error->kind, Kind::Unwritable);
}

void StateFileTest::onlyTheOwnerReadsIt()
{
    QVERIFY(!writeState(path(), {}));
    QVERIFY(!(QFileInfo(path()).permissions() & (QFile::ReadOther | QFile::ReadGroup)));
}

void StateFileTest::pathFollowsTheEnvironment()
{
    const QByteArray before = qgetenv("XDG_STATE_HOME");
    qputenv("XDG_STATE_HOME", "/somewhere/state");
    QCOMPARE(stateFilePath(), u"/somewhere/state/quorate/state.json"_s);
    qputenv("XDG_STATE_HOME", "relative"); // to be ignored, says the specification
    QVERIFY(stateFilePath().endsWith("/.local/state/quorate/state.json"_L1));
    qputenv("XDG_STATE_HOME", before);
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::StateFileTest)
#include "tst_state_file.moc"
