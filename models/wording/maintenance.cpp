// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/maintenance.h"

#include "models/wording/phrase.h"

namespace quorate::wording {
using namespace Qt::StringLiterals;

namespace {
/// The planned end: to the minute, as people plan.
QString endOf(Instant until, const Time &now)
{
    const QDateTime end = toDateTime(until).toLocalTime();
    const QDateTime today = toDateTime(now.wall).toLocalTime();
    if (end.date() == today.date())
        return end.toString(u"HH:mm"_s);
    const qint64 days = today.date().daysTo(end.date());
    return locale().toString(end, days > 0 && days < 7 ? u"ddd HH:mm"_s : u"d MMM yyyy HH:mm"_s);
}
} // namespace

QString maintenance(Instant until, const QString &note, const Time &now)
{
    const QString text = Words::tr("in maintenance until %1").arg(endOf(until, now));
    return note.isEmpty() ? text : Words::tr("%1 (%2)").arg(text, quoted(note));
}

} // namespace quorate::wording
