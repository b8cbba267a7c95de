// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/systems/osapi_replies.h"

#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;

namespace {
Reply refused()
{
    Reply answer;
    answer.reach = Reach::Refused;
    return answer;
}
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

/// OSAPI: finding the path of the generation, told as polls of one server.
class TestOsapiPaths final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

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

QTEST_GUILESS_MAIN(TestOsapiPaths)
#include "test_osapi_paths.moc"
