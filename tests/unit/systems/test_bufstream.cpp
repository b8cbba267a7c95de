// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/bufstream/probes.h"
#include "tests/unit/systems/bufstream_replies.h"

#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;

namespace {
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

/// Bufstream: what its fixtures, words, icons and numbers mean.
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
};

QTEST_GUILESS_MAIN(TestBufstream)
#include "test_bufstream.moc"
