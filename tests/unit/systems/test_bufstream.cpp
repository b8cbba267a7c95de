// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/bufstream/bufstream.h"
#include "models/systems/bufstream/probes.h"
#include "tests/unit/systems/replies.h"

#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;

namespace {
const System &system() { return bufstreamSystem(); }

Request first() { return system().plan({}).constFirst(); }

Decoded decode(int http, const QByteArray &body) { return system().decode(first(), reply(http, body)); }

/// One probe in a JSON array, with the status as it is written in JSON.
QByteArray probe(const QByteArray &status) { return "[{\"name\":\"etcd\",\"status\":" + status + ",\"message\":\"m\"}]"; }

QByteArray page(const QByteArray &statusCell)
{
    return "<table><tr><th>NAME<th>STATUS<th>MESSAGE<tr><td>etcd" + statusCell + "<td>m</table>";
}

/// What a fixture says.
struct Expected {
    const char *name;
    QString components;
    QString overall = u"-"_s;
    QString version = u"0.3.29"_s;
};

QList<Expected> expectations()
{
    const QString synthetic = u"etcd=healthy kafka_server=healthy metadata_storage=healthy object_storage=failed version=healthy"_s;
    return {
        {"SYNTHETIC_shape_A_array_of_objects.json", synthetic},
        {"SYNTHETIC_shape_B_wrapped_probes.json", synthetic, u"error=failed"_s},
        {"SYNTHETIC_shape_C_object_by_name.json", synthetic},
        {"SYNTHETIC_shape_D_wrapped_object_components.json", synthetic},
        {"SYNTHETIC_shape_E_capitalised_keys.json", synthetic},
        {"SYNTHETIC_shape_F_protojson_enums.json", synthetic},
        {"SYNTHETIC_shape_G_numeric_status.json", synthetic},
        {"SYNTHETIC_shape_H_single_string_map.json", synthetic, u"-"_s, u"-"_s},
        {"SYNTHETIC_page_svg_fill.html",
            u"kafka_server=healthy metadata_storage=healthy metadata_storage_migrations=degraded object_storage=failed "
            "postgresql=healthy version=healthy"_s},
        {"SYNTHETIC_page_icon_names.html",
            u"etcd=healthy kafka_server=healthy metadata_storage=degraded object_storage=failed version=healthy"_s},
        {"SYNTHETIC_page_unknown_icons.html", u"etcd=? object_storage=? version=?"_s},
        {"doc_cli_table_v0.2.0.txt", u"etcd=healthy kafka_server=healthy metadata_storage=healthy object_storage=healthy version=healthy"_s,
            u"-"_s, u"0.2.0"_s},
        {"doc_cli_table_v0.3.29.txt",
            u"kafka_server=healthy metadata_storage=healthy metadata_storage_migrations=healthy object_storage=healthy "
            "postgresql=healthy version=healthy"_s},
    };
}
} // namespace

