// SPDX-License-Identifier: GPL-3.0-or-later
// Commands to copy: ready for a shell, without secrets, with nothing that the shell would run.
#include "models/report/report.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
CommandTarget target(const QString &url)
{
    CommandTarget target;
    target.endpoint = EndpointUrl(url);
    return target;
}
} // namespace

Q_DECLARE_METATYPE(quorate::CommandTarget)

class TestCopiedTexts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void curl_data();
    void curl();
    void requestsWithoutATokenSendNone();
    void credentialsInHeadersAreLeftOut();
    void theShellSeesWhatWasMeant();
};

void TestCopiedTexts::curl_data()
{
    QTest::addColumn<CommandTarget>("target");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("command");
    const QString curl = u"curl --silent --show-error --include "_s;
    QTest::newRow("plain") << target(u"http://10.1.10.10:8500"_s) << u"/v1/status/leader"_s
                           << curl + u"--url http://10.1.10.10:8500/v1/status/leader"_s;
    QTest::newRow("query") << target(u"http://c:8500"_s) << u"/v1/operator/raft/configuration?stale&dc=a b"_s
                           << curl + u"--url 'http://c:8500/v1/operator/raft/configuration?stale&dc=a b'"_s;
    CommandTarget one = target(u"https://osapi-1:8080"_s);
    one.hasToken = true;
    QTest::newRow("token of unknown origin") << one << u"/api/health"_s
                                             << curl + u"--header 'Authorization: Bearer <token>' --url https://osapi-1:8080/api/health"_s;
    one.tokenVariable = u"OSAPI_TOKEN"_s;
    QTest::newRow("token of a variable") << one << u"/api/health"_s
                                         << curl
            + u"--header \"Authorization: Bearer $OSAPI_TOKEN\" --url https://osapi-1:8080/api/health"_s;
    one.tokenVariable = u"$(reboot)"_s;
    QTest::newRow("a variable that is none") << one << u"/api/health"_s
                                             << curl + u"--header 'Authorization: Bearer <token>' --url https://osapi-1:8080/api/health"_s;
    one = target(u"https://[2001:db8::1]:8501"_s);
    one.caFile = u"/etc/my ca.pem"_s;
    one.certificateFile = u"/etc/me.pem"_s;
    one.keyFile = u"/etc/it's.key"_s;
    one.insecure = true;
    QTest::newRow("TLS and IPv6") << one << u"/x"_s
                                  << curl
            + u"--cacert '/etc/my ca.pem' --cert /etc/me.pem --key '/etc/it'\\''s.key' --insecure --globoff --url 'https://[2001:db8::1]:8501/x'"_s;
    QTest::newRow("an option as a path") << target(u"--output=/etc/passwd"_s) << QString() << curl + u"--url --output=/etc/passwd"_s;
    QTest::newRow("line breaks") << target(u"http://c"_s) << u"/a\nreboot"_s << curl + u"--url 'http://c/a reboot'"_s;
}

void TestCopiedTexts::curl()
{
    QFETCH(CommandTarget, target);
    QFETCH(QString, path);
    QFETCH(QString, command);
    QCOMPARE(curlCommand(path, {}, target), command);
}

void TestCopiedTexts::requestsWithoutATokenSendNone()
{
    CommandTarget one = target(u"http://c:8500"_s);
    one.hasToken = true;
    Request request;
    request.path = u"/v1/status/leader"_s;
    request.withToken = false;
    QVERIFY(!curlCommand(request, one).contains("Authorization"_L1));
    request.withToken = true;
    QVERIFY(curlCommand(request, one).contains("<token>"_L1));
}

void TestCopiedTexts::credentialsInHeadersAreLeftOut()
{
    const Headers headers{
        {"Accept", "application/json"}, {"authorization", "Bearer s3cret"}, {"X-Consul-Token", "s3cret"}, {"Cookie", "s3cret"}};
    const QString command = curlCommand(u"/"_s, headers, target(u"http://c"_s));
    QVERIFY(command.contains("--header 'Accept: application/json'"_L1));
    QVERIFY(!command.contains("s3cret"_L1));
}

void TestCopiedTexts::theShellSeesWhatWasMeant()
{
    const QString path = u"/a'b\"c$(touch x)`id`;|&<>*?[1-2]{a,b}\\ !#~"_s;
    const QString command = curlCommand(path, {{"X-Note", "it's $HOME"}}, target(u"http://c"_s));
    QProcess shell;
    shell.start(u"/bin/sh"_s, {u"-c"_s, u"curl() { for word in \"$@\"; do printf '%s\\n' \"$word\"; done; }; "_s + command});
    QVERIFY(shell.waitForFinished());
    const QStringList words = QString::fromUtf8(shell.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(words.last(), u"http://c"_s + path);
    QVERIFY(words.contains(u"X-Note: it's $HOME"_s));
    QCOMPARE(shell.readAllStandardError(), QByteArray());
}

QTEST_GUILESS_MAIN(TestCopiedTexts)
#include "tst_copied_texts.moc"
