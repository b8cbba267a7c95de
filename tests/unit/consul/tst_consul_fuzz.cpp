// SPDX-License-Identifier: GPL-3.0-or-later
// Captured replies, broken at random from a fixed seed: whatever came, the decoder answers within its contract.
#include "tests/unit/consul/tell.h"

#include <QDir>
#include <QRandomGenerator>
#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

class ConsulFuzz final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void survives_data();
    void survives();
};

namespace {
constexpr int rounds = 400;

QByteArray randomPiece(QRandomGenerator &random)
{
    static const QList<QByteArray> pieces{"null", "[]", "{}", "\"\"", "-1", "1e400", "18446744073709551616", "\"-1ns\"", "true",
        "\"x:8300\"", "\xff", "\\u0000", "\"", "[", "}", ",", ":8300", "<html>", "\"never\"",
        "{\"Servers\":", "[{Suffrage:Voter ID: Address::1}]"};
    return pieces.at(random.bounded(int(pieces.size())));
}

QByteArray mutated(QByteArray body, QRandomGenerator &random)
{
    for (int change = 1 + random.bounded(4); change > 0 && !body.isEmpty(); --change) {
        const int at = random.bounded(int(body.size()));
        switch (random.bounded(5)) {
        case 0:
            body.truncate(at);
            break;
        case 1:
            body[at] = char(random.bounded(256));
            break;
        case 2:
            body.insert(at, randomPiece(random));
            break;
        case 3:
            body.remove(at, 1 + random.bounded(30));
            break;
        default: { // the value after some colon is another one
            const qsizetype colon = body.indexOf(':', at);
            const qsizetype end = body.indexOf(',', colon);
            if (colon > 0 && end > colon)
                body.replace(colon + 1, end - colon - 1, randomPiece(random));
        }
        }
    }
    return body;
}

bool isBounded(const Facts &facts)
{
    const RaftView view = facts.raft.value_or(RaftView{});
    return tell(facts).size() < 400'000 && view.name.value_or(QString()).size() <= 301 && view.leader.value_or(QString()).size() <= 300
        && view.peers.value_or(QStringList()).size() <= 1000;
}

/// What every answer must keep to, whatever was asked and whatever came.
QString broken(const QString &key, int http, const Decoded &decoded)
{
    const bool documentStatus = http == 200 || (http == 429 && key == u"autopilot");
    if (decoded.reach == Reach::Answered && !documentStatus)
        return u"answered, with HTTP %1"_s.arg(http);
    if (decoded.reach == Reach::Answered && (!decoded.facts.raft || tell(decoded.facts).isEmpty()))
        return u"answered, with nothing understood"_s;
    if ((decoded.reach == Reach::Answered) != decoded.error.isEmpty())
        return u"an error without a failure, or the reverse"_s;
    if (decoded.reach != Reach::Answered && decoded.facts.raft)
        return u"facts of a reply that was not understood"_s;
    if (decoded.error.size() > 1000 || !isBounded(decoded.facts))
        return u"not bounded"_s;
    return {};
}
} // namespace

void ConsulFuzz::survives_data()
{
    QTest::addColumn<QString>("file");
    const auto files = QDir(QStringLiteral(QUORATE_FIXTURES "/consul")).entryList({u"*.json"_s, u"*.txt"_s}, QDir::Files, QDir::Name);
    QVERIFY(files.size() > 20);
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file;
}

void ConsulFuzz::survives()
{
    QFETCH(QString, file);
    const QByteArray body = fixture(file);
    QRandomGenerator random(20'261'120);
    const QStringList keys{u"leader"_s, u"peers"_s, u"info"_s, u"self"_s, u"configuration"_s, u"nodes"_s, u"autopilot"_s, u"unknown"_s};
    const QList<int> statuses{200, 200, 200, 429, 204, 301, 403, 404, 500, 999};
    const Headers headers{{"X-Consul-Knownleader", "true"}, {"X-Consul-Lastcontact", "-7"}};
    for (int round = 0; round < rounds; ++round) {
        const QByteArray bytes = mutated(body, random);
        const QString &key = keys.at(random.bounded(int(keys.size())));
        const int http = statuses.at(random.bounded(int(statuses.size())));
        const QString problem = broken(key, http, consulSystem().decode(request(key), reply(http, bytes, headers)));
        QVERIFY2(problem.isEmpty(), qPrintable(u"round %1, %2: %3"_s.arg(round).arg(key, problem)));
    }
}

QTEST_GUILESS_MAIN(ConsulFuzz)
#include "tst_consul_fuzz.moc"
