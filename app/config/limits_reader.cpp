// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/limits_reader.h"

#include "app/config/duration.h"
#include "models/status/hold_table.h"
#include "models/status/status.h"

#include <array>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr Milliseconds longestHold = 30min; ///< an agent that left is missed for an hour: a hold must be over by then
constexpr qint64 mostDays = 3'650;
constexpr qint64 mostEntries = 1'000'000'000'000'000;

double seconds(Milliseconds duration) { return std::chrono::duration<double>(duration).count(); }
QString durationOf(double seconds) { return durationText(std::chrono::round<Milliseconds>(std::chrono::duration<double>(seconds))); }

/// What stands wrong about both together; the place is that of the one that was given.
QString relationProblem(const HoldLimit &limit, const HoldRow &row, bool badGiven, bool ofGiven)
{
    if (row.ownHistory && limit.of != limit.needed)
        return u"refreshes in a row are looked at here; leave `of` out"_s;
    if (limit.needed <= limit.of)
        return {};
    if (!ofGiven)
        return u"%1 bad of the last %2 can't be; write of = %1 or more as well"_s.arg(limit.needed).arg(limit.of);
    if (!badGiven)
        return u"%1 bad of the last %2 can't be; write bad = %2 or less as well"_s.arg(limit.needed).arg(limit.of);
    return u"%1 bad of the last %2 can't be; write bad = %2 or less"_s.arg(limit.needed).arg(limit.of);
}

void readHold(TableReader &limits, const TomlEntry &entry, const HoldRow &row, Limits &into, Mistakes &mistakes)
{
    TableReader table(entry.value, limits.name(entry.key), mistakes);
    const auto bad = table.integer("bad"_L1, 1, mostHeldSamples);
    const auto of = table.integer("of"_L1, 1, mostHeldSamples);
    const auto least = table.duration("for"_L1, Milliseconds(0), longestHold);
    table.finish();
    const TomlEntry *badEntry = table.find("bad"_L1), *ofEntry = table.find("of"_L1);
    if (entry.value.entries.isEmpty())
        limits.error(entry,
            u"nothing stands here; write { bad = %1, of = %2, for = \"%3\" }, or some of it"_s.arg(row.needed)
                .arg(row.of)
                .arg(durationText(row.least)));
    if ((badEntry && !bad) || (ofEntry && !of))
        return; // told already
    HoldLimit limit = limitOf(into, row.code);
    limit.needed = static_cast<int>(bad.value_or(limit.needed));
    limit.of = static_cast<int>(of.value_or(row.ownHistory ? limit.needed : limit.of));
    limit.least = least.value_or(limit.least);
    if (const QString problem = relationProblem(limit, row, badEntry, ofEntry); !problem.isEmpty())
        table.error(ofEntry ? *ofEntry : *badEntry, problem);
    else
        into.holds.insert(row.code, limit);
}

void readHolds(TableReader &limits, Limits &into, Mistakes &mistakes)
{
    for (const HoldRow &row : holdTable()) {
        const QByteArray key = name(row.code).toLatin1();
        if (const TomlEntry *entry = limits.find(QLatin1String(key), TomlValue::Kind::Table))
            readHold(limits, *entry, row, into, mistakes);
    }
}

void readPlain(TableReader &limits, Limits &into)
{
    into.slowShare = limits.share("slow_share"_L1).value_or(into.slowShare);
    if (const auto days = limits.integer("certificate_days"_L1, 0, mostDays))
        into.expiryDays = static_cast<double>(*days);
    if (const auto skew = limits.duration("clock_skew"_L1, 1s, 24h))
        into.skewSeconds = seconds(*skew);
    into.connectionShare = limits.share("connections_share"_L1).value_or(into.connectionShare);
    if (const auto contact = limits.duration("last_contact"_L1, 1ms, 1h))
        into.lastContactSeconds = seconds(*contact);
    if (const auto entries = limits.integer("trailing"_L1, 0, mostEntries))
        into.trailingEntries = *entries;
}

/// Codes that exist but have nothing to set.
void refuseAtOnce(TableReader &limits, const TomlValue &table)
{
    for (const TomlEntry &entry : table.entries) {
        const auto code = reasonCodeFromName(entry.key);
        if (!code || holdRow(*code))
            continue;
        const QByteArray key = entry.key.toLatin1();
        (void)limits.find(QLatin1String(key)); // known, and told here
        const QString instead = code == ReasonCode::CertificateExpires ? u"; its limit is certificate_days"_s : QString();
        limits.error(entry, u"this is judged without a hold, so there is none to set"_s + instead);
    }
}

/// The only system that has it; empty: several have.
QLatin1String ownerOf(const QString &key)
{
    if (key.startsWith("raft-"_L1) || key == "last_contact"_L1 || key == "trailing"_L1)
        return "consul"_L1;
    if (key.startsWith("queue-"_L1) || key.startsWith("agents-"_L1) || key.startsWith("agent-"_L1))
        return "osapi"_L1;
    return {};
}

/// A limit that nothing is compared with would be a promise not kept.
void refuseForeign(TableReader &limits, const TomlValue &table, const QString &system)
{
    for (const TomlEntry &entry : table.entries) {
        const QLatin1String owner = ownerOf(entry.key);
        const QByteArray key = entry.key.toLatin1();
        if (!owner.isEmpty() && system != owner && limits.isKnown(QLatin1String(key)))
            limits.error(entry, u"this is for %1; nothing of a %2 cluster is compared with it"_s.arg(owner, system));
    }
}
} // namespace

Limits readLimits(TableReader &parent, Limits base, const QString &system, Mistakes &mistakes)
{
    const TomlEntry *entry = parent.find("limits"_L1, TomlValue::Kind::Table);
    if (!entry)
        return base;
    TableReader limits(entry->value, parent.name(u"limits"_s), mistakes);
    readPlain(limits, base);
    readHolds(limits, base, mistakes);
    refuseAtOnce(limits, entry->value);
    if (!system.isEmpty())
        refuseForeign(limits, entry->value, system);
    limits.finish();
    return base;
}

QList<std::pair<QString, QString>> plainLimits()
{
    const Limits limits;
    const RaftStatus raft; // Consul's own, where it does not tell another
    return {{u"slow_share"_s, QString::number(limits.slowShare)}, {u"certificate_days"_s, QString::number(limits.expiryDays)},
        {u"clock_skew"_s, durationOf(limits.skewSeconds)}, {u"connections_share"_s, QString::number(limits.connectionShare)},
        {u"last_contact"_s, durationOf(raft.lastContactLimit)}, {u"trailing"_s, QString::number(raft.trailingLimit)}};
}

} // namespace quorate
