// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"

#include "models/report/report.h"
#include "models/tables/endpoint_model.h"
#include "models/tables/fleet_models.h"
#include "models/wording/wording.h"
#include "tests/faults/never_green.h"
#include "tests/support/healthy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
const ClusterName sickName(u"sick"_s), wellName(u"well"_s);

bool isHarmless(const QString &text)
{
    constexpr qsizetype limit = 4'001;
    return text.size() <= limit && std::none_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format || c.category() == QChar::Separator_Line
            || c.category() == QChar::Separator_Paragraph;
    });
}

/// Every string in a JSON tree.
void collect(const QJsonValue &value, QStringList &all)
{
    if (value.isString())
        all.append(value.toString());
    for (const QJsonValue one : value.toArray())
        collect(one, all);
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        all.append(member.key());
        collect(member.value(), all);
    }
}

QStringList textsOf(const FleetStatus &fleet)
{
    QStringList all;
    collect(QJsonDocument::fromJson(jsonReport(fleet)).object(), all);
    return all;
}

ClusterStatus named(const FleetStatus &fleet, const ClusterName &name)
{
    const auto found = std::find_if(fleet.clusters.begin(), fleet.clusters.end(), [&](const auto &one) { return one.name == name; });
    return found == fleet.clusters.end() ? ClusterStatus() : *found;
}