/// Bufstream: every shape of a status, what its words and icons mean, and which request is sent when.
class TestBufstream final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void readsEveryFixture_data()
    {
        QTest::addColumn<QString>("components");
        QTest::addColumn<QString>("overall");
        QTest::addColumn<QString>("version");
        for (const Expected &file : expectations())
            QTest::newRow(file.name) << file.components << file.overall << file.version;
    }
    void readsEveryFixture()
    {
        const QString file = QString::fromLatin1(QTest::currentDataTag());
        for (const int http : {200, 503}) { // which code an unhealthy broker sends is not documented
            const Decoded decoded = decode(http, fixture(u"bufstream/"_s + file));
            QCOMPARE(decoded.reach, Reach::Answered);
            QCOMPARE(decoded.error, QString());
            QTEST(tell(decoded.facts.components), "components");
            const QString overall = decoded.facts.reported ? *decoded.facts.reported + u'=' + tell(*decoded.facts.reportedState) : u"-"_s;
            QTEST(overall, "overall");
            QTEST(decoded.facts.version.value_or(u"-"_s), "version");
        }
    }

    void noFixtureIsForgotten()
    {
        QStringList names;
        for (const Expected &file : expectations())
            names << QString::fromLatin1(file.name);
        names.sort();
        QCOMPARE(names, fixtureNames(u"bufstream"_s));
    }

    void keepsMessagesAndTheirNumbers()
    {
        const Facts facts = decode(200, fixture(u"bufstream/doc_cli_table_v0.3.29.txt"_s)).facts;
        const ComponentFact *postgres = componentNamed(facts, u"postgresql"_s);
        QCOMPARE(postgres->message, u"PostgreSQL: v14.18, connections: 20/100, connected apps: other: 19/25, uptime: 1m10s"_s);
        QCOMPARE(postgres->numbers.connections, std::optional(std::pair<qint64, qint64>(20, 100)));
        QCOMPARE(postgres->numbers.version, std::optional<QString>());
        const ComponentFact *migrations = componentNamed(facts, u"metadata_storage_migrations"_s);
        QCOMPARE(migrations->numbers.migrations, std::optional(std::pair<qint64, qint64>(1, 1)));
        QCOMPARE(componentNamed(facts, u"object_storage"_s)->message, QString());
        const Facts older = decode(200, fixture(u"bufstream/doc_cli_table_v0.2.0.txt"_s)).facts;
        QCOMPARE(componentNamed(older, u"etcd"_s)->numbers.members, std::optional(std::pair<qint64, qint64>(3, 3)));
    }

    void numbersInMessages_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("members");
        QTest::newRow("some") << u"2/3 member(s) healthy"_s << u"2/3"_s;
        QTest::newRow("none") << u"0/3 member(s) healthy"_s << u"0/3"_s;
        QTest::newRow("followed by text") << u"1/3 member(s) healthy: timeout"_s << u"1/3"_s;
        QTest::newRow("not at the start") << u"etcd: 1/3 member(s) healthy"_s << u"1/3"_s;
        QTest::newRow("without the brackets") << u"1 / 3 members healthy"_s << u"1/3"_s;
        QTest::newRow("a part of a longer number") << u"v0.1/3 member(s) healthy"_s << u"-"_s;
        QTest::newRow("too large") << u"99999999999999999999/3 member(s) healthy"_s << u"-"_s;
        QTest::newRow("negative") << u"-1/3 member(s) healthy"_s << u"-"_s;
        QTest::newRow("other words") << u"3/3 members sick"_s << u"-"_s;
    }
    void numbersInMessages()
    {
        QFETCH(QString, message);
        const auto members = bufstream::numbersIn(message).members;
        QTEST(members ? u"%1/%2"_s.arg(members->first).arg(members->second) : u"-"_s, "members");
    }

    void words_data()
    {
        QTest::addColumn<QByteArray>("status"); // as JSON
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("reported");
        const auto row = [](const QByteArray &status, const QString &state, const QString &reported) {
            QTest::newRow(status.constData()) << status << state << reported;
        };
        for (const char *word : {"healthy", "OK", "Up", "pass", "passing", "ready", "SERVING"})
            row('"' + QByteArray(word) + '"', u"healthy"_s, QString::fromLatin1(word));
        for (const char *word : {"warning", "WARN", "degraded"})
            row('"' + QByteArray(word) + '"', u"degraded"_s, QString::fromLatin1(word));
        for (const char *word : {"error", "unhealthy", "FAILED", "critical", "down", "not ready", "NOT_SERVING", "not-ok"})
            row('"' + QByteArray(word) + '"', u"failed"_s, QString::fromLatin1(word));
        row("\"disabled\"", u"disabled"_s, u"disabled"_s);
        row("\"STATUS_HEALTHY\"", u"healthy"_s, u"STATUS_HEALTHY"_s);
        row("\"PROBE_STATUS_WARNING\"", u"degraded"_s, u"PROBE_STATUS_WARNING"_s);
        row("\"SERVING_STATUS_NOT_SERVING\"", u"failed"_s, u"SERVING_STATUS_NOT_SERVING"_s);
        row("0", u"healthy"_s, u"0"_s);
        row("1", u"degraded"_s, u"1"_s);
        row("2", u"failed"_s, u"2"_s);
        row("true", u"healthy"_s, u"true"_s);
        row("false", u"failed"_s, u"false"_s);
        // What is not known is not green, and its word is kept.
        for (const char *word :
            {"", "unknown", "STATUS_UNSPECIFIED", "not quite healthy", "ALMOST_OK", "IM_HEALTHY", "healthy?", "0", "N/A"})
            row('"' + QByteArray(word) + '"', u"?"_s, QString::fromLatin1(word));
        row("3", u"?"_s, u"3"_s);
        row("-1", u"?"_s, u"-1"_s);
        row("0.5", u"?"_s, u"0.5"_s);
        row("18446744073709551616", u"?"_s, u"1.84467e+19"_s);
        row("[\"healthy\"]", u"?"_s, QString());
        row("{\"state\":\"healthy\"}", u"?"_s, QString());
    }
    void words()
    {
        QFETCH(QByteArray, status);
        const Decoded decoded = decode(200, probe(status));
        QCOMPARE(decoded.reach, Reach::Answered);
        const ComponentFact &component = decoded.facts.components->constFirst();
        QTEST(tell(component.state), "state");
        QTEST(component.reported, "reported");
        QCOMPARE(component.name, u"etcd"_s);
    }

    void shapes_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("components"); // "absent": not Bufstream's status
        const auto row
            = [](const char *name, const QByteArray &body, const QString &components) { QTest::newRow(name) << body << components; };
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
        // What speaks against the good words is not overlooked.
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
        row("an unknown word among words", "{\"etcd\":\"healthy\",\"kafka\":\"purple\"}", u"etcd=healthy kafka=?"_s);
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
        row("text", "OK", u"absent"_s);
        row("text that has gaps", "Service  Unavailable\nplease  wait", u"absent"_s);
        row("heading only", "Name   Status   Message\n", u"absent"_s);
        row("a line that breaks off", "Name   Status   Message\netcd   healthy  fine\nobject_sto", u"etcd=healthy object_sto=?"_s);
        row("no heading, known words", "etcd   healthy  3/3\nkafka   error", u"etcd=healthy kafka=failed"_s);
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
    void shapes()
    {
        QFETCH(QByteArray, body);
        const Decoded decoded = decode(200, body);
        QTEST(tell(decoded.facts.components), "components");
        QCOMPARE(decoded.reach == Reach::Answered, decoded.facts.components.has_value());
        QCOMPARE(decoded.error.isEmpty(), decoded.reach == Reach::Answered);
    }

    void icons_data()
    {
        QTest::addColumn<QByteArray>("cell");
        QTest::addColumn<QString>("state");
        const auto row
            = [](const QByteArray &cell, const char *state) { QTest::newRow(cell.constData()) << cell << QString::fromLatin1(state); };
        row("<td>healthy", "healthy");
        row("<td><b>Status: ERROR</b>", "failed");
        row("<td>\xE2\x9C\x93", "healthy"); // ✓
        row("<td>&#x2714;", "healthy");
        row("<td>&cross;", "failed");
        row("<td>\xE2\x9A\xA0\xEF\xB8\x8F", "degraded"); // ⚠ as a picture
        row("<td class=status-ok>", "healthy");
        row("<td><i class='fa fa-times-circle'></i>", "failed");
        row("<td><i class='text-green-500'></i>", "healthy");
        row("<td><i title=\"Status\" class=red></i>", "failed");
        row("<td><i style='color:#d97706'></i>", "degraded");
        row("<td><svg><circle fill=#090 /></svg>", "healthy");
        row("<td><img src=/icons/healthy.svg>", "healthy");
        // Green only when nothing else is said.
        row("<td>last healthy an hour ago", "?");
        row("<td>not healthy", "failed");
        row("<td>no errors", "?");
        row("<td><i title='probe unknown' class=green></i>", "?");
        row("<td><i class='green red'></i>", "?");
        row("<td><i class=not-healthy></i>", "?");
        row("<td><i class=health-check></i>", "?");
        row("<td><i class=pop-up></i>", "?");
        row("<td><svg><circle fill=#fff /><path stroke=black /></svg>", "?");
        row("<td><svg><circle fill=#808580 /></svg>", "?");
        row("<td>", "?");
    }
    void icons()
    {
        QFETCH(QByteArray, cell);
        const Decoded decoded = decode(200, page(cell));
        QCOMPARE(decoded.reach, Reach::Answered);
        QTEST(tell(decoded.facts.components->constFirst().state), "state");
    }

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

QTEST_GUILESS_MAIN(TestBufstream)
#include "test_bufstream.moc"
