// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/systems/replies.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;

namespace {
constexpr quint32 seed = 20261120;

const System &systemOf(const QString &folder) { return *systemNamed(folder); }

/// The request whose reply carries the facts.
Request statusRequest(const System &system)
{
    PollState state;
    state.remembered = system.name == "osapi"_L1 ? u"/api"_s : QString();
    return system.plan(state).constFirst();
}

/// The words that may be green, as a stranger to the decoder would list them; colours and glyphs are the words of icons.
bool mayBeGreen(const ComponentFact &component)
{
    static const QRegularExpression green(
        u"(healthy|ok|okay|up|pass|passed|passing|ready|good|success|serving|green|check|true|✓|✔|✅|🟢|^0$|#[0-9a-f]{3,6})"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression denied(u"(\\b|_)(un|not|no|non)(healthy|_|-| )"_s, QRegularExpression::CaseInsensitiveOption);
    return green.match(component.reported).hasMatch() && !denied.match(component.reported).hasMatch();
}

bool isPlain(const QString &text, qsizetype limit)
{
    return text.size() <= limit + 1 && std::none_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format || c.category() == QChar::Separator_Line;
    });
}

bool isNegative(const std::optional<qint64> &n) { return n && *n < 0; }

/// What must hold of any reply: it is understood as something or it says why not, nothing is green without a word, all text is plain.
QString complaint(const Decoded &decoded)
{
    const Facts &facts = decoded.facts;
    if (decoded.reach == Reach::Answered && !facts.components)
        return u"answered without components"_s;
    if (decoded.reach == Reach::Answered && facts.components->isEmpty() && !facts.reportedState)
        return u"answered without anything understood"_s;
    if (decoded.reach != Reach::Answered && (decoded.error.isEmpty() || facts != Facts()))
        return u"failed without a reason, or with facts"_s;
    if (!isPlain(decoded.error, 700))
        return u"the error is long or not plain: "_s + decoded.error;
    for (const ComponentFact &component : facts.components.value_or(QList<ComponentFact>())) {
        if (component.state == ComponentState::Healthy && !mayBeGreen(component))
            return u"green without a word: %1 “%2”"_s.arg(component.name, component.reported);
        if (component.name.isEmpty() || !isPlain(component.name, 210) || !isPlain(component.message, 4000)
            || !isPlain(component.reported, 210))
            return u"a text that is not plain and bounded: "_s + component.name;
    }
    for (const QueueFact &queue : facts.queues.value_or(QList<QueueFact>())) {
        if (isNegative(queue.total) || isNegative(queue.unprocessed) || isNegative(queue.dead) || isNegative(queue.failed))
            return u"a negative number"_s;
    }
    return {};
}

QByteArray anyOf(QRandomGenerator &random, const QList<QByteArray> &choices) { return choices.at(random.bounded(int(choices.size()))); }

/// Cuts, flips, removes, doubles or replaces something.
QByteArray mutated(QByteArray body, QRandomGenerator &random)
{
    const QList<QByteArray> pieces{"null", "[]", "{}", "\"\"", "-1", "1e400", "9223372036854775808", "true", "\"unhealthy\"", "\"not_ok\"",
        "\xff\xfe", "\"", "[", "}", ",", "<td>", "</table>", "<!--", "&#x0;", "  ", "\n", "\xE2\x80\xAE", "0", "2"};
    for (int changes = 1 + random.bounded(4); changes > 0 && !body.isEmpty(); --changes) {
        const int at = random.bounded(int(body.size()));
        switch (random.bounded(5)) {
        case 0:
            body.truncate(at);
            break;
        case 1:
            body[at] = char(random.bounded(256));
            break;
        case 2:
            body.insert(at, anyOf(random, pieces));
            break;
        case 3:
            body.remove(at, 1 + random.bounded(40));
            break;
        default:
            body.insert(at, body.mid(random.bounded(int(body.size())), random.bounded(200)));
        }
    }
    return body;
}

