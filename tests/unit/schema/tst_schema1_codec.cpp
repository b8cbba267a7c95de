// SPDX-License-Identifier: GPL-3.0-or-later
// Schema 1: what is written is read back as it was; what is not known has no key; what is wrong is said with its place.
#include "models/status/schema1.h"
#include "tests/support/random_status.h"

#include <QCborValue>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <limits>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
const Schema1Texts texts{
    [](const ClusterStatus &, const Reason &) { return u"a sentence"_s; }, [](const ClusterStatus &) { return u"a headline"_s; }};

QJsonObject throughBytes(const QJsonObject &object) { return QJsonDocument::fromJson(QJsonDocument(object).toJson()).object(); }

FleetStatus fleetOf(const ClusterStatus &cluster) { return {Instant(Milliseconds(1'700'000'000'123)), u"wall"_s, {}, {cluster}}; }

QJsonObject clusterOf(const QJsonObject &fleet) { return fleet.value("clusters"_L1).toArray().at(0).toObject(); }

/// Severity Ok is not the default, so a word that was not read would show.
QByteArray difference(const FleetStatus &read, const FleetStatus &written)
{
    return QJsonDocument(toSchema1(read, texts)).toJson() == QJsonDocument(toSchema1(written, texts)).toJson()
        ? QByteArray("beyond the schema")
        : QByteArray("in the schema");
}
} // namespace

class TestSchema1Codec : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void roundTripOfRandomStatuses();
    void roundTripThroughCbor();
    void largeIntegersAreExact_data();
    void largeIntegersAreExact();
    void theEmptyStatusHasNoGuessedKeys();
    void absentIsNotZero();
    void listsAreInTheOrderOfTheSchema();
    void aPeerThatIsNotAskedHasNoReach();
    void numbersThatJsonCannotSayAreAbsent();
    void mistakes_data();
    void mistakes();
    void whatIsAddedLaterIsIgnored();
};

void TestSchema1Codec::roundTripOfRandomStatuses()
{
    for (quint64 seed = 0; seed < 300; ++seed) {
        std::mt19937_64 random(seed);
        const FleetStatus written = test::randomFleet(random);
        const auto read = fromSchema1(throughBytes(toSchema1(written, texts)));
        QVERIFY2(read, qPrintable(u"seed %1: %2"_s.arg(seed).arg(read ? QString() : read.error().text)));
        for (qsizetype i = 0; i < written.clusters.size(); ++i) {
            // "disabled" is read from the reported word; random words never are.
            QVERIFY2(read.value().clusters.at(i) == written.clusters.at(i),
                qPrintable(u"seed %1, cluster %2, %3"_s.arg(seed).arg(i).arg(QLatin1String(difference(read.value(), written)))));
        }
        QVERIFY2(read.value() == written, qPrintable(u"seed %1"_s.arg(seed)));
    }
}

void TestSchema1Codec::roundTripThroughCbor()
{
    std::mt19937_64 random(7);
    const FleetStatus written = test::randomFleet(random);
    const QByteArray bytes = QCborValue::fromJsonValue(toSchema1(written, texts)).toCbor();
    const auto read = fromSchema1(QCborValue::fromCbor(bytes).toJsonValue().toObject());
    QVERIFY(read);
    QCOMPARE(read.value(), written);
}

void TestSchema1Codec::largeIntegersAreExact_data()
{
    QTest::addColumn<quint64>("term");
    QTest::newRow("2^53 + 1, which a double can't say") << (quint64{1} << 53) + 1;
    QTest::newRow("2^63 - 1") << quint64{std::numeric_limits<qint64>::max()};
    QTest::newRow("2^63") << (quint64{1} << 63);
    QTest::newRow("2^63 + 2^11, the next that a double can say") << (quint64{1} << 63) + 2048;
    QTest::newRow("0") << quint64{0};
}

void TestSchema1Codec::largeIntegersAreExact()
{
    QFETCH(quint64, term);
    ClusterStatus cluster;
    RaftStatus raft;
    raft.term = term;
    cluster.raft = {raft};
    const auto read = fromSchema1(throughBytes(toSchema1(fleetOf(cluster), texts)));
    QVERIFY(read);
    QCOMPARE(read.value().clusters.first().raft.first().term, std::optional(term));
}

