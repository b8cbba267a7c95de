// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/systems/osapi_replies.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;

/// OSAPI: what in its document can't be read or contradicts itself is said, and never green.
class TestOsapiMistakes final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

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
        QJsonObject document = QJsonDocument::fromJson(test::document).object();
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
};

QTEST_GUILESS_MAIN(TestOsapiMistakes)
#include "test_osapi_mistakes.moc"
