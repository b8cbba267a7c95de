// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secret_store.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

namespace quorate {
using namespace Qt::StringLiterals;
using Kind = SecretError::Kind;

/// Where tokens come from, and that a token that cannot be had says why without saying what.
class SecretsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aTokenMustFitIntoAHeader_data();
    void aTokenMustFitIntoAHeader();
    void environmentIsReadEachTime();
    void fileIsReadAgainWhenItChanged();
    void unusableFiles_data();
    void unusableFiles();
    void pipeIsRefusedAndNotWaitedFor();
    void commandGetsItsArgumentsWithoutAShell();
    void failingCommands_data();
    void failingCommands();
    void commandHasALimit();
    void commandIsNotAskedAtEachPoll();
    void rejectedTokenOfACommandIsAskedForAgain();
    void twoReadersShareOneRun();
    void noKeyringServiceIsAnError();
    void stopLeavesNobodyWaiting();
    void referencesNameTheirSourceOnly();

private:
    QString write(const QString &name, const QByteArray &content);
    Secret read(const SecretReference &reference);

    QTemporaryDir m_folder;
    SecretStore m_store;
};

QString SecretsTest::write(const QString &name, const QByteArray &content)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("the test's own file could not be written");
    return file.fileName();
}

Secret SecretsTest::read(const SecretReference &reference)
{
    std::optional<Secret> secret;
    m_store.read(reference, [&](const Secret &one) { secret = one; });
    if (!QTest::qWaitFor([&] { return secret.has_value(); }, 15'000))
        qFatal("no answer");
    return *secret;
}

void SecretsTest::aTokenMustFitIntoAHeader_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("plain") << QByteArray("abc-123") << true;
    QTest::newRow("line end trimmed") << QByteArray("  abc-123\r\n") << true;
    QTest::newRow("JWT") << QByteArray("eyJhbGciOi.eyJz_dWIi.Sfl-KxwR") << true;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("only spaces") << QByteArray(" \n ") << false;
    QTest::newRow("second header") << QByteArray("abc\r\nX-Admin: yes") << false;
    QTest::newRow("line break") << QByteArray("abc\ndef") << false;
    QTest::newRow("zero byte") << QByteArray("abc\0def", 7) << false;
    QTest::newRow("escape") << QByteArray("abc\x1b[31m") << false;
    QTest::newRow("not ASCII") << QByteArray("schl\xc3\xbcssel") << false;
}

void SecretsTest::aTokenMustFitIntoAHeader()
{
    QFETCH(QByteArray, raw);
    QFETCH(bool, accepted);
    const Secret secret = checkedToken(raw, u"the test"_s);
    QCOMPARE(bool(secret), accepted);
    if (accepted)
        QCOMPARE(secret.value(), raw.trimmed());
    else
        QVERIFY2(!secret.error().text.contains("abc"_L1), "the message holds a part of the secret");
}

void SecretsTest::environmentIsReadEachTime()
{
    const SecretReference reference = SecretFromEnvironment{u"QUORATE_TEST_TOKEN"_s};
    qunsetenv("QUORATE_TEST_TOKEN");
    QCOMPARE(read(reference).error().kind, Kind::Missing);
    QVERIFY(read(reference).error().text.contains("QUORATE_TEST_TOKEN"_L1));
    qputenv("QUORATE_TEST_TOKEN", "first");
    QCOMPARE(read(reference).value(), "first");
    qputenv("QUORATE_TEST_TOKEN", "second");
    QCOMPARE(read(reference).value(), "second");
}

void SecretsTest::fileIsReadAgainWhenItChanged()
{
    const SecretReference reference = SecretFromFile{write(u"token"_s,
        "\xEF\xBB\xBF"
        "first\n")};
    QCOMPARE(read(reference).value(), "first");
    write(u"token"_s, "other"); // same size, same second
    QCOMPARE(read(reference).value(), "other");
    QVERIFY(QFile::remove(m_folder.filePath(u"token"_s)));
    QCOMPARE(read(reference).error().kind, Kind::Missing);
    write(u"token"_s, "third\n");
    QCOMPARE(read(reference).value(), "third");
}

void SecretsTest::unusableFiles_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("kind");
    QTest::newRow("absent") << m_folder.filePath(u"nothing"_s) << int(Kind::Missing);
    QTest::newRow("a folder") << m_folder.path() << int(Kind::Unreadable);
    QTest::newRow("empty") << write(u"empty"_s, "\n") << int(Kind::Missing);
    QTest::newRow("too large") << write(u"large"_s, QByteArray(70'000, 'x')) << int(Kind::TooLarge);
    QTest::newRow("two lines") << write(u"lines"_s, "one\ntwo\n") << int(Kind::Invalid);
    QTest::newRow("a device") << u"/dev/zero"_s << int(Kind::Unreadable);
}

void SecretsTest::unusableFiles()
{
    QFETCH(QString, path);
    QFETCH(int, kind);
    const Secret secret = read(SecretFromFile{path});
    QVERIFY(!secret);
    QCOMPARE(int(secret.error().kind), kind);
    QVERIFY2(secret.error().text.contains(path), "the message names the file");
}

void SecretsTest::pipeIsRefusedAndNotWaitedFor()
{
    const QString path = m_folder.filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(path.toLocal8Bit().constData(), 0600), 0);
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(read(SecretFromFile{path}).error().kind, Kind::Unreadable);
    QVERIFY(clock.elapsed() < 2'000);
}

void SecretsTest::commandGetsItsArgumentsWithoutAShell()
{
    QCOMPARE(read(SecretFromCommand{{u"printf"_s, u"%s\n"_s, u"a;b $(id)"_s}}).value(), "a;b $(id)");
}

void SecretsTest::failingCommands_data()
{
    QTest::addColumn<QStringList>("argv");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("word");
    QTest::newRow("absent") << QStringList{u"/nowhere/quorate-token"_s} << int(Kind::Failed) << u"quorate-token could not be started"_s;
    QTest::newRow("fails") << QStringList{u"sh"_s, u"-c"_s, u"echo hunter2; exit 7"_s} << int(Kind::Failed) << u"exit code 7"_s;
    QTest::newRow("prints nothing") << QStringList{u"true"_s} << int(Kind::Missing) << u"empty"_s;
    QTest::newRow("prints for ever") << QStringList{u"yes"_s, u"hunter2"_s} << int(Kind::TooLarge) << u"64 KiB"_s;
    QTest::newRow("prints a prompt") << QStringList{u"printf"_s, u"Password:\nhunter2\n"_s} << int(Kind::Invalid) << u"line break"_s;
    QTest::newRow("killed") << QStringList{u"sh"_s, u"-c"_s, u"kill -9 $$"_s} << int(Kind::Failed) << u"signal"_s;
    QTest::newRow("no argv") << QStringList{} << int(Kind::Failed) << u"could not be started"_s;
}

void SecretsTest::failingCommands()
{
    QFETCH(QStringList, argv);
    QFETCH(int, kind);
    QFETCH(QString, word);
    const Secret secret = read(SecretFromCommand{argv});
    QVERIFY(!secret);
    QCOMPARE(int(secret.error().kind), kind);
    QVERIFY2(secret.error().text.contains(word), qPrintable(secret.error().text));
    QVERIFY2(!secret.error().text.contains("hunter2"_L1), "neither output nor arguments are shown");
}

void SecretsTest::commandHasALimit()
{
    SecretStore store({.command = Milliseconds(150)});
    std::optional<Secret> secret;
    QElapsedTimer clock;
    clock.start();
    store.read(SecretFromCommand{{u"sleep"_s, u"60"_s}}, [&](const Secret &one) { secret = one; });
    QTRY_VERIFY(secret.has_value());
    QVERIFY(clock.elapsed() < 3'000);
    QCOMPARE(secret->error().kind, Kind::TimedOut);
    QVERIFY(secret->error().text.contains("0.15 s"_L1));
}

void SecretsTest::commandIsNotAskedAtEachPoll()
{
    const QString log = write(u"runs"_s, {});
    const SecretReference reference = SecretFromCommand{{u"sh"_s, u"-c"_s, u"echo run >> %1; echo token"_s.arg(log)}};
    for (int poll = 0; poll < 5; ++poll)
        QCOMPARE(read(reference).value(), "token");
    QCOMPARE(QFileInfo(log).size(), qint64(strlen("run\n")));
    m_store.forgetKept(); // "poll now"
    QCOMPARE(read(reference).value(), "token");
    QCOMPARE(QFileInfo(log).size(), qint64(2 * strlen("run\n")));
}

void SecretsTest::rejectedTokenOfACommandIsAskedForAgain()
{
    SecretStore store({.keepRejected = Milliseconds(0)});
    const QString path = write(u"rotating"_s, "old");
    const SecretReference reference = SecretFromCommand{{u"cat"_s, path}};
    QByteArray token;
    const auto ask = [&] {
        token.clear();
        store.read(reference, [&](const Secret &one) { token = one ? one.value() : QByteArray(); });
        return QTest::qWaitFor([&] { return !token.isEmpty(); });
    };
    QVERIFY(ask());
    write(u"rotating"_s, "new");
    QVERIFY(ask());
    QCOMPARE(token, "old"); // kept
    store.rejected(reference);
    QVERIFY(ask());
    QCOMPARE(token, "new");
}

void SecretsTest::twoReadersShareOneRun()
{
    const QString log = write(u"shared"_s, {});
    const SecretReference reference = SecretFromCommand{{u"sh"_s, u"-c"_s, u"echo run >> %1; echo token"_s.arg(log)}};
    int answers = 0;
    for (int reader = 0; reader < 3; ++reader)
        m_store.read(reference, [&](const Secret &secret) { answers += secret ? 1 : 0; });
    QTRY_COMPARE(answers, 3);
    QCOMPARE(QFileInfo(log).size(), qint64(strlen("run\n")));
}

void SecretsTest::noKeyringServiceIsAnError()
{
    // Without a session bus the keyring fails; without GLib's dispatcher it never answers: the limit holds for both.
    SecretStore store({.keyring = Milliseconds(2'000)});
    std::optional<Secret> secret;
    store.read(SecretFromKeyring{u"osapi"_s}, [&](const Secret &one) { secret = one; });
    QTRY_VERIFY(secret.has_value());
    QVERIFY(!*secret);
    QVERIFY2(secret->error().text.contains("quorate/osapi"_L1), qPrintable(secret->error().text));
}

void SecretsTest::stopLeavesNobodyWaiting()
{
    SecretStore store;
    bool called = false;
    store.read(SecretFromCommand{{u"sleep"_s, u"60"_s}}, [&](const Secret &) { called = true; });
    store.read(SecretFromFile{write(u"late"_s, "token")}, [&](const Secret &) { called = true; });
    QElapsedTimer clock;
    clock.start();
    store.stop();
    QVERIFY(clock.elapsed() < 500);
    bool turned = false;
    QMetaObject::invokeMethod(
        this, [&] { turned = true; }, Qt::QueuedConnection);
    QTRY_VERIFY(turned);
    QVERIFY(!called);
}

void SecretsTest::referencesNameTheirSourceOnly()
{
    QVERIFY(!words(SecretLiteral{u"hunter2"_s}).contains("hunter2"_L1));
    QCOMPARE(words(SecretFromCommand{{u"/usr/bin/vault"_s, u"read"_s, u"-token=hunter2"_s}}), u"the command vault"_s);
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::SecretsTest)
#include "tst_secrets.moc"
