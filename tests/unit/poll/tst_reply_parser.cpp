// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/reply_parser.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;
using Problem = ReplyParser::Problem;
using State = ReplyParser::State;

/// HTTP/1.x replies, whole and broken, in pieces of every size.
class ReplyParserTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void whole_data();
    void whole();
    void broken_data();
    void broken();
    void endlessHeadStaysSmall();
    void endlessLineStaysSmall();
    void endlessBodyStaysSmall();
    void endlessChunksStaySmall();
    void endlessChunkLineStaysSmall();
    void headersKeepTheirOrderAndTheirCase();
    void aBodyWithoutALengthEndsWithTheConnection();
    void whichConnectionsGoOn_data();
    void whichConnectionsGoOn();
    void noiseNeverCrashesAndNeverGrows();
};

namespace {
ReplyParser parsed(const QByteArray &bytes, qsizetype piece)
{
    ReplyParser parser;
    for (qsizetype i = 0; i < bytes.size(); i += piece)
        parser.feed(QByteArrayView(bytes).sliced(i, std::min(piece, bytes.size() - i)));
    return parser;
}
} // namespace

void ReplyParserTest::whole_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") << 200 << QByteArray("hello");
    QTest::newRow("no reason phrase") << QByteArray("HTTP/1.1 503\r\nContent-Length: 2\r\n\r\n{}") << 503 << QByteArray("{}");
    QTest::newRow("plain line ends") << QByteArray("HTTP/1.1 200 OK\nContent-Length: 2\n\n[]") << 200 << QByteArray("[]");
    QTest::newRow("empty") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") << 200 << QByteArray();
    QTest::newRow("204") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << 204 << QByteArray();
    QTest::newRow("304 tells a length") << QByteArray("HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n") << 304 << QByteArray();
    QTest::newRow("chunks") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n")
                            << 200 << QByteArray("hello");
    QTest::newRow("chunks with a trailer") << QByteArray(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n")
                                           << 200 << QByteArray("0123456789");
    QTest::newRow("chunks beat a length") << QByteArray(
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n")
                                          << 200 << QByteArray("hi");
    QTest::newRow("interim reply") << QByteArray(
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                                   << 200 << QByteArray("ok");
    QTest::newRow("same length twice") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok") << 200
                                       << QByteArray("ok");
}

void ReplyParserTest::whole()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    for (qsizetype piece = 1; piece <= bytes.size(); ++piece) {
        const ReplyParser parser = parsed(bytes, piece);
        QCOMPARE(parser.problem(), Problem::None);
        QVERIFY(parser.isWhole());
        QCOMPARE(parser.status(), status);
        QCOMPARE(parser.body(), body);
        QVERIFY(parser.canGoOn());
    }
}

void ReplyParserTest::broken_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Problem>("problem");
    const QByteArray ok = "HTTP/1.1 200 OK\r\n", chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("nothing") << QByteArray() << Problem::Truncated;
    QTest::newRow("half a status line") << QByteArray("HTTP/1.1 20") << Problem::Truncated;
    QTest::newRow("half a head") << ok + "Content-Len" << Problem::Truncated;
    QTest::newRow("half a body") << ok + "Content-Length: 5\r\n\r\nhel" << Problem::Truncated;
    QTest::newRow("no chunk") << chunked << Problem::Truncated;
    QTest::newRow("half a chunk") << chunked + "5\r\nhel" << Problem::Truncated;
    QTest::newRow("no last chunk") << chunked + "2\r\nhi\r\n" << Problem::Truncated;
    QTest::newRow("no end of the trailer") << chunked + "2\r\nhi\r\n0\r\nX: y\r\n" << Problem::Truncated;
    QTest::newRow("chunk size is no number") << chunked + "many\r\n" << Problem::BadChunk;
    QTest::newRow("chunk size is negative") << chunked + "-1\r\n" << Problem::BadChunk;
    QTest::newRow("chunk size is beyond all") << chunked + "FFFFFFFFFFFFFFFFFF\r\n" << Problem::BadChunk;
    QTest::newRow("chunk longer than said") << chunked + "2\r\nhill\r\n" << Problem::BadChunk;
    QTest::newRow("huge chunk") << chunked + "7FFFFFFF\r\n" << Problem::BodyTooLarge;
    QTest::newRow("negative length") << ok + "Content-Length: -5\r\n\r\n" << Problem::BadLength;
    QTest::newRow("no number") << ok + "Content-Length: many\r\n\r\n" << Problem::BadLength;
    QTest::newRow("beyond 64 bits") << ok + "Content-Length: 99999999999999999999\r\n\r\n" << Problem::BadLength;
    QTest::newRow("two lengths") << ok + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc" << Problem::BadLength;
    QTest::newRow("a terabyte") << ok + "Content-Length: 1099511627776\r\n\r\n" << Problem::BodyTooLarge;
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << Problem::NotHttp;
    QTest::newRow("TLS alert") << QByteArray::fromHex("15030100020246") << Problem::NotHttp;
    QTest::newRow("HTTP/2") << QByteArray("HTTP/2.0 200 OK\r\n\r\n") << Problem::NotHttp;
    QTest::newRow("status of letters") << QByteArray("HTTP/1.1 abc OK\r\n\r\n") << Problem::NotHttp;
    QTest::newRow("status of four digits") << QByteArray("HTTP/1.1 2000 OK\r\n\r\n") << Problem::NotHttp;
    QTest::newRow("page without a head") << QByteArray("<html></html>") << Problem::NotHttp;
}