/// Any value of a document replaced by one of another type; the document stays JSON.
QJsonValue retyped(const QJsonValue &value, QRandomGenerator &random)
{
    if (random.bounded(12) == 0) {
        const QJsonArray others{QJsonValue::Null, true, false, 0, 1, 2, -7, 1.5, 9.3e18, QString(), u"ok"_s, u"odd"_s, QJsonArray{u"ok"_s},
            QJsonObject{{u"status"_s, u"ok"_s}}};
        return others.at(random.bounded(int(others.size())));
    }
    if (value.isArray()) {
        QJsonArray changed;
        for (const QJsonValue row : value.toArray())
            changed.append(retyped(row, random));
        return changed;
    }
    if (!value.isObject())
        return value;
    QJsonObject changed;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        changed.insert(random.bounded(30) == 0 ? QString() : it.key(), retyped(it.value(), random));
    return changed;
}
} // namespace

/// Replies that nobody should send. Whatever comes: no crash, a reason, nothing green.
class TestHostile final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void nothingIsUnderstood_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QByteArray>("body");
        const QList<std::pair<const char *, QByteArray>> bodies{
            {"null", "null"},
            {"empty array", "[]"},
            {"string", "\"x\""},
            {"number", "42"},
            {"empty object", "{}"},
            {"10,000 arrays", QByteArray(10'000, '[') + QByteArray(10'000, ']')},
            {"10,000 objects", QByteArray("{\"status\":").repeated(10'000) + "1" + QByteArray(10'000, '}')},
            {"10 MB string", '"' + QByteArray(10'000'000, 'x') + '"'},
            {"8 MB of lines", QByteArray("a  b\n").repeated(1'600'000)},
            {"8 MB of tags", QByteArray("<td>").repeated(2'000'000)},
            {"8 MB of rows", QByteArray("<tr><td>a<td>b").repeated(570'000)},
            {"8 MB of open comments", QByteArray("<!--").repeated(2'000'000)},
            {"8 MB of open quotes", "<td " + QByteArray("a=\"").repeated(2'000'000)},
            {"8 MB of ampersands", "<table><tr><td>" + QByteArray(8'000'000, '&')},
            {"1e400", "{\"components\":{\"a\":{\"status\":1e400}}}"},
            {"invalid UTF-8", "{\"components\":{\"a\":{\"status\":\"ok\xff\"}}}"},
            {"cut", "[{\"name\":\"etcd\",\"status\":\"ok\"},{\"name\":\"obj"},
            {"two documents", "[{\"name\":\"a\",\"status\":\"ok\"}][]"},
            {"login page", "<!doctype html><form class=ok><input name=status></form>"},
            {"gzip", QByteArray("\x1f\x8b\x08\x00\x00healthy", 12)},
            {"zeros", QByteArray(1000, '\0')},
            {"no bytes", {}},
        };
        for (const QString &folder : {u"bufstream"_s, u"osapi"_s}) {
            for (const auto &[name, body] : bodies)
                QTest::addRow("%s: %s", qPrintable(folder), name) << folder << body;
        }
    }
    void nothingIsUnderstood()
    {
        QFETCH(QString, folder);
        QFETCH(QByteArray, body);
        const System &system = systemOf(folder);
        for (const int http : {200, 204, 301, 404, 429, 500, 503}) {
            if (body.size() > 1'000'000 && http != 200)
                continue;
            const Decoded decoded = system.decode(statusRequest(system), reply(http, body));
            QVERIFY(decoded.reach != Reach::Answered);
            QCOMPARE(complaint(decoded), QString());
        }
    }

    void namesAndMessagesArePlainAndBounded_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("markup") << u"<b>bold</b><script>alert(1)</script>"_s;
        QTest::newRow("line breaks") << u"a\r\nb\u2028c\u2029d\te"_s;
        QTest::newRow("right to left") << u"\u202Egnp.exe\u2066\u200F"_s;
        QTest::newRow("100 kB") << QString(100'000, u'x');
        QTest::newRow("zero") << u"a\u0000b"_s;
        QTest::newRow("pictures") << QString::fromUtf8("\xF0\x9F\x92\xA9").repeated(5000);
    }
    void namesAndMessagesArePlainAndBounded()
    {
        QFETCH(QString, text);
        const QJsonObject component{{u"status"_s, u"error"_s}, {u"error"_s, text}, {u"message"_s, text}};
        const QByteArray body = QJsonDocument(QJsonObject{{u"components"_s, QJsonObject{{text, component}}}}).toJson();
        for (const QString &folder : {u"bufstream"_s, u"osapi"_s}) {
            const System &system = systemOf(folder);
            const Decoded decoded = system.decode(statusRequest(system), reply(503, body));
            QCOMPARE(decoded.reach, Reach::Answered);
            QCOMPARE(complaint(decoded), QString());
            QCOMPARE(decoded.facts.components->constFirst().state, ComponentState::Failed);
        }
    }

    void duplicateKeysDoNotHideAFailure_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const QString &folder, const QByteArray &body) { QTest::newRow(name) << folder << body; };
        row("osapi: component", u"osapi"_s, json("{'components':{'a':{'status':'error'},'a':{'status':'ok'}},'status':'ok'}"));
        row("osapi: word", u"osapi"_s, json("{'components':{'a':{'status':'ok'}},'status':'degraded','status':'ok'}"));
        row("osapi: escaped", u"osapi"_s, json("{'components':{'a':{'status':'error','st\\u0061tus':'ok'}},'status':'ok'}"));
        row("bufstream: probe", u"bufstream"_s, json("[{'name':'etcd','status':'error','status':'healthy'}]"));
        row("bufstream: by name", u"bufstream"_s, json("{'etcd':'error','etcd':'healthy'}"));
    }
    void duplicateKeysDoNotHideAFailure()
    {
        QFETCH(QString, folder);
        QFETCH(QByteArray, body);
        const System &system = systemOf(folder);
        const Decoded decoded = system.decode(statusRequest(system), reply(200, body));
        QCOMPARE(decoded.reach, Reach::Malformed);
        QVERIFY2(decoded.error.contains("stands twice"_L1), qPrintable(decoded.error));
    }

    void mutatedFixtures_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("file");
        for (const QString &folder : {u"bufstream"_s, u"osapi"_s}) {
            for (const QString &file : fixtureNames(folder))
                QTest::addRow("%s/%s", qPrintable(folder), qPrintable(file)) << folder << file;
        }
    }
    void mutatedFixtures()
    {
        QFETCH(QString, folder);
        QFETCH(QString, file);
        const System &system = systemOf(folder);
        const Request request = statusRequest(system);
        const QByteArray original = fixture(folder + u'/' + file);
        QRandomGenerator random(seed);
        for (int i = 0; i < 600; ++i) {
            const QByteArray body = mutated(original, random);
            const QString wrong = complaint(system.decode(request, reply(i % 3 == 0 ? 503 : 200, body)));
            QVERIFY2(wrong.isEmpty(), qPrintable(u"%1, round %2: %3"_s.arg(wrong).arg(i).arg(QString::fromUtf8(body))));
        }
        const QJsonDocument document = QJsonDocument::fromJson(original);
        for (int i = 0; i < 300 && !document.isNull(); ++i) {
            const QJsonValue whole = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
            const QByteArray wrapped = QJsonDocument(QJsonArray{retyped(whole, random)}).toJson(QJsonDocument::Compact);
            const QByteArray body = wrapped.sliced(1, wrapped.size() - 2);
            const QString wrong = complaint(system.decode(request, reply(200, body)));
            QVERIFY2(wrong.isEmpty(), qPrintable(u"%1, types, round %2: %3"_s.arg(wrong).arg(i).arg(QString::fromUtf8(body))));
        }
    }

    void everySystemIsRegisteredOnceInOrder()
    {
        QStringList names;
        for (const System *system : systems()) {
            names << system->name;
            QVERIFY(system->plan && system->decode && system->vendorCommand && !system->title.isEmpty());
            QCOMPARE(systemNamed(QString(system->name)), system);
        }
        QCOMPARE(names, (QStringList{u"bufstream"_s, u"consul"_s, u"osapi"_s}));
        QCOMPARE(systemNamed(u"etcd"), nullptr);
    }
};

QTEST_GUILESS_MAIN(TestHostile)
#include "test_hostile.moc"
