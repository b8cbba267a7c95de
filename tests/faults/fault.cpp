// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"

#include "tests/support/healthy.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
bool isPlain(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format || c.category() == QChar::Separator_Line;
    });
}

QString whereTheTokenIs(const RoundResult &result)
{
    if (result.json().contains(faultToken.toUtf8()))
        return u"the JSON output"_s;
    for (const StoredReply &stored : result.replies) {
        if (stored.reply.body.contains(faultToken.toUtf8()) || stored.error.contains(faultToken) || stored.reply.error.contains(faultToken))
            return u"the kept reply of %1"_s.arg(stored.request.path);
        for (const Headers &headers : {stored.reply.headers, stored.request.headers}) {
            for (const auto &[name, value] : headers) {
                if (value.contains(faultToken.toUtf8()))
                    return u"the header %1"_s.arg(QString::fromLatin1(name));
            }
        }
    }
    return {};
}
} // namespace

FaultRound::FaultRound(const QString &system)
    : m_system(system)
    , m_server([this](const StubRequest &request) {
        return m_answer && (m_everywhere || isPrimary(m_system, request.path)) ? *m_answer : healthyAnswer(m_system, request);
    })
    , m_well([](const StubRequest &request) { return healthyAnswer(u"bufstream"_s, request); })
{
    if (!m_server.listen() || !m_well.listen())
        qFatal("no port to listen on");
    m_sick = clusterOf(u"sick"_s, system, {m_server.url()});
    m_sick.token = SecretLiteral{faultToken};
}

void FaultRound::answer(const StubAnswer &answer, bool everywhere)
{
    m_answer = answer;
    m_everywhere = everywhere;
}

const RoundResult &FaultRound::run(EngineOptions options)
{
    m_result = oneRound({m_sick, clusterOf(u"well"_s, u"bufstream"_s, {m_well.url()})}, std::move(options));
    return m_result;
}

QString FaultRound::brokenRule()
{
    if (!m_result.finished)
        return u"the round did not end"_s;
    if (m_result.cluster(u"well"_s).severity != Severity::Ok)
        return u"the other cluster is disturbed: %1"_s.arg(name(m_result.cluster(u"well"_s).severity));
    if (const QString where = whereTheTokenIs(m_result); !where.isEmpty())
        return u"the token stands in "_s + where;
    if (!isPlain(endpoint().error))
        return u"the error is not plain text: "_s + endpoint().error;
    if (endpoint().error.size() > 4'000)
        return u"the error is not bounded"_s;
    if (cluster().severity == Severity::Ok)
        return u"the cluster is Ok"_s;
    return {};
}

QString FaultRound::broken(Reach reach, const QStringList &words)
{
    if (const QString rule = brokenRule(); !rule.isEmpty())
        return rule;
    const EndpointStatus status = endpoint();
    if (status.reach != reach)
        return u"the reach is %1 (%2)"_s.arg(name(status.reach), status.error);
    if (status.severity == Severity::Ok)
        return u"the endpoint is Ok"_s;
    for (const QString &word : words) {
        if (!status.error.contains(word, Qt::CaseInsensitive))
            return u"“%1” does not say “%2”"_s.arg(status.error, word);
    }
    return {};
}

} // namespace quorate