void ReplyParserTest::broken()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Problem, problem);
    for (qsizetype piece = 1; piece <= std::max<qsizetype>(bytes.size(), 1); ++piece) {
        ReplyParser parser = parsed(bytes, piece);
        parser.end();
        QCOMPARE(parser.state(), State::Over);
        QCOMPARE(parser.problem(), problem);
        QVERIFY(!parser.canGoOn());
    }
}

namespace {
/// Feeds `more` for ever; the number of bytes it took until the parser had enough.
qsizetype endlessly(const QByteArray &start, const QByteArray &more, Problem expected)
{
    ReplyParser parser;
    parser.feed(start);
    qsizetype fed = 0;
    for (; parser.state() != State::Over && fed < 100 * 1024 * 1024; fed += more.size())
        parser.feed(more);
    return parser.problem() == expected ? fed : -1;
}
const QByteArray headOk = "HTTP/1.1 200 OK\r\n";
} // namespace

void ReplyParserTest::endlessHeadStaysSmall()
{
    const qsizetype fed = endlessly(headOk, "X-More: and more\r\n", Problem::HeadTooLarge);
    QVERIFY(fed > 0 && fed <= ReplyParser::headCap + 100);
}

void ReplyParserTest::endlessLineStaysSmall()
{
    const qsizetype fed = endlessly(headOk + "X-Long: ", QByteArray(1000, 'x'), Problem::HeadTooLarge);
    QVERIFY(fed > 0 && fed <= ReplyParser::headCap + 1000);
}

void ReplyParserTest::endlessBodyStaysSmall()
{
    const qsizetype fed = endlessly(headOk + "\r\n", QByteArray(64 * 1024, ' '), Problem::BodyTooLarge);
    QVERIFY(fed > 0 && fed <= ReplyParser::bodyCap + 64 * 1024);
}

void ReplyParserTest::endlessChunksStaySmall()
{
    const QByteArray chunk = "8000\r\n" + QByteArray(0x8000, ' ') + "\r\n";
    const qsizetype fed = endlessly(headOk + "Transfer-Encoding: chunked\r\n\r\n", chunk, Problem::BodyTooLarge);
    QVERIFY(fed > 0 && fed <= ReplyParser::bodyCap + 1024 * 1024);
}

void ReplyParserTest::endlessChunkLineStaysSmall()
{
    QVERIFY(endlessly(headOk + "Transfer-Encoding: chunked\r\n\r\n1;", QByteArray(1000, 'x'), Problem::HeadTooLarge) > 0);
    QVERIFY(endlessly(headOk + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X: trailer\r\n", Problem::HeadTooLarge) > 0);
}

void ReplyParserTest::headersKeepTheirOrderAndTheirCase()
{
    const ReplyParser parser
        = parsed("HTTP/1.1 200 OK\r\nX-Consul-Index: 7\r\nset-cookie: a\r\n b\r\nno colon\r\nEmpty:\r\nContent-Length: 0\r\n\r\n", 3);
    QVERIFY(parser.isWhole());
    const Headers expected{{"X-Consul-Index", "7"}, {"set-cookie", "a b"}, {"Empty", ""}, {"Content-Length", "0"}};
    QCOMPARE(parser.headers(), expected);
}

void ReplyParserTest::aBodyWithoutALengthEndsWithTheConnection()
{
    ReplyParser parser = parsed("HTTP/1.1 200 OK\r\n\r\nhello", 4);
    QCOMPARE(parser.state(), State::Body);
    parser.end();
    QVERIFY(parser.isWhole());
    QCOMPARE(parser.body(), "hello");
    QVERIFY(!parser.canGoOn());
}

void ReplyParserTest::whichConnectionsGoOn_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("HTTP/1.1") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") << true;
    QTest::newRow("says close") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nconnection: Close\r\n\r\n") << false;
    QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n") << false;
    QTest::newRow("HTTP/1.0 that keeps alive") << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n")
                                               << true;
    QTest::newRow("says more than it announced") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nok") << false;
}

void ReplyParserTest::whichConnectionsGoOn()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, goesOn);
    const ReplyParser parser = parsed(bytes, bytes.size());
    QVERIFY(parser.isWhole());
    QCOMPARE(parser.canGoOn(), goesOn);
}

void ReplyParserTest::noiseNeverCrashesAndNeverGrows()
{
    QRandomGenerator random(20261120);
    const QList<QByteArray> parts{"HTTP/1.1 200 OK\r\n", "HTTP/1.0 100 \n", "\r\n", "\n", "Content-Length: 3\r\n", "Content-Length: 9\r\n",
        "Transfer-Encoding: chunked\r\n", "5\r\n", "0\r\n", ";", ":", " folded\r\n", QByteArray(1, '\0'), "FFFF\r\n", "abc", "\xff\xfe"};
    for (int round = 0; round < 20'000; ++round) {
        ReplyParser parser;
        if (random.bounded(2) == 0)
            parser.feed(parts.first());
        for (int i = random.bounded(1, 30); i > 0; --i)
            parser.feed(parts.at(random.bounded(int(parts.size()))));
        QVERIFY(parser.body().size() <= ReplyParser::bodyCap);
        QVERIFY(parser.isWhole() || !parser.canGoOn());
        parser.end();
        QCOMPARE(parser.state(), State::Over);
    }
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::ReplyParserTest)
#include "tst_reply_parser.moc"
