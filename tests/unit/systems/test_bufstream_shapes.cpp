// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/bufstream/probes.h"
#include "tests/unit/systems/bufstream_replies.h"

#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;

namespace {
void columns()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("components"); // "absent": not Bufstream's status
}

void row(const char *name, const QByteArray &body, const QString &components) { QTest::newRow(name) << body << components; }

void compare()
{
    QFETCH(QByteArray, body);
    const Decoded decoded = decode(200, body);
    QTEST(tell(decoded.facts.components), "components");
    QCOMPARE(decoded.reach == Reach::Answered, decoded.facts.components.has_value());
    QCOMPARE(decoded.error.isEmpty(), decoded.reach == Reach::Answered);
}
} // namespace

/// Bufstream: every shape of a status, and what is none.
class TestBufstreamShapes final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void lists_data()
    {
        columns();
        row("an unreadable row counts", "[{\"name\":\"etcd\",\"status\":\"ok\"},null,7]", u"etcd=healthy (row 2)=? (row 3)=?"_s);
        row("a row without a name counts", "[{\"name\":\"etcd\",\"status\":\"ok\"},{\"status\":\"error\"}]",
            u"etcd=healthy (row 2)=failed"_s);
        row("a row without a status counts", "[{\"name\":\"etcd\",\"status\":\"ok\"},{\"name\":\"kafka\"}]", u"etcd=healthy kafka=?"_s);
        row("the same name twice", "[{\"name\":\"etcd\",\"status\":\"ok\"},{\"name\":\"etcd\",\"status\":\"error\"}]",
            u"etcd=healthy etcd (2)=failed"_s);
        row("other keys", "[{\"probe\":\"etcd\",\"state\":\"UP\",\"detail\":\"x\"},{\"component\":\"kafka\",\"level\":\"error\"}]",
            u"etcd=healthy kafka=failed"_s);
        row("under any key", "{\"cluster\":\"x\",\"things\":[{\"name\":\"etcd\",\"status\":\"ok\"}]}", u"etcd=healthy"_s);
        row("two lists", "{\"checks\":[{\"name\":\"etcd\",\"status\":\"ok\"}],\"probes\":[{\"name\":\"kafka\",\"status\":\"error\"}]}",
            u"etcd=healthy kafka=failed"_s);
        row("wrapped twice", "{\"result\":{},\"status\":{\"components\":{\"etcd\":{\"status\":\"ok\"}}}}", u"etcd=healthy"_s);
        row("words beside objects", json("{'etcd':{'status':'ok'},'kafka':'error'}"), u"etcd=healthy kafka=failed"_s);
        // Where a probe is expected, what can't be read is a probe that is not understood.
        row("null for a probe", json("{'etcd':{'status':'ok'},'kafka':null}"), u"etcd=healthy kafka=?"_s);
        row("a list for a probe", json("{'etcd':{'status':'ok'},'kafka':['down']}"), u"etcd=healthy kafka=?"_s);
        row("a number for a probe", json("{'probes':{'etcd':{'status':'ok'},'kafka':2}}"), u"etcd=healthy kafka=?"_s);
        row("an object that says nothing", json("{'etcd':{'status':'ok'},'kafka':{}}"), u"etcd=healthy kafka=?"_s);
        row("a word beside a message", json("{'etcd':{'status':'ok'},'kafka':'error','message':'1 of 2'}"), u"etcd=healthy kafka=failed"_s);
        row("an unknown word among words", "{\"etcd\":\"healthy\",\"kafka\":\"purple\"}", u"etcd=healthy kafka=?"_s);
    }
    void lists() { compare(); }

    void badNewsBesideGoodNews_data()
    {
        columns();
        row("the failed ones by themselves",
            json("{'errors':[{'name':'kafka','status':'error'}],'probes':[{'name':'etcd','status':'ok'}]}"),
            u"kafka=failed etcd=healthy"_s);
        row("under a key of their own", json("{'probes':[{'name':'etcd','status':'ok'}],'others':[{'name':'kafka','status':'error'}]}"),
            u"kafka=failed etcd=healthy"_s);
        row("a map beside a list", json("{'probes':[{'name':'etcd','status':'ok'}],'others':{'kafka':{'status':'error'}}}"),
            u"etcd=healthy kafka=failed"_s);
        row("one beside a list", json("{'probes':[{'name':'etcd','status':'ok'}],'kafka':{'status':'error'}}"),
            u"etcd=healthy kafka=failed"_s);
        row("errors as texts", json("{'probes':[{'name':'etcd','status':'ok'}],'errors':['kafka is down']}"), u"etcd=healthy errors=?"_s);
        row("good ones among errors", json("{'errors':[{'name':'etcd','status':'ok'},{'name':'kafka','status':'error'}]}"),
            u"etcd=? kafka=failed"_s);
        row("good ones under an error, wrapped", json("{'probes':{'error':[{'name':'etcd','status':'ok'}]}}"), u"etcd=?"_s);
        row("good ones in the details of an error", json("{'code':13,'message':'x','details':[{'name':'etcd','status':'ok'}]}"),
            u"etcd=?"_s);
        row("a good one by name among errors", json("{'probes':[{'name':'etcd','status':'ok'}],'errors':{'kafka':{'status':'ok'}}}"),
            u"etcd=healthy kafka=?"_s);
        row("failures by name", json("{'probes':[{'name':'etcd','status':'ok'}],'Failures':{'kafka':'timeout'}}"),
            u"etcd=healthy Failures=?"_s);
        row("an error as text", json("{'probes':[{'name':'etcd','status':'ok'}],'error':'kafka is down'}"), u"etcd=healthy error=?"_s);
        row("no errors", json("{'probes':[{'name':'etcd','status':'ok'}],'errors':[],'error':'','failures':{},'problems':0}"),
            u"etcd=healthy"_s);
        row("a list that can't be read", json("{'probes':[{'name':'etcd','status':'ok'}],'checks':['kafka']}"), u"etcd=healthy checks=?"_s);
        row("healthy with an error", json("[{'name':'etcd','status':'healthy','message':'fine','error':'timeout'}]"), u"etcd=?"_s);
        row("healthy with failures", json("[{'name':'etcd','status':'healthy','failures':[{'at':'now'}]}]"), u"etcd=?"_s);
        row("healthy without errors", json("[{'name':'etcd','status':'healthy','error':'','errors':0,'failures':[]}]"), u"etcd=healthy"_s);
        row("two words", json("[{'name':'etcd','status':'healthy','state':'error'}]"), u"etcd=?"_s);
        row("two words in another case", json("[{'name':'etcd','status':'healthy','Status':'ERROR'}]"), u"etcd=failed"_s);
        row("two words, the same", json("[{'name':'etcd','status':'healthy','state':'UP','level':'info'}]"), u"etcd=healthy"_s);
        row("says no by another key", json("[{'name':'etcd','status':'healthy','ok':false},{'name':'kafka','status':'healthy','ok':true}]"),
            u"etcd=? kafka=healthy"_s);
        row("a bad one below",
            json("{'etcd':{'status':'ok','members':[{'id':1,'status':'error'}]},'kafka':{'status':'ok','x':{'state':'up'}}}"),
            u"etcd=? kafka=healthy"_s);
        row("a bad one beside", json("{'probes':[{'name':'etcd','status':'ok'}],'more':[[{'name':'kafka','status':'error'}]]}"),
            u"etcd=healthy more=?"_s);
        row("failed, in a number", json("{'probes':[{'name':'etcd','status':'ok'}],'failed':2}"), u"etcd=healthy failed=?"_s);
        row("a part of the list", json("{'probes':[{'name':'etcd','status':'ok'}],'truncated':true}"), u"etcd=healthy truncated=?"_s);
        row("another page", json("{'probes':[{'name':'etcd','status':'ok'}],'next_page_token':'x'}"), u"etcd=healthy next_page_token=?"_s);
    }
    void badNewsBesideGoodNews() { compare(); }

    void whatIsNoStatus_data()
    {
        columns();
        row("only an overall word", "{\"status\":\"ok\"}", u"absent"_s);
        row("an empty list", "{\"status\":\"healthy\",\"probes\":[]}", u"absent"_s);
        row("counters are not statuses", "{\"errors\":0,\"requests\":0}", u"absent"_s);
        row("an error of somebody", "{\"code\":\"unavailable\",\"message\":\"down\"}", u"absent"_s);
        row("names only", "[{\"name\":\"etcd\"},{\"name\":\"kafka\"}]", u"absent"_s);
        row("words only", "[\"healthy\",\"healthy\"]", u"absent"_s);
        row("nobody's probes", "[{\"name\":\"Serf Health Status\",\"status\":\"passing\"},{\"name\":\"db\",\"status\":\"ok\"}]",
            u"absent"_s);
        row("nobody's components", json("{'status':'UP','components':{'db':{'status':'UP'}}}"), u"absent"_s);
        row("one that is known", json("{'status':'UP','components':{'db':{'status':'UP'},'Object-Storage':{'status':'UP'}}}"),
            u"Object-Storage=healthy db=healthy"_s);
        row("true only", "{\"success\":true}", u"absent"_s);
    }
    void whatIsNoStatus() { compare(); }

    void tablesOfText_data()
    {
        columns();
        row("text", "OK", u"absent"_s);
        row("text that has gaps", "Service  Unavailable\nplease  wait", u"absent"_s);
        row("heading only", "Name   Status   Message\n", u"absent"_s);
        row("a line that breaks off", "Name   Status   Message\netcd   healthy  fine\nobject_sto", u"etcd=healthy object_sto=?"_s);
        row("no heading, known words", "etcd   healthy  3/3\nkafka   error", u"etcd=healthy kafka=failed"_s);
    }
    void tablesOfText() { compare(); }

    void pages_data()
    {
        columns();
        row("bad news of a table with other headings",
            "<table><tr><th>Name<th>Status<tr><td>etcd<td>ok</table><table><tr><th>Probe name<th>Result<tr><td>kafka<td>error</table>",
            u"etcd=healthy kafka=failed"_s);
        row("a row of one cell", "<table><tr><th>Name<th>Status<tr><td>etcd<td>ok<tr><td>kafka</table>", u"etcd=healthy kafka=?"_s);
        row("breaks off in the table", "<table><tr><th>Name<th>Status<tr><td>etcd<td>ok<tr><td>kaf", u"absent"_s);
        row("breaks off between rows", "<table><tr><th>Name<th>Status<tr><td>etcd<td>ok</tr>", u"absent"_s);
        row("breaks off after the table", "<html><table><tr><th>Name<th>Status<tr><td>etcd<td>ok</table>", u"absent"_s);
        row("hidden in a comment that never ends", "<table><tr><th>Name<th>Status<tr><td>etcd<td>ok<!-- <tr><td>kafka<td>error</table>",
            u"absent"_s);
        row("a whole page", "<HTML><table><tr><th>Name<th>Status<tr><td>etcd<td>ok</table></HTML>\n", u"etcd=healthy"_s);
        row("login page laid out in a table", "<table><tr><td>User<td><input class=error><tr><td>Password<td><input></table>", u"absent"_s);
        row("a comment and a script in the table",
            "<table><tr><th>Name<th>Status<!-- <tr><td>x<td>ok --><script>'<tr><td>y<td>ok'</script><tr><td>etcd<td>ok</table>",
            u"etcd=healthy"_s);
        row("a page with another table", "<table><tr><th>Name<th>Status<tr><td>etcd<td>ok</table><table><tr><td>Build<td>1</table>",
            u"etcd=healthy"_s);
    }
    void pages() { compare(); }

    void othersRepliesAreNotBufstreams_data()
    {
        QTest::addColumn<int>("http");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("reach");
        QTest::newRow("login page") << 200 << QByteArray("<html>Sign in</html>") << u"malformed"_s;
        QTest::newRow("proxy") << 502 << QByteArray("<html>Bad gateway</html>") << u"server-error"_s;
        QTest::newRow("not found") << 404 << QByteArray("404 page not found") << u"not-found"_s;
        QTest::newRow("401 with a good list") << 401 << probe("\"ok\"") << u"unauthorised"_s;
        QTest::newRow("302 with a good list") << 302 << probe("\"ok\"") << u"redirected"_s;
        QTest::newRow("empty") << 200 << QByteArray() << u"malformed"_s;
        for (const int http : {201, 203, 205, 206, 207, 226, 299})
            QTest::addRow("%d with a good list", http) << http << probe("\"ok\"") << u"malformed"_s;
        QTest::newRow("503 with a list is data") << 503 << probe("\"error\"") << u"answered"_s;
        QTest::newRow("429 with a list is data") << 429 << probe("\"error\"") << u"answered"_s;
    }
    void othersRepliesAreNotBufstreams()
    {
        QFETCH(int, http);
        QFETCH(QByteArray, body);
        QTEST(QString(name(decode(http, body).reach)), "reach");
    }

    void tenThousandProbes()
    {
        QByteArray body = "[";
        for (int i = 0; i < 10'000; ++i)
            body += (i ? "," : "") + QByteArray("{\"name\":\"etcd\",\"status\":\"ok\"}");
        const Decoded decoded = decode(200, body + "]");
        QCOMPARE(decoded.facts.components->size(), bufstream::probeLimit + 1);
        const ComponentFact &rest = decoded.facts.components->constLast();
        QCOMPARE(rest.name, u"(9000 more)"_s);
        QCOMPARE(rest.state, ComponentState::NotUnderstood); // not looked at, so not green
    }

    void theCapCountsBothLists()
    {
        const QByteArray good = json("{'name':'etcd','status':'ok'},");
        const QByteArray body = json("{'checks':[") + good.repeated(700).chopped(1) + json("],'probes':[") + good.repeated(1500)
            + json("{'name':'last','status':'error'}]}");
        const Decoded decoded = decode(200, body);
        QCOMPARE(decoded.facts.components->size(), bufstream::probeLimit + 1);
        QCOMPARE(decoded.facts.components->constLast().name, u"(1201 more)"_s);
        QCOMPARE(decoded.facts.components->constLast().state, ComponentState::NotUnderstood);
    }

    void ofSeveralWordsForTheWholeAGoodOneCountsLeast()
    {
        const auto overall = [](const char *body) { return decode(200, json(body)).facts.reportedState; };
        QCOMPARE(overall("{'status':'error','probes':{'status':'ok','checks':[{'name':'etcd','status':'ok'}]}}"), ComponentState::Failed);
        QCOMPARE(overall("{'status':'ok','probes':{'status':'error','checks':[{'name':'etcd','status':'ok'}]}}"), ComponentState::Failed);
        QCOMPARE(overall("{'status':'ok','health':'error','probes':[{'name':'etcd','status':'ok'}]}"), ComponentState::NotUnderstood);
        QCOMPARE(overall("{'success':false,'probes':[{'name':'etcd','status':'ok'}]}"), ComponentState::NotUnderstood);
        QCOMPARE(overall("{'overall_status':'error','probes':[{'name':'etcd','status':'ok'}]}"), ComponentState::NotUnderstood);
        QCOMPARE(overall("{'status':'ok','success':true,'probes':[{'name':'etcd','status':'ok'}]}"), ComponentState::Healthy);
    }

    void theErrorIsShownBesideTheMessage()
    {
        const Facts facts
            = decode(200, json("[{'name':'etcd','status':'error','message':'1/3 member(s) healthy','error':'timeout'}]")).facts;
        QCOMPARE(facts.components->constFirst().message, u"1/3 member(s) healthy; timeout"_s);
        QCOMPARE(facts.components->constFirst().numbers.members, std::optional(std::pair<qint64, qint64>(1, 3)));
    }
};

QTEST_GUILESS_MAIN(TestBufstreamShapes)
#include "test_bufstream_shapes.moc"