void TestSchema1Codec::theEmptyStatusHasNoGuessedKeys()
{
    const QJsonObject fleet = toSchema1(fleetOf(ClusterStatus()), texts);
    QCOMPARE(fleet.keys(), (QStringList{u"clusters"_s, u"host"_s, u"notices"_s, u"quorate"_s, u"schema"_s, u"severity"_s, u"time"_s}));
    QCOMPARE(fleet.value("time"_L1).toString(), u"2023-11-14T22:13:20.123Z"_s);
    QCOMPARE(fleet.value("quorate"_L1).toString(), QLatin1String(QUORATE_VERSION));
    QCOMPARE(fleet.value("severity"_L1).toString(), u"unknown"_s);
    QCOMPARE(clusterOf(fleet).keys(), (QStringList{u"endpoints"_s, u"headline"_s, u"name"_s, u"reasons"_s, u"severity"_s, u"system"_s}));
    const QJsonObject nothing = toSchema1(FleetStatus(), texts);
    QCOMPARE(nothing.value("severity"_L1).toString(), u"unknown"_s); // worst of nothing
}

void TestSchema1Codec::absentIsNotZero()
{
    ClusterStatus cluster;
    QueueStatus known, unknown;
    known.name = u"known"_s;
    known.dead = 0;
    unknown.name = u"unknown"_s;
    cluster.queues = {known, unknown};
    const QJsonArray queues = clusterOf(toSchema1(fleetOf(cluster), texts)).value("queues"_L1).toArray();
    QCOMPARE(queues.at(0).toObject().value("dead"_L1), QJsonValue(0));
    QVERIFY(!queues.at(1).toObject().contains("dead"_L1));

    cluster.queues = QList<QueueStatus>(); // asked, and there are none
    QVERIFY(clusterOf(toSchema1(fleetOf(cluster), texts)).value("queues"_L1).isArray());
    cluster.queues.reset(); // not known
    QVERIFY(!clusterOf(toSchema1(fleetOf(cluster), texts)).contains("queues"_L1));

    cluster.raft = {RaftStatus()}; // no membership: nothing to be live of
    const QJsonObject raft = clusterOf(toSchema1(fleetOf(cluster), texts)).value("raft"_L1).toArray().at(0).toObject();
    QCOMPARE(raft.keys(), (QStringList{u"agreement"_s, u"group"_s, u"missing"_s, u"peers"_s, u"views"_s}));
}

void TestSchema1Codec::listsAreInTheOrderOfTheSchema()
{
    ClusterStatus cluster;
    const auto reason = [](ReasonCode code, Severity severity, const QString &subject) {
        Reason made;
        made.code = code;
        made.clusterSeverity = severity;
        made.subject = subject;
        return made;
    };
    cluster.reasons = {reason(ReasonCode::RaftSingleView, Severity::Ok, {}), reason(ReasonCode::RaftPeerLagging, Severity::Warning, u"b"_s),
        reason(ReasonCode::RaftPeerLagging, Severity::Warning, u"a"_s), reason(ReasonCode::RaftPeerContact, Severity::Warning, u"z"_s),
        reason(ReasonCode::RaftQuorumLost, Severity::Critical, {}), reason(ReasonCode::Stale, Severity::Unknown, {})};
    ComponentStatus etcd, kafka;
    etcd.name = u"etcd"_s;
    kafka.name = u"kafka_server"_s;
    cluster.components = {kafka, etcd};
    EndpointStatus first, second;
    first.url = EndpointUrl(u"http://z"_s);
    second.url = EndpointUrl(u"http://a"_s);
    cluster.endpoints = {first, second};

    const QJsonObject object = clusterOf(toSchema1(fleetOf(cluster), texts));
    QStringList said;
    for (const QJsonValue row : object.value("reasons"_L1).toArray())
        said.append(row.toObject().value("code"_L1).toString() + u' ' + row.toObject().value("subject"_L1).toString());
    QCOMPARE(said,
        (QStringList{u"raft-quorum-lost "_s, u"stale "_s, u"raft-peer-contact z"_s, u"raft-peer-lagging a"_s, u"raft-peer-lagging b"_s,
            u"raft-single-view "_s}));
    QCOMPARE(object.value("components"_L1).toArray().at(0).toObject().value("name"_L1).toString(), u"etcd"_s);
    QCOMPARE(object.value("endpoints"_L1).toArray().at(0).toObject().value("url"_L1).toString(), u"http://z"_s); // as configured
}