/// What the window is told, from its engine through its models to the cells of a table.
class Window {
public:
    explicit Window(const Config &config, EngineOptions options)
        : m_engine([&] {
            options.mode = JudgeMode::OverTime;
            options.flushEvery = Milliseconds(5);
            return options;
        }())
        , m_finished(&m_engine, &Engine::roundFinished)
    {
        QObject::connect(&m_engine, &Engine::updated, &m_models, [this](const FleetUpdate &update) {
            m_models.apply(update);
            m_engine.taken();
        });
        m_engine.setConfig(config);
        m_engine.runOnce();
    }
    /// Null when the round did not end.
    std::optional<FleetStatus> shown()
    {
        if (m_finished.isEmpty() && !m_finished.wait(20'000))
            return std::nullopt;
        const auto isThere = [this] {
            const FleetStatus judged = m_engine.status();
            return std::all_of(judged.clusters.begin(), judged.clusters.end(), [this](const ClusterStatus &cluster) {
                const auto shown = m_models.shown(cluster.name);
                return shown
                    && std::equal(shown->endpoints.begin(), shown->endpoints.end(), cluster.endpoints.begin(), cluster.endpoints.end(),
                        [](const auto &a, const auto &b) { return a.reach == b.reach && a.error == b.error; });
            });
        };
        if (!QTest::qWaitFor(isThere, 5'000))
            return std::nullopt;
        FleetStatus fleet = m_engine.status();
        for (ClusterStatus &cluster : fleet.clusters)
            cluster = m_models.shown(cluster.name).value_or(cluster);
        return fleet;
    }

private:
    FleetModels m_models;
    Engine m_engine;
    QSignalSpy m_finished;
};

QStringList firstRow(const ClusterStatus &cluster)
{
    EndpointModel table;
    table.merge(endpointRows(cluster, Recent()), currentTime());
    QStringList row;
    for (int column = 0; column < table.columnCount(); ++column)
        row.append(table.index(0, column).data().toString());
    return row;
}

QString whereTheTokenIs(const RoundResult &result)
{
    const QByteArray token = faultToken.toUtf8();
    for (const StoredReply &stored : result.replies) {
        if (stored.reply.body.contains(token) || stored.error.contains(faultToken) || stored.reply.error.contains(faultToken))
            return u"the kept reply of %1"_s.arg(stored.request.path);
        for (const Headers &headers : {stored.reply.headers, stored.request.headers}) {
            for (const auto &[name, value] : headers) {
                if (value.contains(token))
                    return u"the header %1"_s.arg(QString::fromLatin1(name));
            }
        }
    }
    const QByteArray printed
        = result.json() + textReport(result.status, currentTime()) + nagiosReport(result.status) + prometheusReport(result.status);
    return printed.contains(token) ? u"the output"_s : QString();
}

/// Of one of the two ways to look at it.
QString brokenIn(const ClusterStatus &cluster, const QList<Reach> &reaches, const QStringList &words)
{
    const EndpointStatus status = cluster.endpoints.value(0);
    if (!reaches.contains(status.reach))
        return u"the reach is %1 (%2)"_s.arg(name(status.reach), status.error);
    if (status.severity == Severity::Ok)
        return u"the endpoint is Ok"_s;
    for (const QString &word : words) {
        if (!status.error.contains(word, Qt::CaseInsensitive))
            return u"“%1” does not say “%2”"_s.arg(status.error, word);
    }
    return status.error.isEmpty() ? u"there is no error"_s : QString();
}
} // namespace

QString expectedOf(const QString &system)
{
    return system == "bufstream"_L1 ? u"Bufstream's status"_s
        : system == "consul"_L1     ? u"Consul's leader address"_s
                                    : u"OSAPI's document"_s;
}

FaultRound::FaultRound(const QString &system)
    : m_system(system)
    , m_server([this](const StubRequest &request) {
        return m_answer && (m_everywhere || isPrimary(m_system, request.path)) ? *m_answer : healthyAnswer(m_system, request);
    })
    , m_well([](const StubRequest &request) { return healthyAnswer(u"bufstream"_s, request); })
{
    if (!m_server.listen() || !m_well.listen())
        qFatal("no port to listen on");
    m_sick = clusterOf(sickName.text(), system, {m_server.url()});
    m_sick.token = SecretLiteral{faultToken};
}

void FaultRound::answer(const StubAnswer &answer, bool everywhere)
{
    m_answer = answer;
    m_everywhere = everywhere;
}

const RoundResult &FaultRound::run(EngineOptions options)
{
    Config config;
    config.clusters = {m_sick, clusterOf(wellName.text(), u"bufstream"_s, {m_well.url()})};
    options.networkEvidence = [](const NetworkQuestion &) { return NetworkEvidence{}; }; // wherever the tests run: it is the servers' fault
    Window window(config, options);
    m_result = oneRound(config.clusters, std::move(options));
    const auto shown = window.shown();
    m_result.finished = m_result.finished && shown;
    m_window = shown.value_or(FleetStatus());
    m_table = firstRow(named(m_window, sickName));
    return m_result;
}

QString FaultRound::brokenSurroundings()
{
    if (!m_result.finished)
        return u"the round did not end"_s;
    if (const QString where = whereTheTokenIs(m_result); !where.isEmpty())
        return u"the token stands in "_s + where;
    for (const FleetStatus &fleet : {m_result.status, m_window}) {
        if (const Severity severity = named(fleet, wellName).severity; severity != Severity::Ok)
            return u"the other cluster is disturbed: %1"_s.arg(name(severity));
        for (const QString &text : textsOf(fleet) + m_table) {
            if (!isHarmless(text))
                return u"not plain or not bounded: "_s + text.left(200);
            if (text.contains(faultToken))
                return u"the token stands in: "_s + text;
        }
    }
    return {};
}

QString FaultRound::brokenRule()
{
    if (const QString rule = brokenSurroundings(); !rule.isEmpty())
        return rule;
    for (const FleetStatus &fleet : {m_result.status, m_window}) {
        if (named(fleet, sickName).severity == Severity::Ok)
            return fleet == m_window ? u"the cluster is Ok in the window"_s : u"the cluster is Ok"_s;
    }
    if (nagiosReport(m_result.status).startsWith("QUORATE OK"))
        return u"the line for nagios says Ok"_s;
    QList<StoredReply> replies = m_result.replies; // of one endpoint: where there are many, they have the same fault
    replies.removeIf(
        [&](const StoredReply &stored) { return stored.cluster != sickName || stored.endpoint != m_sick.spec.endpoints.first(); });
    return lieAtSomeStage(m_system, replies);
}

QString FaultRound::broken(const QList<Reach> &reaches, const QStringList &words)
{
    if (const QString rule = brokenRule(); !rule.isEmpty())
        return rule;
    if (const QString rule = brokenIn(cluster(), reaches, words); !rule.isEmpty())
        return rule;
    const ClusterStatus windows = named(m_window, sickName);
    if (const QString rule = brokenIn(windows, reaches, words); !rule.isEmpty())
        return u"in the window: "_s + rule;
    const QStringList errors = m_table.filter(windows.endpoints.value(0).error); // beside it: that it is being checked
    if (!m_table.contains(wording::reachWord(windows.endpoints.value(0).reach)) || errors.isEmpty())
        return u"the window's table lacks the reach or the error: "_s + m_table.join(u" | "_s);
    const QString printed = QString::fromUtf8(textReport(m_result.status, currentTime()));
    constexpr qsizetype shown = 90; ///< characters of an error that a table on a terminal has room for
    if (!printed.contains(wording::reachWord(endpoint().reach)) || !printed.contains(endpoint().error.left(shown)))
        return u"the report lacks the reach or the error: "_s + printed;
    return {};
}

void useTls(FaultRound &fault, StubServer &server, const Certificates &certificates, const QSslConfiguration &tls)
{
    QVERIFY(server.listen(QHostAddress::LocalHost, 0, tls));
    fault.sick().spec.endpoints = {EndpointUrl(server.url())};
    fault.sick().tls.caFile = certificates.authority();
}

} // namespace quorate
