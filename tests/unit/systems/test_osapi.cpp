// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/osapi/document.h"
#include "tests/unit/systems/osapi_replies.h"

#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;

namespace {
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
} // namespace

/// OSAPI: what every generation of its document tells.
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
};

QTEST_GUILESS_MAIN(TestOsapi)
#include "test_osapi.moc"
