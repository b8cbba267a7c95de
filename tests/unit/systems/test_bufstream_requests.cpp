// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/systems/bufstream_replies.h"

#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;

/// Bufstream: which request is sent when.
class TestBufstreamRequests final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    // The ladder, told as polls of one broker.

    void aBrokerThatSendsJsonIsAskedOnce()
    {
        QString remembered;
        const auto broker = [](const Request &) { return reply(200, probe("\"ok\"")); };
        QCOMPARE(tell(poll(system(), remembered, broker)), u"*/-/status"_s);
        QCOMPARE(tell(poll(system(), remembered, broker)), u"*/-/status"_s);
    }

    void aPageThatCanBeReadIsFollowedOnceByTheQuestionForJson()
    {
        QString remembered;
        const auto broker = [](const Request &) { return reply(200, fixture(u"bufstream/SYNTHETIC_page_svg_fill.html"_s)); };
        QCOMPARE(tell(poll(system(), remembered, broker)), u"*/-/status"_s);
        QCOMPARE(tell(poll(system(), remembered, broker)), u"*/-/status /-/status?format=json"_s);
        QCOMPARE(tell(poll(system(), remembered, broker)), u"*/-/status"_s);
        QCOMPARE(tell(poll(system(), remembered, broker)), u"*/-/status"_s);
    }

    void jsonByQueryIsKept()
    {
        QString remembered;
        const auto broker = [](const Request &request) {
            return request.path.contains(u'?') ? reply(200, probe("\"ok\""))
                                               : reply(200, fixture(u"bufstream/SYNTHETIC_page_svg_fill.html"_s));
        };
        (void)poll(system(), remembered, broker);
        (void)poll(system(), remembered, broker);
        QCOMPARE(tell(poll(system(), remembered, broker)), u"*/-/status?format=json"_s);
    }

    void noJsonBesideThePageIsAnAnswerNotAFailure()
    {
        Request question = first();
        question.key = u"status-other"_s;
        question.path = u"/-/status?format=json"_s;
        question.primary = false;
        const Decoded decoded = system().decode(question, reply(406, "unsupported format"));
        QCOMPARE(decoded.reach, Reach::Answered);
        QVERIFY(!decoded.facts.components);
        QCOMPARE(system().decode(question, reply(502, "x")).reach, Reach::ServerError);
    }

    void aPageThatCannotBeReadIsFollowedAtOnceByTheOtherRung()
    {
        QString remembered;
        const auto broker = [](const Request &request) {
            return request.path.contains(u'?') ? reply(200, probe("\"ok\"")) : reply(200, "<html>a page of a newer version</html>");
        };
        QCOMPARE(tell(poll(system(), remembered, broker)), u"*/-/status */-/status?format=json"_s);
        QCOMPARE(tell(poll(system(), remembered, broker)), u"*/-/status?format=json"_s);
    }

    void aRungThatStopsWorkingIsLeft()
    {
        QString remembered = u"query"_s;
        const auto broker
            = [](const Request &request) { return request.path.contains(u'?') ? reply(404, "no") : reply(200, probe("\"ok\"")); };
        QCOMPARE(tell(poll(system(), remembered, broker)), u"*/-/status?format=json */-/status"_s);
        QCOMPARE(tell(poll(system(), remembered, broker)), u"*/-/status"_s);
    }

    void aBrokerThatIsDownIsAskedOnce()
    {
        QString remembered;
        const auto broker = [](const Request &) {
            Reply refused;
            refused.reach = Reach::Refused;
            return refused;
        };
        QCOMPARE(tell(poll(system(), remembered, broker)), u"*/-/status"_s);
        QVERIFY(remembered.isEmpty());
    }

    void vendorsCommand()
    {
        CommandTarget target{EndpointUrl(u"http://b-0:9089"_s), true, u"TOKEN"_s, {}, {}, {}, false};
        QCOMPARE(system().vendorCommand(target), u"bufstream admin status --url http://b-0:9089"_s);
        target = {EndpointUrl(u"https://b-0:9089"_s), false, {}, u"/pki/my ca.pem"_s, u"/pki/me.pem"_s, u"/pki/me.key"_s, true};
        QCOMPARE(system().vendorCommand(target),
            u"bufstream admin status --url https://b-0:9089 --cacert '/pki/my ca.pem' --cert /pki/me.pem --key /pki/me.key --insecure"_s);
    }
};

QTEST_GUILESS_MAIN(TestBufstreamRequests)
#include "test_bufstream_requests.moc"
