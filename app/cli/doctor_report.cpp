// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/doctor_report.h"

#include "app/cli/facts_summary.h"
#include "models/systems/system.h"
#include "models/wording/wording.h"

#include <algorithm>
#include <tuple>

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

/// The request that decides about the endpoint first, then as they came.
QList<StoredReply> inOrder(QList<StoredReply> replies)
{
    std::stable_sort(replies.begin(), replies.end(), [](const StoredReply &a, const StoredReply &b) {
        return std::tuple(!a.request.primary, a.reply.finished.monotonic) < std::tuple(!b.request.primary, b.reply.finished.monotonic);
    });
    return replies;
}

QString endpointText(const Examination &examination, const System &system, const EndpointUrl &endpoint)
{
    QString text = u"  %1\n"_s.arg(endpoint.text()) + stepRows(examination.steps.value(endpoint));
    bool asked = false;
    for (const StoredReply &stored : inOrder(examination.replies)) {
        if (stored.endpoint != endpoint)
            continue;
        asked = true;
        const QString what = u"GET "_s + stored.request.path;
        text += (what.size() > nameWidth ? u"    %1\n"_s.arg(what) : QString());
        text += row(what.size() > nameWidth ? QString() : what, stored.reply.latencySeconds, outcome(stored), understood(system, stored));
    }
    return asked ? text : text + u"    nothing was asked\n"_s;
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

QByteArray doctorReport(const Examination &examination, const Redaction &redaction, const Time &now)
{
    const System *system = systemNamed(examination.cluster.spec.system);
    QString text
        = u"%1 (%2)\n"_s.arg(examination.cluster.spec.name.text(), system ? QString(system->title) : examination.cluster.spec.system);
    if (!examination.token.isEmpty())
        text += u"  token: %1\n"_s.arg(examination.token);
    if (system) {
        for (const EndpointUrl &endpoint : examination.cluster.spec.endpoints)
            text += endpointText(examination, *system, endpoint);
    }
    text += whyText(examination, now);
    return redaction.text(text).toUtf8();
}

} // namespace quorate
