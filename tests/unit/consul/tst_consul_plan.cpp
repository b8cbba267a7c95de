// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/consul/plan.h"
#include "tests/unit/consul/tell.h"

#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

class ConsulPlan final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void firstPollAsksForInfoToo();
    void aSilentServerIsAskedNoFifthRequest();
    void infoIsNotAskedAgain();
    void limitsAreAskedOnceInAWhile_data();
    void limitsAreAskedOnceInAWhile();
    void headersWhereRightsAreMissing_data();
    void headersWhereRightsAreMissing();
    void autopilotIsAskedOfOne_data();
    void autopilotIsAskedOfOne();
    void autopilotOfTheHostThatIsNamed();
    void vendorCommand_data();
    void vendorCommand();
};

namespace {
QStringList keys(const QList<Request> &requests)
{
    QStringList result;
    for (const Request &request : requests)
        result.append(request.key + (request.primary ? u"!"_s : QString()) + (request.forwarded ? u">"_s : QString()));
    return result;
}
} // namespace

void ConsulPlan::firstPollAsksForInfoToo()
{
    PollState poll;
    poll.asked = consul::plan(poll);
    QCOMPARE(keys(poll.asked), (QStringList{u"leader!"_s, u"peers"_s, u"self"_s, u"configuration"_s}));
    QCOMPARE(poll.asked.first().path, u"/v1/status/leader"_s);
    poll.answers.append({request(u"leader"_s), Reach::Answered, 200, {}});
    const auto next = consul::plan(poll);
    QCOMPARE(keys(next), QStringList{u"info"_s});
    poll.asked += next;
    QCOMPARE(keys(consul::plan(poll)), QStringList{});
}

void ConsulPlan::aSilentServerIsAskedNoFifthRequest()
{
    // Four may be under way at once: a poll of a server that hangs must last one time limit, or its evidence ages before the next.
    PollState poll;
    poll.asked = consul::plan(poll);
    poll.answers.append({request(u"leader"_s), Reach::TimedOut, 0, {}});
    QCOMPARE(keys(consul::plan(poll)), QStringList{});
}

void ConsulPlan::infoIsNotAskedAgain()
{
    PollState poll;
    poll.remembered = u"self"_s;
    QCOMPARE(keys(consul::plan(poll)), (QStringList{u"leader!"_s, u"peers"_s, u"self"_s, u"configuration"_s}));
}

void ConsulPlan::limitsAreAskedOnceInAWhile_data()
{
    QTest::addColumn<int>("polls");
    QTest::addColumn<Reach>("leader");
    QTest::addColumn<Reach>("configuration");
    QTest::addColumn<bool>("asked");
    QTest::newRow("first poll") << 0 << Reach::Answered << Reach::Answered << true;
    QTest::newRow("second poll") << 1 << Reach::Answered << Reach::Answered << false;
    QTest::newRow("29th poll") << 29 << Reach::Answered << Reach::Answered << false;
    QTest::newRow("30th poll") << 30 << Reach::Answered << Reach::Answered << true;
    QTest::newRow("no right to") << 0 << Reach::Answered << Reach::Unauthorised << false;
    QTest::newRow("a server that hangs") << 0 << Reach::TimedOut << Reach::Answered << false;
}

void ConsulPlan::limitsAreAskedOnceInAWhile()
{
    QFETCH(int, polls);
    QFETCH(Reach, leader);
    QFETCH(Reach, configuration);
    QFETCH(bool, asked);
    PollState poll;
    poll.remembered = u"self"_s;
    poll.polls = polls;
    poll.asked = consul::plan(poll);
    poll.answers.append({request(u"leader"_s), leader, 200, {}});
    poll.answers.append({request(u"configuration"_s), configuration, 200, {}});
    const auto next = consul::plan(poll);
    QCOMPARE(keys(next).contains(u"limits"_s), asked);
    for (const Request &request : next) {
        if (request.key == u"limits"_s) {
            QVERIFY(request.occasional && !request.primary && !request.forwarded);
            QCOMPARE(request.path, u"/v1/operator/autopilot/configuration?stale"_s);
        }
    }
}

void ConsulPlan::headersWhereRightsAreMissing_data()
{
    QTest::addColumn<Reach>("reach");
    QTest::addColumn<QStringList>("asked");
    const QStringList nodes{u"nodes"_s};
    QTest::newRow("allowed") << Reach::Answered << QStringList{};
    QTest::newRow("denied") << Reach::Unauthorised << nodes;
    QTest::newRow("too old") << Reach::NotFound << nodes;
    QTest::newRow("timed out") << Reach::TimedOut << QStringList{};
    QTest::newRow("server error") << Reach::ServerError << QStringList{};
}

