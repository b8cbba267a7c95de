// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/accept_command.h"

#include "app/cli/output.h"
#include "app/cli/run.h"
#include "app/cli/selection.h"
#include "app/poll/engine.h"
#include "app/poll/state_file.h"
#include "models/wording/phrase.h"
#include "models/wording/wording.h"

#include <QEventLoop>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
struct Accepted {
    QStringList lines; ///< what was accepted
    QString problem; ///< why nothing can be; empty: no problem
};

void acceptSize(Accepted &accepted, const ClusterStatus &cluster, const ClusterSpec &spec)
{
    for (const RaftStatus &raft : cluster.raft) {
        const QString voters = wording::plural(raft.voters, QUORATE_PLURAL("%1 voter", "%1 voters"));
        if (raft.leader.isEmpty() || raft.voters == 0)
            accepted.problem = u"the group has no leader now: its size can't be told"_s;
        else if (spec.expectedVoters && *spec.expectedVoters != raft.voters)
            accepted.problem
                = u"expected_voters = %1 stands in the configuration: change it there; there are %2"_s.arg(*spec.expectedVoters)
                      .arg(voters);
        else if (raft.expected > raft.voters)
            accepted.lines.append(u"%1 accepted, %2 were expected"_s.arg(voters).arg(raft.expected));
    }
}

void acceptDeadLetters(Accepted &accepted, const ClusterStatus &cluster)
{
    for (const QueueStatus &queue : cluster.queues.value_or(QList<QueueStatus>())) {
        const qint64 known = queue.deadKnown.value_or(0);
        if (!queue.dead || *queue.dead <= known)
            continue;
        const QString letters = wording::plural(*queue.dead, QUORATE_PLURAL("%1 dead letter", "%1 dead letters"));
        accepted.lines.append(u"%1 in %2 accepted, %3 were known"_s.arg(letters, wording::shortName(queue.name), wording::count(known)));
    }
}

void acceptAgents(Accepted &accepted, const ClusterStatus &cluster, const ClusterSpec &spec)
{
    const std::optional<qint64> number = !cluster.agents ? std::nullopt
        : cluster.agents->total                          ? cluster.agents->total
                                                         : std::optional(cluster.agents->list.size());
    if (!number) {
        accepted.problem = u"it tells nothing of agents"_s;
        return;
    }
    const QString agents = wording::plural(*number, QUORATE_PLURAL("%1 agent", "%1 agents"));
    if (spec.expectedAgents && *spec.expectedAgents > *number)
        accepted.problem
            = u"expected_agents = %1 stands in the configuration: change it there; there are %2"_s.arg(*spec.expectedAgents).arg(agents);
    else
        accepted.lines.append(u"%1 accepted"_s.arg(agents));
}

/// What there is to accept, as the cluster stands.
Accepted toAccept(const ClusterStatus &cluster, const ClusterSpec &spec, bool agents)
{
    Accepted accepted;
    const bool answers = std::any_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
        [](const EndpointStatus &endpoint) { return endpoint.reach == Reach::Answered; });
    if (cluster.paused)
        accepted.problem = u"it is paused: nothing is asked"_s;
    else if (!answers)
        accepted.problem = u"none of its endpoints answers: %1"_s.arg(wording::headline(cluster));
    if (!accepted.problem.isEmpty())
        return accepted;
    acceptSize(accepted, cluster, spec);
    acceptDeadLetters(accepted, cluster);
    if (agents)
        acceptAgents(accepted, cluster, spec);
    return accepted;
}

int acceptIn(Engine &engine, const ClusterConfig &cluster, bool agents)
{
    const ClusterName &name = cluster.spec.name;
    QEventLoop round; // the command's own loop: there is no other
    QObject::connect(&engine, &Engine::roundFinished, &round, &QEventLoop::quit, Qt::QueuedConnection);
    engine.runOnce();
    round.exec();
    const Accepted accepted = toAccept(engine.status().clusters.first(), cluster.spec, agents);
    if (!accepted.problem.isEmpty()) {
        complain(u"%1: %2"_s.arg(name.text(), accepted.problem));
        return exitUsage;
    }
    if (accepted.lines.isEmpty())
        return codeAfter(writeOut(u"%1: nothing to accept\n"_s.arg(name.text()).toUtf8()), 0);
    engine.apply({Intent::Kind::AcceptSize, name, {}});
    engine.apply({Intent::Kind::AcceptDeadLetters, name, {}});
    if (agents)
        engine.apply({Intent::Kind::AcceptAgents, name, {}});
    const auto kept = mergeState(stateFilePath(), {{name, engine.memory().value(name)}});
    if (!kept) {
        complain(kept.error().text);
        return exitUsage;
    }
    QString text;
    for (const QString &line : accepted.lines)
        text += u"%1: %2\n"_s.arg(name.text(), line);
    return codeAfter(writeOut(text.toUtf8()), 0);
}
} // namespace

int runAccept(const Arguments &arguments)
{
    const auto selection = selectClusters(arguments);
    if (!selection) {
        for (const QString &line : selection.error().lines)
            printError(line);
        return exitUsage;
    }
    EngineOptions options;
    options.mode = JudgeMode::OneShot;
    Engine engine(options);
    engine.setMemory(selection.value().memory);
    engine.setConfig(selection.value().config);
    const int code = acceptIn(engine, selection.value().config.clusters.first(), arguments.agents);
    engine.stop();
    return code;
}

} // namespace quorate
