// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/facts.h"

#include <algorithm>
#include <array>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
template <class T>
void lay(std::optional<T> &under, const std::optional<T> &over)
{
    if (over)
        under = over;
}

RaftView overlay(RaftView view, const RaftView &newer)
{
    lay(view.server, newer.server);
    lay(view.id, newer.id);
    lay(view.name, newer.name);
    lay(view.datacenter, newer.datacenter);
    lay(view.address, newer.address);
    lay(view.leader, newer.leader);
    lay(view.peers, newer.peers);
    lay(view.state, newer.state);
    lay(view.saysLeader, newer.saysLeader);
    lay(view.term, newer.term);
    lay(view.commit, newer.commit);
    lay(view.applied, newer.applied);
    lay(view.lastLog, newer.lastLog);
    lay(view.fsmPending, newer.fsmPending);
    if (newer.lastContactSeconds || newer.neverContacted) {
        view.lastContactSeconds = newer.lastContactSeconds;
        view.neverContacted = newer.neverContacted;
    }
    lay(view.membership, newer.membership);
    lay(view.autopilot, newer.autopilot);
    lay(view.limits, newer.limits);
    lay(view.knownLeader, newer.knownLeader);
    lay(view.headerLastContactSeconds, newer.headerLastContactSeconds);
    lay(view.gossipFailed, newer.gossipFailed);
    return view;
}

bool isInvisible(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // direction marks, zero-width joiners
    case QChar::Other_Surrogate: // half a character
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return true;
    default:
        return false;
    }
}

struct Unit {
    QStringView name;
    double seconds;
};
constexpr std::array<Unit, 9> units{{
    {u"ms", 1e-3},
    {u"us", 1e-6},
    {u"\u00b5s", 1e-6},
    {u"\u03bcs", 1e-6},
    {u"ns", 1e-9},
    {u"d", 86400},
    {u"h", 3600},
    {u"m", 60},
    {u"s", 1},
}};

QStringView trimmedLeft(QStringView text)
{
    while (!text.isEmpty() && text.front().isSpace())
        text = text.mid(1);
    return text;
}
} // namespace

Facts overlay(const Facts &older, const Facts &newer)
{
    Facts facts = older;
    lay(facts.version, newer.version);
    lay(facts.uptimeSeconds, newer.uptimeSeconds);
    lay(facts.uptimeText, newer.uptimeText);
    lay(facts.reported, newer.reported);
    lay(facts.reportedState, newer.reportedState);
    lay(facts.components, newer.components);
    if (newer.raft)
        facts.raft = facts.raft ? overlay(*facts.raft, *newer.raft) : *newer.raft;
    lay(facts.queues, newer.queues);
    lay(facts.streams, newer.streams);
    lay(facts.buckets, newer.buckets);
    lay(facts.objectStores, newer.objectStores);
    lay(facts.consumers, newer.consumers);
    lay(facts.agents, newer.agents);
    lay(facts.nats, newer.nats);
    for (const QString &permission : newer.narrowed) {
        if (!facts.narrowed.contains(permission))
            facts.narrowed.append(permission);
    }
    return facts;
}

QString boundedText(QStringView text, qsizetype limit)
{
    const auto isPlain = [](QChar c) { return c >= u' ' && c <= u'~'; };
    if (text.size() <= limit && std::all_of(text.begin(), text.end(), isPlain)) // nearly every text there is
        return text.trimmed().toString();
    QString result;
    const qsizetype kept = std::min(text.size(), limit);
    result.reserve(kept + 1);
    for (qsizetype i = 0; i < kept; ++i) {
        const bool pair = i + 1 < text.size() && text.at(i).isHighSurrogate() && text.at(i + 1).isLowSurrogate();
        const char32_t c = pair ? QChar::surrogateToUcs4(text.at(i), text.at(i + 1)) : text.at(i).unicode();
        if (pair && i + 1 == kept)
            break; // the limit cuts it in two
        if (isInvisible(c))
            result += u' ';
        else
            result += text.mid(i, pair ? 2 : 1);
        i += pair ? 1 : 0;
    }
    if (text.size() > limit)
        result += u'…';
    return result.trimmed();
}

std::optional<double> parseGoDuration(QStringView text)
{
    text = text.trimmed();
    const bool negative = text.startsWith(u'-');
    if (negative)
        text = text.mid(1);
    if (text == u"0")
        return 0.0;
    double seconds = 0;
    bool any = false;
    for (text = trimmedLeft(text); !text.isEmpty(); text = trimmedLeft(text)) {
        qsizetype digits = 0;
        while (digits < text.size() && ((text.at(digits) >= u'0' && text.at(digits) <= u'9') || text.at(digits) == u'.'))
            ++digits;
        bool ok = false;
        const double amount = text.left(digits).toDouble(&ok);
        if (!ok)
            return std::nullopt;
        const QStringView rest = text.mid(digits);
        const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit &u) { return rest.startsWith(u.name); });
        if (unit == units.end())
            return std::nullopt;
        seconds += amount * unit->seconds;
        text = rest.mid(unit->name.size());
        any = true;
    }
    if (!any)
        return std::nullopt;
    return negative ? -seconds : seconds;
}

} // namespace quorate