void ConsulPlan::headersWhereRightsAreMissing()
{
    QFETCH(Reach, reach);
    QFETCH(QStringList, asked);
    PollState poll;
    poll.asked = consul::plan(poll);
    poll.answers.append({request(u"configuration"_s), reach, 0, {}});
    const auto next = consul::plan(poll);
    QCOMPARE(keys(next), asked);
    poll.asked += next;
    QCOMPARE(keys(consul::plan(poll)), QStringList{});
}

// "a=leader" leads; "a>x" answers and names x; "a>" names nobody; "a!" failed; "a?" has not concluded.
void ConsulPlan::autopilotIsAskedOfOne_data()
{
    QTest::addColumn<QString>("round");
    QTest::addColumn<bool>("settled");
    QTest::addColumn<QString>("asked");
    QTest::newRow("the leader, at once") << u"a>c b? c=leader"_s << false << u"c"_s;
    QTest::newRow("nobody says that it leads yet") << u"a>c b>c c?"_s << false << QString();
    QTest::newRow("the leader does not answer") << u"a>c b>c c!"_s << true << u"a"_s;
    QTest::newRow("only those that name one") << u"a> b>c c!"_s << true << u"b"_s;
    QTest::newRow("every server names nobody") << u"a> b> c!"_s << true << QString();
    QTest::newRow("none answers") << u"a! b! c!"_s << true << QString();
}

void ConsulPlan::autopilotIsAskedOfOne()
{
    QFETCH(QString, round);
    QFETCH(bool, settled);
    QFETCH(QString, asked);
    RoundState state;
    state.settled = settled;
    for (const QString &word : round.split(u' ')) {
        RoundState::Endpoint endpoint;
        endpoint.url = EndpointUrl(word.left(1));
        endpoint.concluded = !word.endsWith(u'?');
        endpoint.reach = word.endsWith(u'!') ? Reach::Refused : endpoint.concluded ? Reach::Answered : Reach::NotPolled;
        if (endpoint.reach == Reach::Answered) {
            RaftView &view = endpoint.facts.raft.emplace();
            view.leader = word.mid(2);
            view.saysLeader = word.endsWith("=leader"_L1);
        }
        state.endpoints.append(endpoint);
    }
    const auto chosen = consul::planForwarded(state);
    QCOMPARE(chosen ? chosen->endpoint.text() : QString(), asked);
    if (chosen) {
        QCOMPARE(keys({chosen->request}), QStringList{u"autopilot>"_s});
        QCOMPARE(chosen->request.path, u"/v1/operator/autopilot/health"_s);
    }
}

void ConsulPlan::autopilotOfTheHostThatIsNamed()
{
    RoundState state;
    state.settled = true;
    for (const auto &url : {"http://10.0.0.1:8500"_L1, "http://[fd00::2]:8500"_L1}) {
        RoundState::Endpoint endpoint{EndpointUrl(url), true, Reach::Answered, {}};
        endpoint.facts.raft.emplace().leader = u"[fd00::2]:8300"_s;
        state.endpoints.append(endpoint);
    }
    QCOMPARE(consul::planForwarded(state)->endpoint.text(), u"http://[fd00::2]:8500"_s);
}

void ConsulPlan::vendorCommand_data()
{
    QTest::addColumn<CommandTarget>("target");
    QTest::addColumn<QString>("command");
    CommandTarget target;
    target.endpoint = EndpointUrl(u"http://10.1.10.10:8500"_s);
    const QString plain = u"consul operator raft list-peers -stale -http-addr=http://10.1.10.10:8500"_s;
    QTest::newRow("plain") << target << plain;
    target.hasToken = true;
    QTest::newRow("token from somewhere") << target << u"CONSUL_HTTP_TOKEN='<token>' "_s + plain;
    target.tokenVariable = u"PROD_TOKEN"_s;
    QTest::newRow("token from a variable") << target << u"CONSUL_HTTP_TOKEN=\"$PROD_TOKEN\" "_s + plain;
    target.tokenVariable = u"CONSUL_HTTP_TOKEN"_s;
    QTest::newRow("token from Consul's own variable") << target << plain;
    target.endpoint = EndpointUrl(u"https://[::1]:8501"_s);
    target.caFile = u"/etc/my pki/it's.pem"_s;
    target.certificateFile = u"/c.pem"_s;
    target.keyFile = u"/k.pem"_s;
    target.insecure = true;
    QTest::newRow("TLS") << target
                         << uR"(CONSUL_HTTP_SSL_VERIFY=false consul operator raft list-peers -stale -http-addr='https://[::1]:8501' )"
                            uR"(-ca-file='/etc/my pki/it'\''s.pem' -client-cert=/c.pem -client-key=/k.pem)"_s;
}

void ConsulPlan::vendorCommand()
{
    QFETCH(CommandTarget, target);
    QFETCH(QString, command);
    QCOMPARE(consulSystem().vendorCommand(target), command);
}

QTEST_GUILESS_MAIN(ConsulPlan)
#include "tst_consul_plan.moc"
