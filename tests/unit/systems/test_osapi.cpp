// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/osapi/document.h"
#include "models/systems/osapi/osapi.h"
#include "tests/unit/systems/replies.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;

namespace {
const System &system() { return osapiSystem(); }

Request statusRequest()
{
    PollState state;
    state.remembered = u"/api"_s;
    return system().plan(state).constFirst();
}

Decoded decode(int http, const QByteArray &body) { return system().decode(statusRequest(), reply(http, body)); }

Facts factsOf(const QString &file, int http = 200) { return decode(http, fixture(u"osapi/"_s + file)).facts; }

QString tell(const std::optional<qint64> &n) { return n ? QString::number(*n) : u"-"_s; }

/// "total/unprocessed/processing/completed/failed/dead" of the only queue.
QString jobs(const Facts &facts)
{
    if (!facts.queues)
        return u"absent"_s;
    const QueueFact &queue = facts.queues->constFirst();
    return QStringList{
        tell(queue.total), tell(queue.unprocessed), tell(queue.processing), tell(queue.completed), tell(queue.failed), tell(queue.dead)}
        .join(u'/');
}

template <class List>
QString size(const std::optional<List> &list)
{
    return list ? QString::number(list->size()) : u"-"_s;
}

/// Which sections are there: "s1 b1 o- c- a- n+" (streams, buckets, object stores, consumers, agents' rows, nats).
QString sections(const Facts &facts)
{
    const QString agents = facts.agents ? QString::number(facts.agents->list.size()) : u"-"_s;
    return u"s%1 b%2 o%3 c%4 a%5 n%6"_s.arg(size(facts.streams), size(facts.buckets), size(facts.objectStores),
        facts.consumers ? tell(facts.consumers->total) : u"-"_s, agents, facts.nats ? u"+"_s : u"-"_s);
}

struct Expected {
    const char *name;
    int http;
    QString reach;
    QString components = u"absent"_s;
    QString overall = u"-"_s;
    QString jobs = u"absent"_s;
    QString sections = u"s- b- o- c- a- n-"_s;
    QString uptime = u"-"_s;
};

/// Every fixture as the answer to the status request; the probes' bodies are not its document.
QList<Expected> expectations()
{
    const QString ok = u"ok=healthy"_s, degraded = u"degraded=degraded"_s, fine = u"kv=healthy nats=healthy"_s;
    const QString checks = u"controller.kv (connectivity)=healthy controller.nats (connectivity)=healthy"_s;
    const QString hundred = u"100/5/2/90/3/0"_s;
    return {
        {"agents_list_200.json", 200, u"malformed"_s},
        {"error_401_bad_signature.json", 401, u"unauthorised"_s},
        {"error_401_expired.json", 401, u"unauthorised"_s},
        {"error_401_malformed.json", 401, u"unauthorised"_s},
        {"error_401_missing_token.json", 401, u"unauthorised"_s},
        {"error_403_insufficient.json", 403, u"unauthorised"_s},
        {"error_404_echo.json", 404, u"not-found"_s},
        {"error_schema_example.json", 500, u"server-error"_s},
        {"health_200.json", 200, u"malformed"_s},
        {"job_status_legacy_200.json", 200, u"malformed"_s},
        {"jobs_list_200.json", 200, u"malformed"_s},
        {"metrics_server_ready_503.json", 503, u"server-error"_s},
        {"ready_200.json", 200, u"malformed"_s},
        {"ready_503.json", 503, u"server-error"_s},
        {"ready_503_both.json", 503, u"server-error"_s},
        {"status_latest_200_empty_cluster.json", 200, u"answered"_s, checks, ok, u"0/0/0/0/0/0"_s, u"s0 b0 o0 c0 a0 n+"_s, u"61"_s},
        {"status_latest_200_full.json", 200, u"answered"_s,
            u"agent.facts=healthy agent.heartbeat=healthy agent.metrics=healthy agent.pki=disabled controller.api=healthy "
            "controller.heartbeat=healthy controller.kv (connectivity)=healthy controller.metrics=healthy "
            "controller.nats (connectivity)=healthy controller.notifier=healthy controller.pki=disabled controller.tracing=healthy "
            "controller.ui=healthy nats.heartbeat=healthy nats.metrics=healthy nats.server=healthy"_s,
            ok, hundred, u"s1 b6 o1 c24 a4 n+"_s, u"25563"_s},
        {"status_latest_200_minimal.json", 200, u"answered"_s, checks, ok, u"absent"_s, u"s- b- o- c- a- n-"_s, u"0"_s},
        {"status_latest_200_partial_metrics.json", 200, u"answered"_s, checks, ok, u"absent"_s, u"s- b1 o- c- a- n-"_s, u"45"_s},
        {"status_latest_503_nats_down.json", 503, u"answered"_s,
            u"controller.api=healthy controller.heartbeat=healthy controller.kv (connectivity)=failed controller.metrics=healthy "
            "controller.nats (connectivity)=failed controller.notifier=disabled controller.tracing=healthy"_s,
            degraded, u"absent"_s, u"s- b0 o0 c- a- n-"_s, u"93669"_s},
        {"status_v1_200.json", 200, u"answered"_s, fine, ok, hundred, u"s1 b1 o- c- a- n+"_s, u"9000"_s},
        {"status_v1_503_fresh_empty_bucket.json", 503, u"answered"_s, u"kv=failed nats=healthy"_s, degraded, u"0/0/0/0/0/0"_s,
            u"s1 b1 o- c- a- n+"_s, u"12"_s},
        {"status_v1_503_nats_down.json", 503, u"answered"_s, u"kv=failed nats=failed"_s, degraded, u"absent"_s, u"s- b- o- c- a- n-"_s,
            u"9017"_s},
        {"status_v1_seed_example.json", 200, u"answered"_s, QString(), ok, hundred, u"s1 b1 o- c- a- n+"_s, u"9000"_s},
        {"synthetic_large_numbers.json", 200, u"answered"_s, fine, ok, u"10000000/9999990/0/1/9/1000"_s, u"s1 b1 o1 c- a2 n+"_s,
            u"9223372036.854776"_s},
        {"uptime_samples.json", 200, u"malformed"_s},
    };
}

Reply refused()
{
    Reply answer;
    answer.reach = Reach::Refused;
    return answer;
}
const QByteArray document = "{\"components\":{\"nats\":{\"status\":\"ok\"}},\"status\":\"ok\",\"version\":\"0.1.0\"}";
const QByteArray indexHtml = "<!doctype html><title>OSAPI</title>";

/// A server of today, whose user interface answers every path outside /api with its page.
Reply serverOfToday(const Request &request)
{
    if (request.path == "/api/health"_L1)
        return reply(200, "{\"status\":\"ok\"}");
    if (request.path == "/api/health/status"_L1)
        return reply(200, document);
    return request.path.startsWith("/api/"_L1) ? reply(404, "404 page not found") : reply(200, indexHtml);
}

/// A server before /api.
Reply serverOfOld(const Request &request)
{
    if (request.path == "/health"_L1)
        return reply(200, "{\"status\":\"ok\"}");
    return request.path == "/health/status"_L1 ? reply(503, document) : reply(404, "{\"message\":\"Not Found\"}");
}
} // namespace

