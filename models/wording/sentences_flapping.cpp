// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/sentences.h"
#include "models/wording/sums.h"
#include "models/wording/wording.h"

namespace quorate::wording {
using namespace Qt::StringLiterals;

namespace {
/// "now ok for 4 min": of the severity without it, since when; by the newest look.
QString nowFor(const ClusterStatus &cluster, const Reason &reason)
{
    const std::optional<Severity> severity = severityFromName(reason.names.value(0));
    const std::optional<Instant> since = fromRfc3339(reason.names.value(1));
    if (!severity)
        return {};
    const QString word = severityWord(*severity).toLower();
    if (!since || !cluster.observed || *cluster.observed < *since)
        return Words::tr("now %1").arg(word);
    return Words::tr("now %1 for %2").arg(word, duration(std::chrono::duration<double>(*cluster.observed - *since).count()));
}
} // namespace

QStringList flappingFacts(const ClusterStatus &cluster, const Reason &reason)
{
    const QString name = reason.subject.isEmpty() ? Words::tr("This cluster") : subjectName(cluster, reason.subject);
    QString changes;
    if (reason.value) {
        changes = plural(whole(*reason.value), QUORATE_PLURAL("%1 change of state", "%1 changes of state"));
        if (const double span = reason.names.value(2).toDouble(); span > 0)
            changes = Words::tr("%1 in %2", "7 changes of state in 10 min").arg(changes, duration(span));
        changes += limitOf(reason);
    }
    return {Words::tr("%1 keeps changing").arg(shortName(name)), changes, nowFor(cluster, reason), quoted(reason.detail)};
}

} // namespace quorate::wording
