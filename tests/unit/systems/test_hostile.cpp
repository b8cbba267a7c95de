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
/// What a document says of its parts in known sections, by its key and the name that shows it.
struct Part {
    QLatin1String key;
    bool (*isThere)(const Facts &);
};
const QList<Part> osapiParts{
    {"components"_L1, [](const Facts &f) { return f.components.has_value(); }},
    {"status"_L1, [](const Facts &f) { return f.reportedState.has_value(); }},
    {"version"_L1, [](const Facts &f) { return f.version.has_value(); }},
    {"uptime"_L1, [](const Facts &f) { return f.uptimeText.has_value(); }},
    {"jobs"_L1, [](const Facts &f) { return f.queues.has_value(); }},
    {"streams"_L1, [](const Facts &f) { return f.streams.has_value(); }},
    {"kv_buckets"_L1, [](const Facts &f) { return f.buckets.has_value(); }},
    {"object_stores"_L1, [](const Facts &f) { return f.objectStores.has_value(); }},
    {"consumers"_L1, [](const Facts &f) { return f.consumers.has_value(); }},
    {"nats"_L1, [](const Facts &f) { return f.nats.has_value(); }},
};

/// One leaf, list or object somewhere in `value` replaced by another type or a number that is none; null and texts for texts apart, which
/// can't be told from what is sent.
QJsonValue damaged(const QJsonValue &value, QRandomGenerator &random)
{
    if (value.isObject() && !value.toObject().isEmpty() && random.bounded(4) > 0) {
        QJsonObject object = value.toObject();
        const QString key = object.keys().at(random.bounded(int(object.size())));
        object.insert(key, damaged(object.value(key), random));
        return object;
    }
    if (value.isArray() && !value.toArray().isEmpty() && random.bounded(4) > 0) {
        QJsonArray array = value.toArray();
        const int at = random.bounded(int(array.size()));
        array.replace(at, damaged(array.at(at), random));
        return array;
    }
    const QJsonArray others{true, -7, 9.3e18, u"odd"_s, QJsonArray{u"ok"_s}, QJsonObject{{u"x"_s, 1}}};
    const QJsonValue other = others.at(random.bounded(int(others.size())));
    return other.type() == value.type() && !value.isDouble() ? QJsonValue(-7) : other;
}

/// Under which key the probes of a fixture stand; empty: they are the document.
QString listKey(const QJsonValue &whole)
{
    for (const QString &key : {u"probes"_s, u"components"_s}) {
        if (whole.toObject().contains(key))
            return key;
    }
    return {};
}

QJsonValue probesOf(const QJsonValue &whole)
{
    const QString key = listKey(whole);
    return key.isEmpty() ? whole : whole.toObject().value(key);
}

qsizetype countIn(const QJsonValue &probes) { return probes.isArray() ? probes.toArray().size() : probes.toObject().size(); }

/// The fixture with something else in the place of one probe.
QJsonValue withProbe(const QJsonValue &whole, qsizetype at, const QJsonValue &other)
{
    QJsonArray rows = probesOf(whole).toArray();
    QJsonObject byName = probesOf(whole).toObject();
    if (!rows.isEmpty())
        rows.replace(at, other);
    else
        byName.insert(byName.keys().at(at), other);
    const QJsonValue changed = rows.isEmpty() ? QJsonValue(byName) : QJsonValue(rows);
    if (listKey(whole).isEmpty())
        return changed;
    QJsonObject wrapper = whole.toObject();
    wrapper.insert(listKey(whole), changed);
    return wrapper;
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
        const QJsonObject components{{text, component}, {u"etcd"_s, QJsonObject{{u"status"_s, u"ok"_s}}}};
        const QJsonObject document{{u"components"_s, components}, {u"status"_s, u"degraded"_s}, {u"version"_s, u"0.1.0"_s}};
        const QByteArray body = QJsonDocument(document).toJson();
        for (const QString &folder : {u"bufstream"_s, u"osapi"_s}) {
            const System &system = systemOf(folder);
            const Decoded decoded = system.decode(statusRequest(system), reply(503, body));
            QCOMPARE(decoded.reach, Reach::Answered);
            QCOMPARE(complaint(decoded), QString());
            const auto &read = *decoded.facts.components;
            QVERIFY(std::any_of(read.begin(), read.end(), [](const auto &one) { return one.state == ComponentState::Failed; }));
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

    // Whatever is damaged in a section that is known: the reply is not understood, or the section is gone, to be seen by everybody.
    void damageInAKnownSectionIsNeverOverlooked_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"status_latest_200_full.json", "status_v1_200.json", "synthetic_large_numbers.json"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }
    void damageInAKnownSectionIsNeverOverlooked()
    {
        QFETCH(QString, file);
        const System &system = systemOf(u"osapi"_s);
        const QJsonObject whole = QJsonDocument::fromJson(fixture(u"osapi/"_s + file)).object();
        QRandomGenerator random(seed);
        for (const Part &part : osapiParts) {
            for (int i = 0; i < 200 && whole.contains(part.key); ++i) {
                QJsonObject document = whole;
                document.insert(part.key, damaged(whole.value(part.key), random));
                const QByteArray body = QJsonDocument(document).toJson(QJsonDocument::Compact);
                const Decoded decoded = system.decode(statusRequest(system), reply(200, body));
                const bool said
                    = decoded.reach != Reach::Answered || !part.isThere(decoded.facts) || tell(decoded.facts.components).contains(u'?');
                QVERIFY2(said, qPrintable(u"%1, round %2: %3"_s.arg(part.key).arg(i).arg(QString::fromUtf8(body))));
            }
        }
    }

    // A probe of a list damaged in any way is there and not green, or the reply is not understood.
    void aDamagedProbeIsNeverOverlooked_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"A_array_of_objects", "B_wrapped_probes", "C_object_by_name", "D_wrapped_object_components",
                 "E_capitalised_keys", "F_protojson_enums", "G_numeric_status", "H_single_string_map"})
            QTest::newRow(file) << u"bufstream/SYNTHETIC_shape_%1.json"_s.arg(QLatin1String(file));
    }
    void aDamagedProbeIsNeverOverlooked()
    {
        QFETCH(QString, file);
        const System &system = systemOf(u"bufstream"_s);
        const QByteArray original = fixture(file);
        const QJsonValue whole = QJsonDocument::fromJson('[' + original + ']').array().at(0);
        const auto good = [&](const QByteArray &body) {
            const Decoded decoded = system.decode(statusRequest(system), reply(200, body));
            return decoded.reach == Reach::Answered ? tell(decoded.facts.components).count("=healthy"_L1) : 0;
        };
        const auto all = good(original);
        QVERIFY(all > 0);
        // Each probe in turn becomes something else; the one that failed already may become anything.
        const QJsonArray others{QJsonValue::Null, -7, QJsonArray{u"x"_s}, u"odd"_s, QJsonObject{{u"status"_s, u"odd"_s}}};
        for (const QJsonValue other : others) {
            for (qsizetype i = 0; i < countIn(probesOf(whole)); ++i) {
                const QByteArray wrapped = QJsonDocument(QJsonArray{withProbe(whole, i, other)}).toJson(QJsonDocument::Compact);
                const QByteArray body = wrapped.sliced(1, wrapped.size() - 2);
                const Decoded decoded = system.decode(statusRequest(system), reply(200, body));
                QVERIFY2(decoded.reach != Reach::Answered || tell(decoded.facts.components).contains(u'?'), body.constData());
                QVERIFY(good(body) <= all);
            }
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