/// OSAPI: every generation of its document, and finding the path of the generation.
class TestOsapi final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void readsEveryFixture_data()
    {
        QTest::addColumn<QStringList>("expected");
        for (const Expected &file : expectations())
            QTest::newRow(file.name) << QStringList{file.reach, file.components, file.overall, file.jobs, file.sections, file.uptime};
    }
    void readsEveryFixture()
    {
        const auto all = expectations();
        const auto file
            = std::find_if(all.begin(), all.end(), [](const Expected &e) { return qstrcmp(e.name, QTest::currentDataTag()) == 0; });
        const Decoded decoded = decode(file->http, fixture(u"osapi/"_s + QString::fromLatin1(file->name)));
        const Facts &facts = decoded.facts;
        const QString overall = facts.reported ? *facts.reported + u'=' + tell(*facts.reportedState) : u"-"_s;
        const QString uptime = facts.uptimeSeconds ? QString::number(*facts.uptimeSeconds, 'g', 16) : u"-"_s;
        const QStringList told{QString(name(decoded.reach)), tell(facts.components), overall, jobs(facts), sections(facts), uptime};
        QTEST(told, "expected");
        QCOMPARE(decoded.error.isEmpty(), decoded.reach == Reach::Answered);
    }

    void noFixtureIsForgotten()
    {
        QStringList names;
        for (const Expected &file : expectations())
            names << QString::fromLatin1(file.name);
        QCOMPARE(names, fixtureNames(u"osapi"_s));
    }

    void keepsWhatComponentsSay()
    {
        const Facts facts = factsOf(u"status_latest_503_nats_down.json"_s, 503);
        const ComponentFact *kv = componentNamed(facts, u"kv (connectivity)"_s);
        QCOMPARE(kv->group, u"controller"_s);
        QCOMPARE(kv->reported, u"error"_s);
        QCOMPARE(kv->message, u"kv bucket not accessible: context deadline exceeded"_s);
        QCOMPARE(componentNamed(facts, u"api"_s)->address, u"http://0.0.0.0:8080"_s);
    }

    void theRegistryIsTheListOfAgents()
    {
        const Facts facts = factsOf(u"status_latest_200_full.json"_s);
        QCOMPARE(facts.agents->total, std::optional<qint64>(2));
        QCOMPARE(facts.agents->ready, std::optional<qint64>(2));
        const AgentFact web{
            u"web-01"_s, u"agent"_s, u"Ready"_s, 25560.0, u"7h 6m"_s, {u"DiskPressure"_s}, u"env=prod, group=web.prod"_s, 1.2, 100'663'296};
        QCOMPARE(facts.agents->list.constFirst(), web);
        QCOMPARE(facts.agents->list.constLast().kind, u"nats"_s);
    }

    void withoutARegistryTheOlderListIs()
    {
        const Facts facts = decode(200,
            json("{'components':{'nats':{'status':'ok'}},'version':'0.1.0',"
                 "'agents':{'total':1,'agents':[{'hostname':'a','registered':' ago'}]}}"))
                                .facts;
        QCOMPARE(facts.agents->list.size(), 1);
        QCOMPARE(facts.agents->list.constFirst().kind, u"agent"_s);
        QCOMPARE(facts.agents->list.constFirst().ageSeconds, std::optional<double>()); // a clock that is ahead
        QCOMPARE(facts.agents->ready, std::optional<qint64>());
    }

    void agesAreDurations_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("seconds"); // −1: absent
        QTest::newRow("days and hours") << u"3d 4h"_s << 3 * 86400.0 + 4 * 3600;
        QTest::newRow("minutes") << u"45m"_s << 2700.0;
        QTest::newRow("ago") << u"15s ago"_s << 15.0;
        QTest::newRow("just now") << u"0s ago"_s << 0.0;
        QTest::newRow("clock skew") << u" ago"_s << -1.0;
        QTest::newRow("empty") << QString() << -1.0;
        QTest::newRow("negative") << u"-5s"_s << -1.0;
        QTest::newRow("words") << u"a while ago"_s << -1.0;
    }
    void agesAreDurations()
    {
        QFETCH(QString, text);
        QTEST(osapi::ageIn(text).value_or(-1), "seconds");
    }

    void hugeNumbersStayExact()
    {
        const Facts facts = factsOf(u"synthetic_large_numbers.json"_s);
        QCOMPARE(facts.streams->constFirst().messages, std::optional(Q_INT64_C(9007199254740993)));
        QCOMPARE(facts.streams->constFirst().bytes, std::optional(std::numeric_limits<qint64>::max()));
        QCOMPARE(facts.agents->list.constFirst().cpuPercent, std::optional(1599.5));
        QCOMPARE(facts.agents->list.constLast().ageSeconds, std::optional<double>());
    }

    // What is there and can't be read is never taken for absent: dead letters of -5 would be no dead letters.
    void namesTheKeyThatCantBeRead_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *part, const QString &problem) { QTest::newRow(part) << json(part) << problem; };
        row("'jobs':{'dlq':-5}", u"jobs.dlq: a count expected, -5 came"_s);
        row("'jobs':{'dlq':9223372036854775808}", u"jobs.dlq: a count expected, 9.22337e+18 came"_s);
        row("'jobs':{'dlq':'9223372036854775808'}", u"jobs.dlq: a count expected, “9223372036854775808” came"_s);
        row("'jobs':{'failed':1.5}", u"jobs.failed: a count expected, 1.5 came"_s);
        row("'jobs':{'total':true}", u"jobs.total: a count expected, true came"_s);
        row("'jobs':{'unprocessed':'many'}", u"jobs.unprocessed: a count expected, “many” came"_s);
        row("'jobs':{'processing':[]}", u"jobs.processing: a count expected, a list came"_s);
        row("'jobs':'none'", u"jobs: an object expected, “none” came"_s);
        row("'agents':[1,2]", u"agents: an object expected, a list came"_s);
        row("'agents':{'agents':[{'hostname':'a'},4]}", u"agents.agents[1]: an object expected, 4 came"_s);
        row("'agents':{'agents':[{'hostname':7}]}", u"agents.agents[0].hostname: a text expected, 7 came"_s);
        row("'agents':{'total':3,'ready':5}", u"agents.ready: at most the total of 3 expected, 5 came"_s);
        row("'registry':[{'status':''}]", u"registry[0].status: a word expected, “” came"_s);
        row("'agents':{'ready':'all'}", u"agents.ready: a count expected, “all” came"_s);
        row("'registry':{}", u"registry: a list expected, an object came"_s);
        row("'registry':[{'conditions':'DiskPressure'}]", u"registry[0].conditions: a list expected, “DiskPressure” came"_s);
        row("'registry':[{'conditions':[{'type':'DiskPressure'}]}]", u"registry[0].conditions[0]: a text expected, an object came"_s);
        row("'registry':[{'cpu_percent':-1}]", u"registry[0].cpu_percent: a number from 0 expected, -1 came"_s);
        row("'registry':[{'mem_bytes':-1}]", u"registry[0].mem_bytes: a count expected, -1 came"_s);
        row("'streams':5", u"streams: a list expected, 5 came"_s);
        row("'streams':[{'name':5}]", u"streams[0].name: a text expected, 5 came"_s);
        row("'kv_buckets':[{'name':'b','keys':'many'}]", u"kv_buckets[0].keys: a count expected, “many” came"_s);
        row("'object_stores':[7]", u"object_stores[0]: an object expected, 7 came"_s);
        row("'consumers':{'total':{}}", u"consumers.total: a count expected, an object came"_s);
        row("'nats':[]", u"nats: an object expected, a list came"_s);
        row("'nats':{'url':false}", u"nats.url: a text expected, false came"_s);
        row("'uptime':7", u"uptime: a text expected, 7 came"_s);
        row("'version':1", u"version: a text expected, 1 came"_s);
        row("'status':5", u"status: a text expected, 5 came"_s);
        row("'status':['ok']", u"status: a text expected, a list came"_s);
        row("'components':{'nats':5}", u"components.nats: an object expected, 5 came"_s);
        row("'components':{'nats':{'status':true}}", u"components.nats.status: a text expected, true came"_s);
        row("'components':{'nats':{'status':'ok','error':{}}}", u"components.nats.error: a text expected, an object came"_s);
        row("'Status':'degraded'", u"Status: “status” expected, another case of it came"_s);
        row("'Jobs':{'dlq':5}", u"Jobs: “jobs” expected, another case of it came"_s);
        row("'jobs':{'DLQ':5}", u"jobs.DLQ: “dlq” expected, another case of it came"_s);
        row("'components':{'nats':{'status':'ok','Error':'boom'}}", u"components.nats.Error: “error” expected, another case of it came"_s);
        row("'error':[]", u"error: a text expected, a list came"_s);
        row("'components':[]", u"components: an object expected, a list came"_s);
    }
    void namesTheKeyThatCantBeRead()
    {
        QFETCH(QByteArray, part);
        QFETCH(QString, problem);
        QJsonObject document = QJsonDocument::fromJson(::document).object();
        const QJsonObject wrong = QJsonDocument::fromJson('{' + part + '}').object();
        document.insert(wrong.begin().key(), wrong.begin().value());
        const QByteArray body = QJsonDocument(document).toJson(QJsonDocument::Compact);
        const Decoded decoded = decode(200, body);
        QCOMPARE(decoded.reach, Reach::Malformed);
        QCOMPARE(decoded.facts, Facts());
        QVERIFY2(decoded.error.startsWith(u"HTTP 200, %1; OSAPI's document expected"_s.arg(problem)), qPrintable(decoded.error));
        QVERIFY(decode(503, body).reach != Reach::Answered);
    }

    void nullsUnknownKeysAndDecimalTextsAreFine()
    {
        const Facts facts = decode(200,
            json("{'components':{'a':{'status':'ok','error':null,'address':null},'b':null,'c':'ok'},'status':'ok','version':null,"
                 "'uptime':null,'nats':null,'streams':null,'kv_buckets':[null,{},{'name':'b','keys':null,'bytes':'12'}],"
                 "'object_stores':null,'jobs':{'total':'9223372036854775807','dlq':null,'lost':-1},'consumers':{'total':null},"
                 "'agents':{'agents':[null,{}]},'registry':null,'surprise':{'x':1},'uptime_seconds':-1}"))
                                .facts;
        QCOMPARE(tell(facts.components), u"a=healthy b=? c=healthy"_s); // b is there, and nothing is said of it
        QCOMPARE(jobs(facts), u"9223372036854775807/-/-/-/-/-"_s);
        QCOMPARE(sections(facts), u"s- b2 o- c- a1 n-"_s);
        QCOMPARE(facts.buckets->constLast(), (BucketFact{u"b"_s, {}, 12}));
        QCOMPARE(facts.agents->list.constFirst().name, u"(unnamed)"_s);
    }

    // The document sends an error with the word "error" only. With a good word it contradicts itself: not green, and no alarm either.
    void aGoodWordWithAnErrorIsNotHealthy_data()
    {
        QTest::addColumn<QByteArray>("component");
        QTest::addColumn<QString>("state");
        QTest::newRow("ok") << json("{'status':'ok','error':'kv bucket not accessible'}") << u"?"_s;
        QTest::newRow("disabled") << json("{'status':'disabled','error':'port in use'}") << u"?"_s;
        QTest::newRow("error") << json("{'status':'error','error':'x'}") << u"failed"_s;
        QTest::newRow("ok, an empty one") << json("{'status':'ok','error':' '}") << u"healthy"_s;
        QTest::newRow("ok, null") << json("{'status':'ok','error':null}") << u"healthy"_s;
        // Keys that nobody described, and that plainly say "not well".
        QTest::newRow("ok, not healthy") << json("{'status':'ok','healthy':false}") << u"?"_s;
        QTest::newRow("ok, another word") << json("{'status':'ok','state':'error'}") << u"?"_s;
        QTest::newRow("ok, degraded") << json("{'status':'ok','degraded':true}") << u"?"_s;
        QTest::newRow("ok, errors") << json("{'status':'ok','errors':['a']}") << u"?"_s;
        QTest::newRow("ok, a failed part below") << json("{'status':'ok','components':{'db':{'status':'error'}}}") << u"?"_s;
        QTest::newRow("ok, a failed part in a list") << json("{'status':'ok','parts':[{'a':1},{'state':'down'}]}") << u"?"_s;
        QTest::newRow("ok, good news") << json("{'status':'ok','healthy':true,'errors':[],'degraded':false,'state':'up'}") << u"healthy"_s;
        QTest::newRow("ok, new keys") << json("{'status':'ok','since':7,'notes':{'level':'high'}}") << u"healthy"_s;
    }
    void aGoodWordWithAnErrorIsNotHealthy()
    {
        QFETCH(QByteArray, component);
        const Decoded decoded = decode(200, json("{'status':'ok','version':'0.1.0','components':{'kv':") + component + "}}");
        QCOMPARE(decoded.reach, Reach::Answered);
        QTEST(tell(decoded.facts.components->constFirst().state), "state");
    }

    void anErrorBesideTheWholesGoodWordContradictsIt()
    {
        const Facts facts
            = decode(200, json("{'status':'ok','error':'nats not connected','components':{'kv':{'status':'ok'}},'uptime':'1m'}")).facts;
        QCOMPARE(facts.reportedState, ComponentState::NotUnderstood);
        QCOMPARE(facts.reported, u"ok, error: nats not connected"_s);
        const Facts others = decode(200, json("{'status':'ok','healthy':false,'components':{'kv':{'status':'ok'}},'uptime':'1m'}")).facts;
        QCOMPARE(others.reportedState, ComponentState::NotUnderstood);
        QCOMPARE(others.reported, u"ok, healthy: false"_s);
    }

    void whatSpeaksAgainstAReadyProcessIsKept()
    {
        const Facts facts = decode(200,
            json("{'status':'ok','components':{'kv':{'status':'ok'}},'uptime':'1m','registry':[{'type':'agent','hostname':'a',"
                 "'status':'Ready','error':'boom'},{'type':'agent','hostname':'b','status':'Ready','draining':false}]}"))
                                .facts;
        QCOMPARE(facts.agents->list.at(0).reported, u"Ready, error: boom"_s);
        QCOMPARE(facts.agents->list.at(1).reported, u"Ready"_s);
    }

    void namesOfComponentsMayDifferByCaseAlone()
    {
        const Facts facts
            = decode(200, json("{'status':'ok','components':{'a':{'status':'ok'},'A':{'status':'error'}},'uptime':'1m'}")).facts;
        QCOMPARE(tell(facts.components), u"A=failed a=healthy"_s);
    }

    void moreRowsThanAreReadAreSaid()
    {
        const QByteArray rows = json("{'hostname':'h','type':'agent'},").repeated(10'000);
        const QByteArray body = json("{'status':'ok','components':{'kv':{'status':'ok'}},'registry':[") + rows
            + json("{'hostname':'last','type':'agent','conditions':['DiskPressure']}]}");
        const Decoded decoded = decode(200, body);
        QCOMPARE(decoded.reach, Reach::Malformed);
        QVERIFY2(decoded.error.contains(u"registry: at most 10000 rows expected, 10001 came"_s), qPrintable(decoded.error.left(200)));
    }

    void anUptimeThatIsNoneIsShownAsItCame()
    {
        const Facts facts = decode(200, "{\"components\":{},\"status\":\"ok\",\"version\":\"1\",\"uptime\":\"since Tuesday\"}").facts;
        QCOMPARE(facts.uptimeText, std::optional(u"since Tuesday"_s));
        QCOMPARE(facts.uptimeSeconds, std::optional<double>());
    }

    void passwordsInAddressesAreNotShown()
    {
        const Facts facts = decode(200,
            json("{'components':{'nats.server':{'status':'ok','address':'nats://me:secret@h:4222'}},'status':'ok','version':'0.1.0',"
                 "'nats':{'url':'nats://me:secret@h:4222'}}"))
                                .facts;
        QCOMPARE(facts.nats->url, u"nats://h:4222"_s);
        QCOMPARE(facts.components->constFirst().address, u"nats://h:4222"_s);
    }

    void isItsDocument_data()
    {
        QTest::addColumn<int>("http");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("reach");
        QTest::newRow("status alone is anybody's") << 200 << QByteArray("{\"status\":\"ok\"}") << u"malformed"_s;
        QTest::newRow("an unknown word and no component")
            << 200 << QByteArray("{\"status\":\"purple\",\"components\":{}}") << u"malformed"_s;
        QTest::newRow("no overall word, one component")
            << 200 << json("{'components':{'a':{'status':'odd'}},'uptime':'1m'}") << u"answered"_s;
        // As Spring Boot has it, and many others.
        QTest::newRow("neither version nor uptime")
            << 200 << json("{'status':'UP','components':{'db':{'status':'UP'},'diskSpace':{'status':'UP'}}}") << u"malformed"_s;
        QTest::newRow("ok without components") << 200 << QByteArray("{\"status\":\"ok\",\"version\":\"1\",\"uptime\":\"1s\"}")
                                               << u"malformed"_s;
        for (const int http : {201, 203, 205, 206, 207, 226, 299})
            QTest::addRow("in a %d", http) << http << document << u"malformed"_s;
        QTest::newRow("in a 500") << 500 << document << u"answered"_s;
        QTest::newRow("in a 401") << 401 << document << u"unauthorised"_s;
        QTest::newRow("in a 404") << 404 << document << u"not-found"_s;
        QTest::newRow("index page") << 200 << indexHtml << u"malformed"_s;
        QTest::newRow("balancer's page") << 502 << indexHtml << u"server-error"_s;
        QTest::newRow("list") << 200 << QByteArray("[" + document + "]") << u"malformed"_s;
    }
    void isItsDocument()
    {
        QFETCH(int, http);
        QFETCH(QByteArray, body);
        QTEST(QString(name(decode(http, body).reach)), "reach");
    }

    void tellsWhyATokenWasRefused()
    {
        QCOMPARE(decode(401, fixture(u"osapi/error_401_expired.json"_s)).error,
            u"HTTP 401: “Invalid token: token is expired by 26m3.123456789s”"_s);
        QCOMPARE(decode(403, fixture(u"osapi/error_403_insufficient.json"_s)).error,
            u"HTTP 403: “Insufficient permissions. Required: [health:read], resolved: map[job:read:true]”"_s);
    }

    void tenThousandComponents()
    {
        QByteArray components;
        for (int i = 0; i < 10'000; ++i)
            components += (i ? ",\"c" : "\"c") + QByteArray::number(i) + "\":{\"status\":\"ok\"}";
        const Facts facts = decode(200, "{\"uptime\":\"1m\",\"components\":{" + components + "}}").facts;
        QCOMPARE(facts.components->size(), 1001);
        QCOMPARE(facts.components->constLast().name, u"(9000 more)"_s);
        QCOMPARE(facts.components->constLast().state, ComponentState::NotUnderstood);
    }

    // Finding the path, told as polls of one server.

    void theProbeGoesWithoutTheToken()
    {
        const QList<Request> next = system().plan({});
        QCOMPARE(tell(next), u"/api/health"_s);
        QVERIFY(!next.constFirst().withToken);
        QVERIFY(statusRequest().withToken);
    }

    void aServerOfTodayIsFoundOnceAndThenAskedOnce()
    {
        QString remembered;
        QCOMPARE(tell(poll(system(), remembered, serverOfToday)), u"/api/health */api/health/status"_s);
        QCOMPARE(tell(poll(system(), remembered, serverOfToday)), u"*/api/health/status"_s);
    }

    void aServerOfOldIsFoundToo()
    {
        QString remembered;
        QCOMPARE(tell(poll(system(), remembered, serverOfOld)), u"/api/health /health */health/status"_s);
        QCOMPARE(tell(poll(system(), remembered, serverOfOld)), u"*/health/status"_s);
    }

    void anUpgradeIsNoticedInTheSamePoll()
    {
        QString remembered;
        (void)poll(system(), remembered, serverOfOld);
        // The new user interface answers the old path with its page and 200: that is not healthy, it is somewhere else.
        QCOMPARE(tell(poll(system(), remembered, serverOfToday)), u"*/health/status /api/health */api/health/status"_s);
        QCOMPARE(tell(poll(system(), remembered, serverOfToday)), u"*/api/health/status"_s);
    }

    void aDowngradeToo()
    {
        QString remembered = u"/api"_s;
        QCOMPARE(tell(poll(system(), remembered, serverOfOld)), u"*/api/health/status /api/health /health */health/status"_s);
        QCOMPARE(tell(poll(system(), remembered, serverOfOld)), u"*/health/status"_s);
    }

    void aStatusThatFailsOtherwiseIsNotLookedForElsewhere()
    {
        QString remembered = u"/api"_s;
        QCOMPARE(tell(poll(system(), remembered, [](const Request &) { return refused(); })), u"*/api/health/status"_s);
        QCOMPARE(tell(poll(system(), remembered, [](const Request &) { return reply(401, "{}"); })), u"*/api/health/status"_s);
        QCOMPARE(tell(poll(system(), remembered, [](const Request &) { return reply(502, indexHtml); })), u"*/api/health/status"_s);
        QCOMPARE(remembered, u"/api"_s);
    }

    void whoeverAnswersTheProbesThereIsOnePrimaryRequest()
    {
        QString remembered;
        QCOMPARE(tell(poll(system(), remembered, [](const Request &) { return refused(); })), u"/api/health */api/health/status"_s);
        QCOMPARE(tell(poll(system(), remembered, [](const Request &) { return reply(200, indexHtml); })),
            u"/api/health /health */api/health/status"_s);
        QVERIFY(remembered.isEmpty());
    }

    void theProbesOkIsNoVerdict()
    {
        const Decoded decoded = system().decode(system().plan({}).constFirst(), reply(200, fixture(u"osapi/health_200.json"_s)));
        QCOMPARE(decoded.reach, Reach::Answered);
        QCOMPARE(decoded.facts, Facts());
    }

    void vendorsCommand()
    {
        CommandTarget target{EndpointUrl(u"https://osapi-1:8080"_s), true, u"OSAPI_TOKEN"_s, {}, {}, {}, false};
        QCOMPARE(system().vendorCommand(target),
            u"OSAPI_CONTROLLER_CLIENT_URL=https://osapi-1:8080 OSAPI_CONTROLLER_CLIENT_SECURITY_BEARER_TOKEN=\"$OSAPI_TOKEN\" "
            "osapi client health status --json"_s);
        target.tokenVariable = u"A; rm -rf /"_s;
        QCOMPARE(system().vendorCommand(target), u"OSAPI_CONTROLLER_CLIENT_URL=https://osapi-1:8080 osapi client health status --json"_s);
    }
};

QTEST_GUILESS_MAIN(TestOsapi)
#include "test_osapi.moc"
