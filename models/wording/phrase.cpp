// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/phrase.h"

#include "models/wording/wording.h"

#include <algorithm>
#include <limits>

namespace quorate::wording {
using namespace Qt::StringLiterals;

QString pluralForm(qint64 n, const char *one, const char *many)
{
    const auto form = static_cast<int>(std::clamp<qint64>(n, 0, std::numeric_limits<int>::max()));
    const QString text = QCoreApplication::translate("quorate::wording", many, nullptr, form);
    const bool untranslated = text == QString::fromUtf8(many);
    return untranslated && n == 1 ? QString::fromUtf8(one) : text;
}

QString plural(qint64 n, const char *one, const char *many) { return pluralForm(n, one, many).arg(count(n)); }

QLocale locale()
{
    const QLocale standard;
    return standard.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : standard;
}

QString facts(const QStringList &list)
{
    QStringList said;
    for (const QString &fact : list) {
        if (!fact.isEmpty())
            said.append(fact);
    }
    return said.join(u" · "_s);
}

QString quoted(const QString &serverText, qsizetype limit)
{
    QString text = boundedText(serverText, limit).simplified();
    while (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

QString shortName(const QString &name, qsizetype limit) { return boundedText(name, limit); }

QString listOf(const QStringList &names, qsizetype shown)
{
    QStringList first;
    for (const QString &name : names.mid(0, shown))
        first.append(shortName(name));
    const qsizetype rest = names.size() - first.size();
    if (rest <= 0)
        return first.join(u", "_s);
    return Words::tr("%1 and %2 more").arg(first.join(u", "_s), count(rest));
}

QString endpointsNoun(const QString &system, qint64 n)
{
    if (system == "bufstream"_L1)
        return plural(n, QUORATE_PLURAL("%1 broker", "%1 brokers"));
    if (system == "consul"_L1)
        return plural(n, QUORATE_PLURAL("%1 server", "%1 servers"));
    return plural(n, QUORATE_PLURAL("%1 endpoint", "%1 endpoints"));
}

namespace {
const EndpointStatus *endpointAt(const ClusterStatus &cluster, const QString &url)
{
    const auto found = std::find_if(
        cluster.endpoints.begin(), cluster.endpoints.end(), [&](const EndpointStatus &endpoint) { return endpoint.url.text() == url; });
    return found == cluster.endpoints.end() ? nullptr : &*found;
}
} // namespace

QString endpointName(const ClusterStatus &cluster, const QString &url) { return url.isEmpty() ? QString() : subjectName(cluster, url); }

QStringList endpointNames(const ClusterStatus &cluster, const Reason &reason)
{
    QStringList names;
    for (const QString &url : reason.endpoints)
        names.append(endpointName(cluster, url));
    if (names.isEmpty() && endpointAt(cluster, reason.subject))
        names.append(endpointName(cluster, reason.subject));
    return names;
}

const EndpointStatus *onlyEndpoint(const ClusterStatus &cluster, const Reason &reason)
{
    if (reason.endpoints.size() == 1)
        return endpointAt(cluster, reason.endpoints.first());
    if (const EndpointStatus *subject = endpointAt(cluster, reason.subject))
        return subject;
    return reason.endpoints.isEmpty() && cluster.endpoints.size() == 1 ? &cluster.endpoints.first() : nullptr;
}

Share share(const ClusterStatus &cluster, const Reason &reason)
{
    const qint64 all = cluster.endpoints.size();
    const qint64 named = endpointNames(cluster, reason).size();
    return {reason.count.value_or(named > 0 ? named : all), reason.of.value_or(all)};
}

QString where(const ClusterStatus &cluster, const Reason &reason)
{
    const QStringList names = endpointNames(cluster, reason);
    const Share part = share(cluster, reason);
    if (part.of <= 1)
        return {};
    const QString one = part.count == 1 && names.size() == 1 ? u": "_s + names.first() : QString();
    return Words::tr(" on %1 of %2").arg(count(part.count), endpointsNoun(cluster.system, part.of)) + one;
}

QString whichOnes(const ClusterStatus &cluster, const Reason &reason)
{
    const Share part = share(cluster, reason);
    return part.count > 1 && part.count < part.of ? listOf(endpointNames(cluster, reason)) : QString();
}

} // namespace quorate::wording