void TestSchema1Codec::aPeerThatIsNotAskedHasNoReach()
{
    ClusterStatus cluster;
    PeerStatus asked, notAsked;
    asked.address = u"1"_s;
    asked.hasEndpoint = true;
    asked.reach = Reach::Answered;
    asked.believesLeader = u""_s; // names nobody
    notAsked.address = u"2"_s;
    notAsked.believesLeader = u"never said"_s;
    RaftStatus raft;
    raft.peers = {asked, notAsked};
    cluster.raft = {raft};
    const QJsonArray peers
        = clusterOf(toSchema1(fleetOf(cluster), texts)).value("raft"_L1).toArray().at(0).toObject().value("peers"_L1).toArray();
    QCOMPARE(peers.at(0).toObject().value("believes_leader"_L1), QJsonValue(QString(u""_s)));
    QVERIFY(!peers.at(1).toObject().contains("reach"_L1));
    QVERIFY(!peers.at(1).toObject().contains("believes_leader"_L1));
}

void TestSchema1Codec::numbersThatJsonCannotSayAreAbsent()
{
    ClusterStatus cluster;
    EndpointStatus endpoint;
    endpoint.latency = std::numeric_limits<double>::infinity();
    endpoint.uptime = std::numeric_limits<double>::quiet_NaN();
    cluster.endpoints = {endpoint};
    const QJsonObject row = clusterOf(toSchema1(fleetOf(cluster), texts)).value("endpoints"_L1).toArray().at(0).toObject();
    QVERIFY(!row.contains("latency"_L1));
    QVERIFY(!row.contains("uptime"_L1));
}

void TestSchema1Codec::mistakes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const char *json, const QString &text) { QTest::newRow(name) << QByteArray(json) << text; };
    row("nothing", "{}", u"an object of schema 1 was expected, nothing came"_s);
    row("no version", R"({"time":""})", u"schema 1 was expected, none came"_s);
    row("a later version", R"({"schema":2})", u"schema 1 was expected, 2 came"_s);
    row("a half version", R"({"schema":1.5})", u"schema 1 was expected, 1.5 came"_s);
    row("host", R"({"schema":1,"host":5})", u"$.host is not a string"_s);
    row("time", R"({"schema":1,"time":"noon"})", u"$.time is not a time of RFC 3339"_s);
    row("clusters", R"({"schema":1,"clusters":{}})", u"$.clusters is not a list"_s);
    row("a cluster", R"({"schema":1,"clusters":[1]})", u"$.clusters[0] is not an object"_s);
    row("severity", R"({"schema":1,"clusters":[{"severity":"fine"}]})", u"$.clusters[0].severity is not a known word"_s);
    row("an integer", R"({"schema":1,"clusters":[{"queues":[{"name":"q","dead":0.5}]}]})",
        u"$.clusters[0].queues[0].dead is not an integer"_s);
    row("negative index", R"({"schema":1,"clusters":[{"raft":[{"term":-1}]}]})",
        u"$.clusters[0].raft[0].term is not an integer of 0 or more"_s);
    row("too large", R"({"schema":1,"clusters":[{"endpoints":[{"http":3000000000}]}]})",
        u"$.clusters[0].endpoints[0].http is not a smaller integer"_s);
    row("a pair", R"({"schema":1,"clusters":[{"components":[{"facts":{"members":[1]}}]}]})",
        u"$.clusters[0].components[0].facts.members is not two integers"_s);
    row("a list of texts", R"({"schema":1,"clusters":[{"raft":[{"missing":["a",1]}]}]})",
        u"$.clusters[0].raft[0].missing[1] is not a string"_s);
    row("pending", R"({"schema":1,"clusters":[{"pending":true}]})", u"$.clusters[0].pending is not an object"_s);
}

void TestSchema1Codec::mistakes()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, text);
    const auto read = fromSchema1(QJsonDocument::fromJson(json).object());
    QVERIFY(!read);
    QCOMPARE(read.error().text, text);
}

void TestSchema1Codec::whatIsAddedLaterIsIgnored()
{
    const auto read
        = fromSchema1(QJsonDocument::fromJson(R"({"schema":1,"new":{},"clusters":[{"name":"c","severity":"warning","moon":"full",
        "reasons":[{"code":"moon-phase","severity":"warning"},{"code":"stale","severity":"unknown","folded_under":"moon-phase"}]}]})")
                          .object());
    QVERIFY(read);
    const ClusterStatus &cluster = read.value().clusters.first();
    QCOMPARE(cluster.severity, Severity::Warning);
    QCOMPARE(cluster.reasons.size(), 1);
    QCOMPARE(cluster.reasons.first().code, ReasonCode::Stale);
}

QTEST_APPLESS_MAIN(TestSchema1Codec)
#include "tst_schema1_codec.moc"
