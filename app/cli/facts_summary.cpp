// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/facts_summary.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

QString counted(qsizetype number, const QString &one) { return QString::number(number) + u' ' + (number == 1 ? one : one + u's'); }

QString componentsSummary(const QList<ComponentFact> &components)
{
    QStringList words;
    const std::array<std::pair<ComponentState, QString>, 5> states{{{ComponentState::Failed, u"failed"_s},
        {ComponentState::Degraded, u"degraded"_s}, {ComponentState::NotUnderstood, u"not understood"_s},
        {ComponentState::Healthy, u"healthy"_s}, {ComponentState::Disabled, u"disabled"_s}}};
    for (const auto &[state, word] : states) {
        const auto isSo = [wanted = state](const ComponentFact &component) { return component.state == wanted; };
        const auto number = std::count_if(components.begin(), components.end(), isSo);
        if (number > 0)
            words.append(u"%1 %2"_s.arg(number).arg(word));
    }
    return counted(components.size(), u"component"_s) + (words.isEmpty() ? QString() : u" ("_s + words.join(u", "_s) + u')');
}

QString membershipSummary(const QList<RaftMember> &members)
{
    const auto voters = std::count_if(members.begin(), members.end(), [](const RaftMember &member) { return member.voter; });
    return u"%1 in the configuration, %2"_s.arg(counted(members.size(), u"server"_s), counted(voters, u"voter"_s));
}

QString autopilotSummary(const AutopilotFacts &autopilot)
{
    QString text = autopilot.healthy ? u"autopilot healthy"_s : u"autopilot unhealthy"_s;
    if (autopilot.failureTolerance)
        text += u", failure tolerance %1"_s.arg(*autopilot.failureTolerance);
    return text;
}

void addRaft(QStringList &words, const RaftView &view)
{
    if (view.server == false)
        words.append(u"a client agent, no server"_s);
    if (view.name)
        words.append(*view.name);
    if (view.state)
        words.append(*view.state);
    if (view.leader)
        words.append(view.leader->isEmpty() ? u"names no leader"_s : u"names the leader "_s + *view.leader);
    if (view.peers)
        words.append(counted(view.peers->size(), u"peer"_s));
    if (view.term)
        words.append(u"term %1"_s.arg(*view.term));
    if (view.membership)
        words.append(membershipSummary(*view.membership));
    if (view.autopilot)
        words.append(autopilotSummary(*view.autopilot));
    if (view.knownLeader)
        words.append(*view.knownLeader ? u"has a known leader"_s : u"has no known leader"_s);
}

template <class T>
void addCount(QStringList &words, const std::optional<QList<T>> &list, const QString &one)
{
    if (list)
        words.append(counted(list->size(), one));
}

} // namespace

QString factsSummary(const Facts &facts)
{
    QStringList words;
    if (facts.version)
        words.append(u"version "_s + *facts.version);
    if (facts.uptimeText)
        words.append(u"up "_s + *facts.uptimeText);
    if (facts.reported)
        words.append(u"reports \"%1\""_s.arg(*facts.reported));
    if (facts.components)
        words.append(componentsSummary(*facts.components));
    if (facts.raft)
        addRaft(words, *facts.raft);
    addCount(words, facts.queues, u"queue"_s);
    addCount(words, facts.streams, u"stream"_s);
    addCount(words, facts.buckets, u"bucket"_s);
    addCount(words, facts.objectStores, u"object store"_s);
    if (facts.consumers)
        words.append(counted(facts.consumers->total.value_or(facts.consumers->list.size()), u"consumer"_s));
    if (facts.agents)
        words.append(counted(facts.agents->total.value_or(facts.agents->list.size()), u"agent"_s));
    if (facts.nats)
        words.append(u"NATS "_s + facts.nats->version);
    if (!facts.narrowed.isEmpty())
        words.append(u"not allowed or not there: "_s + facts.narrowed.join(u", "_s));
    return boundedText(words.join(u", "_s), 400);
}

} // namespace quorate
