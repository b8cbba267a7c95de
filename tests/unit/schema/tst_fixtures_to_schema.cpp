// SPDX-License-Identifier: GPL-3.0-or-later
// Every captured reply as the answer to every request of its system, at several HTTP statuses: what the judge makes of it is valid under
// the schema, survives the codec, and is never Ok where the reply was not understood.
#include "models/judge/fleet.h"
#include "models/report/report.h"
#include "models/status/schema1.h"
#include "models/systems/system.h"
#include "tests/support/json_schema.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
const EndpointUrl url(u"http://10.1.10.10:8500"_s);

/// Every request that a system may send, found by letting each one answer, fail and answer something else.
QList<Request> everyRequest(const System &system)
{
    QList<Request> found;
    QSet<QString> keys;
    const auto add = [&](const QList<Request> &requests) {
        for (const Request &request : requests) {
            if (!keys.contains(request.key)) {
                keys.insert(request.key);
                found.append(request);
            }
        }
    };
    for (const Reach reach : {Reach::Answered, Reach::NotFound, Reach::Malformed, Reach::Unauthorised}) {
        PollState poll;
        for (int step = 0; step < 10; ++step) {
            const QList<Request> next = system.plan(poll);
            if (next.isEmpty())
                break;
            add(next);
            poll.asked += next;
            for (const Request &request : next)
                poll.answers.append({request, reach, reach == Reach::Answered ? 200 : 404, Facts()});
        }
    }
    if (system.planForwarded) {
        RoundState round;
        RoundState::Endpoint endpoint{url, true, Reach::Answered, Facts()};
        endpoint.facts.raft = RaftView();
        endpoint.facts.raft->leader = u"10.1.10.10:8300"_s;
        endpoint.facts.raft->state = u"Leader"_s;
        endpoint.facts.raft->saysLeader = true;
        round.endpoints = {endpoint};
        round.settled = true;
        if (const auto forwarded = system.planForwarded(round))
            add({forwarded->request});
    }
    return found;
}

Observation observationOf(const Request &request, const Decoded &decoded, int http, const Time &at)
{
    Observation observation;
    observation.cluster = ClusterName(u"fixture"_s);
    observation.endpoint = url;
    observation.request = request.key;
    observation.path = request.path;
    observation.primary = true; // whichever it is: its reach decides
    observation.forwarded = request.forwarded;
    observation.at = at;
    observation.latencySeconds = 0.003;
    observation.reach = decoded.reach;
    observation.http = http;
    observation.error = decoded.error;
    observation.retryAfterSeconds = decoded.retryAfterSeconds;
    observation.endpointDone = true;
    observation.facts = decoded.facts;
    return observation;
}

FleetStatus judgedFleet(const System &system, const Observation &observation, const Time &now)
{
    ClusterSpec spec;
    spec.name = observation.cluster;
    spec.system = system.name;
    spec.endpoints = {url};
    Fleet fleet;
    fleet.mode = JudgeMode::OneShot;
    (void)step(fleet, FleetSpec{spec}, now);
    (void)step(fleet, observation, now);
    FleetStatus status;
    status.time = now.wall;
    status.clusters = {judged(fleet.clusters.first(), fleet.mode, now)};
    return status;
}
} // namespace

class TestFixturesToSchema : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void every_data();
    void every();
};

void TestFixturesToSchema::every_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QString>("path");
    const QString root = QStringLiteral(QUORATE_FIXTURES);
    for (const System *system : systems()) {
        QDirIterator files(root + u'/' + system->name, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            if (!path.endsWith(u".meta"_s))
                QTest::newRow(qPrintable(path.mid(root.size() + 1))) << QString(system->name) << path;
        }
    }
}

void TestFixturesToSchema::every()
{
    QFETCH(QString, system);
    QFETCH(QString, path);
    static const QJsonObject schema = QJsonDocument::fromJson(schema1Document()).object();
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const System *asked = systemNamed(system);
    const QList<Request> requests = everyRequest(*asked);
    QVERIFY(!requests.isEmpty());
    Reply reply;
    reply.reach = Reach::Answered;
    reply.body = file.readAll();
    const Time now{Instant(1'795'000'000s), 1'000'000ms, 1'000'000ms};
    for (const Request &request : requests) {
        for (const int http : {200, 403, 429, 503}) {
            reply.http = http;
            const Decoded decoded = asked->decode(request, reply);
            const FleetStatus status = judgedFleet(*asked, observationOf(request, decoded, http, now), now);
            const QByteArray json = jsonReport(status);
            const QJsonObject object = QJsonDocument::fromJson(json).object();
            const QStringList mistakes = test::schemaMistakes(object, schema);
            QVERIFY2(mistakes.isEmpty(), qPrintable(u"%1, HTTP %2: %3"_s.arg(request.key, QString::number(http), mistakes.join(u'\n'))));
            if (decoded.reach != Reach::Answered)
                QVERIFY2(object.value("severity"_L1).toString() != "ok"_L1, json.constData());
            const auto read = fromSchema1(object);
            QVERIFY2(read, read ? "" : qPrintable(read.error().text));
            QCOMPARE(read.value().clusters.first().components, [&] {
                QList<ComponentStatus> components = status.clusters.first().components;
                for (ComponentStatus &component : components)
                    component.derived = Severity::Ok; // not in the schema
                return components;
            }());
        }
    }
}

QTEST_GUILESS_MAIN(TestFixturesToSchema)
#include "tst_fixtures_to_schema.moc"
