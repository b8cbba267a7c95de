// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/consul/stats.h"

#include "models/systems/consul/address.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace quorate::consul {
using namespace Qt::StringLiterals;

namespace {
constexpr int mostMembers = 1000; ///< Raft groups have single-digit sizes; a longer list is not one

bool isThere(const QJsonValue &value) { return !value.isUndefined() && !value.isNull(); }

/// The leaf of `raft` that is there and can't be read, with what came; empty when there is none.
QString unreadable(const QJsonObject &raft)
{
    constexpr std::array numbers{"term"_L1, "commit_index"_L1, "applied_index"_L1, "last_log_index"_L1, "fsm_pending"_L1};
    const auto say = [&](QLatin1String key, QLatin1String expected) {
        const QString came = boundedText(raft.value(key).toVariant().toString(), 40);
        return u"raft.%1: %2 expected, %3 came"_s.arg(key, expected, came.isEmpty() ? u"something else"_s : u"“%1”"_s.arg(came));
    };
    for (const QLatin1String key : numbers) {
        if (isThere(raft.value(key)) && !unsignedInteger(raft.value(key)))
            return say(key, "a number from 0"_L1);
    }
    constexpr std::array states{"Leader"_L1, "Follower"_L1, "Candidate"_L1, "Shutdown"_L1};
    const QString state = raft.value("state"_L1).toString();
    if (isThere(raft.value("state"_L1)) && std::none_of(states.begin(), states.end(), [&](QLatin1String word) { return state == word; }))
        return say("state"_L1, "a state of Raft"_L1);
    const QJsonValue contact = raft.value("last_contact"_L1);
    const bool known = contact.toString() == "never"_L1 || seconds(contact).value_or(-1) >= 0;
    return isThere(contact) && !known ? say("last_contact"_L1, "a duration"_L1) : QString();
}

void readRaft(const QJsonObject &raft, RaftView &view)
{
    view.state = text(raft.value("state"_L1));
    view.term = unsignedInteger(raft.value("term"_L1));
    view.commit = unsignedInteger(raft.value("commit_index"_L1));
    view.applied = unsignedInteger(raft.value("applied_index"_L1));
    view.lastLog = unsignedInteger(raft.value("last_log_index"_L1));
    view.fsmPending = unsignedInteger(raft.value("fsm_pending"_L1));
    view.membership = membersOfGoText(raft.value("latest_configuration"_L1).toString());
    // Consul before 1.0 says "never" on a leader too.
    const bool leads = view.saysLeader == true || view.state == "Leader"_L1;
    view.neverContacted = !leads && raft.value("last_contact"_L1).toString() == "never"_L1;
    view.lastContactSeconds = leads ? std::optional(0.0) : seconds(raft.value("last_contact"_L1));
}
} // namespace

std::optional<double> seconds(const QJsonValue &value)
{
    if (value.isString())
        return parseGoDuration(value.toString());
    const auto nanoseconds = number(value);
    return nanoseconds ? std::optional(*nanoseconds * 1e-9) : std::nullopt;
}

std::optional<QList<RaftMember>> membersOfGoText(QStringView text)
{
    if (!text.startsWith(u'[') || !text.endsWith(u']'))
        return std::nullopt;
    static const QRegularExpression server(u"\\{Suffrage:(Voter|Nonvoter|Staging) ID:(\\S+) Address:(\\S+?)\\}"_s);
    QList<RaftMember> members;
    for (auto match = server.globalMatch(text.toString()); match.hasNext();) {
        const auto found = match.next();
        if (!isAddress(found.captured(3)) || members.size() == mostMembers)
            return std::nullopt;
        RaftMember member;
        member.id = boundedText(found.captured(2), 100);
        member.address = found.captured(3);
        member.voter = found.captured(1) == "Voter"_L1;
        members.append(member);
    }
    return members.isEmpty() ? std::nullopt : std::optional(members);
}

Result<Facts, JsonError> factsOfStats(const QJsonObject &stats)
{
    const QJsonObject consul = stats.value("consul"_L1).toObject();
    const QJsonObject raft = stats.value("raft"_L1).toObject();
    if (const QString problem = unreadable(raft); !problem.isEmpty())
        return JsonError{problem};
    RaftView view;
    view.server = boolean(consul.value("server"_L1));
    view.saysLeader = boolean(consul.value("leader"_L1));
    readRaft(raft, view);
    view.gossipFailed = counter(stats.value("serf_lan"_L1).toObject().value("failed"_L1));
    Facts facts;
    const QString version = boundedText(stats.value("build"_L1).toObject().value("version"_L1).toString(), 100);
    if (!version.isEmpty())
        facts.version = version;
    facts.raft = view;
    return facts;
}

bool tellsAnAgent(const Facts &facts) { return facts.raft && (facts.raft->server || facts.raft->state || facts.raft->term); }

} // namespace quorate::consul
