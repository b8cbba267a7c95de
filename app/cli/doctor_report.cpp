// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/doctor_report.h"

#include "app/cli/facts_summary.h"
#include "models/systems/system.h"
#include "models/wording/wording.h"

#include <algorithm>
#include <utility>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype nameWidth = 22, timeWidth = 9;

QString row(const QString &what, double seconds, const QString &outcome, const QString &text)
{
    return u"    %1 %2 %3 %4\n"_s.arg(
        what.leftJustified(nameWidth), wording::latency(seconds).rightJustified(timeWidth), outcome.leftJustified(4), text);
}

QString hint(const QString &advice)
{
    return advice.isEmpty() ? QString() : QString(nameWidth + timeWidth + 11, u' ') + u"→ "_s + advice + u'\n';
}

QString stepRows(const QList<ProbeStep> &steps)
{
    QString text;
    for (const ProbeStep &step : steps)
        text += row(step.name, step.seconds, step.ok ? u"ok"_s : u"FAIL"_s, step.text) + hint(step.advice);
    return text;
}

/// What a server does not have is no failure unless it decides about the endpoint: systems are asked for what newer versions know.
QString outcome(const StoredReply &stored)
{
    if (stored.reach == Reach::Answered)
        return u"ok"_s;
    return stored.reach == Reach::NotFound && !stored.request.primary ? u"none"_s : u"FAIL"_s;
}

/// What came over HTTP, and what was understood of it.
QString understood(const System &system, const StoredReply &stored)
{
    // A failure's text says what came; a success is put into words here.
    if (stored.reach != Reach::Answered)
        return boundedText(wording::reachWord(stored.reach).toLower() + u": "_s + stored.error, 600);
    const QString facts = factsSummary(system.decode(stored.request, stored.reply).facts);
    const QString came = u"HTTP %1, %2: "_s.arg(QString::number(stored.reply.http), wording::bytes(stored.reply.body.size()));
    return boundedText(came + (facts.isEmpty() ? u"understood"_s : facts), 600);
}

QList<StoredReply> asTheyCame(QList<StoredReply> replies)
{
    std::stable_sort(replies.begin(), replies.end(),
        [](const StoredReply &a, const StoredReply &b) { return a.reply.finished.monotonic < b.reply.finished.monotonic; });
    return replies;
}

QString replyRow(const System &system, const StoredReply &stored)
{
    const QString what = u"GET "_s + stored.request.path;
    return (what.size() > nameWidth ? u"    %1\n"_s.arg(what) : QString())
        + row(what.size() > nameWidth ? QString() : what, stored.reply.latencySeconds, outcome(stored), understood(system, stored));
}

QString whyText(const Examination &examination, const Time &now)
{
    const ClusterStatus &status = examination.status;
    QString text = u"  %1\n"_s.arg(wording::stateLine(status, now));
    for (const Reason &reason : status.reasons) {
        if (reason.foldedUnder)
            continue;
        const QString word = reason.clusterSeverity == Severity::Ok ? u"note"_s : wording::severityWord(reason.clusterSeverity);
        text += u"    %1 %2\n"_s.arg(word.leftJustified(8), wording::sentence(status, reason));
        if (const QString advice = wording::advice(status, reason); !advice.isEmpty())
            text += QString(13, u' ') + u"→ "_s + advice + u'\n';
    }
    return text;
}

} // namespace

/// The rows of those that were not told yet.
QString DoctorReport::replyRows(const System &system, const EndpointUrl &endpoint, const QList<StoredReply> &replies)
{
    QString text;
    for (const StoredReply &stored : asTheyCame(replies)) {
        const std::pair told(endpoint.text(), stored.request.key);
        if (stored.endpoint != endpoint || m_told.contains(told))
            continue;
        m_told.insert(told);
        text += replyRow(system, stored);
    }
    return text;
}

/// What is new of the endpoint whose turn it is: its walk first, then the replies.
QString DoctorReport::endpointRows(const Examination &examination, const System &system, const QList<StoredReply> &replies)
{
    const EndpointUrl &endpoint = examination.cluster.spec.endpoints.at(m_endpoint);
    const Examination::Walk walk = examination.walks.value(endpoint);
    QString text = std::exchange(m_named, true) ? QString() : u"  %1\n"_s.arg(endpoint.text());
    text += stepRows(walk.steps.mid(m_steps));
    m_steps = walk.steps.size();
    return walk.over || examination.over ? text + replyRows(system, endpoint, replies) : text;
}

QString DoctorReport::newRows(const Examination &examination, const System &system, const QList<StoredReply> &replies)
{
    QString text;
    const QList<EndpointUrl> &endpoints = examination.cluster.spec.endpoints;
    for (; m_endpoint < endpoints.size(); ++m_endpoint) {
        const EndpointUrl &endpoint = endpoints.at(m_endpoint);
        text += endpointRows(examination, system, replies);
        const bool asked = std::any_of(replies.begin(), replies.end(), [&](const auto &stored) { return stored.endpoint == endpoint; });
        if (!examination.over && !(examination.walks.value(endpoint).over && examination.polled.contains(endpoint)))
            return text;
        text += asked ? QString() : u"    nothing was asked\n"_s;
        m_named = false;
        m_steps = 0;
    }
    // What the leader was asked for after an endpoint's own requests.
    for (const EndpointUrl &endpoint : endpoints) {
        const QString late = replyRows(system, endpoint, replies);
        text += late.isEmpty() ? QString() : u"  %1, once more\n"_s.arg(endpoint.text()) + late;
    }
    return text;
}

QByteArray DoctorReport::next(
    const Examination &examination, const QList<StoredReply> &replies, const Redaction &redaction, const Time &now)
{
    const ClusterSpec &spec = examination.cluster.spec;
    const System *system = systemNamed(spec.system);
    QString text;
    if (!std::exchange(m_begun, true)) {
        text = u"%1 (%2)\n"_s.arg(spec.name.text(), system ? QString(system->title) : spec.system);
        text += examination.token.isEmpty() ? QString() : u"  token: %1\n"_s.arg(examination.token);
    }
    if (system)
        text += newRows(examination, *system, replies);
    if (examination.over && !std::exchange(m_ended, true))
        text += whyText(examination, now) + u'\n';
    return redaction.text(text).toUtf8();
}

} // namespace quorate
