// SPDX-License-Identifier: GPL-3.0-or-later
// Three servers: two are the quorum, one may fail.
#include "tests/live/drill.h"

namespace quorate::live {
using namespace Qt::StringLiterals;

namespace {
// What may be said while servers come back, until it is well: each cause is over by itself. A server that could not hear the leader has
// raised its term meanwhile, and forces an election; that is told of for five minutes.
#define BACK(server)                                                                                                                       \
    "* warning: ?endpoint-down(" server ") ?endpoint-partial(" server ") ?raft-margin-zero ?raft-peer-down(" server                        \
    ") ?raft-peer-missing(" server ") ?raft-peer-isolated(" server ") ?raft-term-churn | ~? leader-changed(* *) | ~? restarted(" server    \
    ") | "
// An election in which the votes are split takes several terms; three of them are told of.
#define CHURN " ?raft-term-churn"
constexpr auto wellAgain = "ok/warning: ?raft-term-churn";

Drill leaderKilled()
{
    return {"the leader is killed",
        {{"the leader is killed", [](Scene &scene) { scene.kill(u"L"_s); }, "warning: raft-margin-zero raft-peer-missing(L)" CHURN,
             "~ leader-changed(L *) | ? warning: raft-term-churn | >? warning: endpoint-down(L)" CHURN
             " | ? warning: endpoint-down(L) raft-margin-zero" CHURN " | ? warning: raft-margin-zero raft-peer-down(L)" CHURN
             " | ~ membership-changed(-L) | warning: raft-margin-zero raft-peer-missing(L)" CHURN},
            {"it is started again", [](Scene &scene) { scene.start(u"L"_s); }, wellAgain,
                BACK("L") "~ membership-changed(+L) | ok/warning: ?raft-term-churn", nullptr, false}}};
}

/// At Consul's own times the followers name the dead leader for about 9 s, nobody for 7 s, and lead on after 16 s.
Drill leaderKilledAtOwnTimes()
{
    return {"the leader is killed",
        {{"the leader is killed", [](Scene &scene) { scene.kill(u"L"_s); }, "warning: raft-margin-zero raft-peer-missing(L)",
             ">? warning: endpoint-down(L) ?raft-leader-unconfirmed | ~ leader-changed(L *)"
             " | * warning: ?endpoint-down(L) ?raft-leader-unconfirmed ?raft-leaderless ?raft-margin-zero ?raft-peer-down(L) "
             "?raft-peer-missing(L)"
             " | ~ membership-changed(-L) | warning: raft-margin-zero raft-peer-missing(L)"},
            {"it is started again", [](Scene &scene) { scene.start(u"L"_s); }, wellAgain,
                BACK("L") "~ membership-changed(+L) | ok/warning: ?raft-term-churn", nullptr, false}}};
}

Drill followerKilled()
{
    return {"a follower is killed",
        {{"a follower is killed", [](Scene &scene) { scene.kill(u"A"_s); }, "warning: raft-margin-zero raft-peer-missing(A)",
             ">? warning: endpoint-down(A) | ? warning: endpoint-down(A) raft-margin-zero | ? warning: raft-margin-zero raft-peer-down(A)"
             " | ~ membership-changed(-A) | warning: raft-margin-zero raft-peer-missing(A)"},
            {"it is started again", [](Scene &scene) { scene.start(u"A"_s); }, wellAgain,
                BACK("A") "~ membership-changed(+A) | ok/warning: ?raft-term-churn", nullptr, false}}};
}

Drill rollingRestart()
{
    return {"all are restarted in turn",
        {{"all are restarted in turn",
            [](Scene &scene) {
                for (const QString &letter : scene.letters())
                    scene.restart(letter);
            },
            wellAgain, "? restarted(A) | ? restarted(B) | ~? restarted(L) | ~ leader-changed(L *) | ? warning: raft-term-churn", nullptr,
            false}}};
}

Drill followerKilledAndKept()
{
    return {"a follower is killed",
        {{"a follower is killed", [](Scene &scene) { scene.kill(u"A"_s); }, "warning: raft-margin-zero raft-peer-down(A)",
             ">? warning: endpoint-down(A) | ? warning: endpoint-down(A) raft-margin-zero | warning: raft-margin-zero raft-peer-down(A)"},
            {"it is started again", [](Scene &scene) { scene.start(u"A"_s); }, wellAgain, BACK("A") "ok/warning: ?raft-term-churn", nullptr,
                false}}};
}

Drill quorumLost()
{
    return {"the quorum is lost and regained",
        {{"two of three are killed", [](Scene &scene) { scene.kill(u"AL"_s); }, "critical: endpoint-down(A,L) raft-quorum-lost",
             "critical: raft-quorum-lost | ? critical: raft-quorum-lost endpoint-down(*) | critical: endpoint-down(A,L) raft-quorum-lost",
             "* critical: ?endpoint-down(*) ?raft-quorum-lost | critical: endpoint-down(*) raft-quorum-lost"},
            {"they are started again", [](Scene &scene) { scene.start(u"AL"_s); }, wellAgain,
                "* critical: raft-quorum-lost ?endpoint-down(*) ?raft-peer-down(A) ?raft-peer-down(L) ?raft-leaderless ?raft-term-churn | "
                "* warning: ?endpoint-down(*) "
                "?raft-peer-down(A) ?raft-peer-down(L) ?raft-margin-zero ?raft-leaderless ?raft-term-churn | ~? restarted(A)"
                " | ~? restarted(L) | ~? leader-changed(L *) | ok/warning: ?raft-term-churn",
                nullptr, false}}};
}

Drill followerFrozen()
{
    return {"a follower is frozen",
        {{"a follower is frozen", [](Scene &scene) { scene.freeze(u"A"_s); }, "warning: raft-margin-zero raft-peer-down(A)",
             ">? warning: endpoint-down(A) | ? warning: endpoint-down(A) raft-margin-zero | warning: raft-margin-zero raft-peer-down(A)"},
            {"it goes on", [](Scene &scene) { scene.thaw(u"A"_s); }, wellAgain, BACK("A") "ok/warning: ?raft-term-churn", nullptr, false}}};
}

Drill leaderFrozen()
{
    return {"the leader is frozen",
        {{"the leader is frozen", [](Scene &scene) { scene.freeze(u"L"_s); }, "warning: raft-margin-zero raft-peer-down(L)" CHURN,
             "~ leader-changed(L *) | ? warning: raft-term-churn | >? warning: endpoint-down(L)" CHURN
             " | ? warning: endpoint-down(L) raft-margin-zero" CHURN " | warning: raft-margin-zero raft-peer-down(L)" CHURN},
            {"it goes on", [](Scene &scene) { scene.thaw(u"L"_s); }, wellAgain, BACK("L") "ok/warning: ?raft-term-churn", nullptr, false}}};
}

Drill followerCutOff()
{
    return {"a follower is cut off from its peers",
        {{"a follower is cut off", [](Scene &scene) { scene.cutOff(u"A"_s); }, "warning: raft-margin-zero raft-peer-isolated(A)",
             "? warning: raft-margin-zero | ? warning: raft-peer-isolated(A) | warning: raft-margin-zero raft-peer-isolated(A)"},
            {"it is reconnected", [](Scene &scene) { scene.reconnect(u"A"_s); }, wellAgain,
                "* warning: ?raft-margin-zero ?raft-peer-isolated(A) ?raft-term-churn ?raft-reported-unhealthy | ~? leader-changed(L *) | "
                "ok/warning: ?raft-term-churn",
                nullptr, false}}};
}
} // namespace

QList<Lane> lanes()
{
    const QString kept = u"autopilot { cleanup_dead_servers = false }"_s;
    return {
        {"removed by autopilot", {3}, {leaderKilled(), followerKilled(), rollingRestart()}},
        {"kept by autopilot", {3, kept}, {followerKilledAndKept(), leaderFrozen()}},
        {"kept by autopilot too", {3, kept}, {quorumLost(), followerFrozen()}},
        {"at Consul's own times", {3, {}, 5}, {leaderKilledAtOwnTimes()}},
        {"with networks of their own", {3, kept, 1, true}, {followerCutOff()}},
    };
}

} // namespace quorate::live
