// SPDX-License-Identifier: GPL-3.0-or-later
// Five servers: three are the quorum, two may fail.
#include "tests/live/drill.h"

namespace quorate::live {
using namespace Qt::StringLiterals;

namespace {
// As for three servers; here the margin is no trouble.
#define BACK(server)                                                                                                                       \
    "* warning: ?endpoint-down(" server ") ?endpoint-partial(" server ") ?raft-peer-down(" server ") ?raft-peer-missing(" server           \
    ") ?raft-peer-isolated(" server ") ?raft-term-churn | ~? leader-changed(* *) | ~? restarted(" server ") | "
// An election in which the votes are split takes several terms; three of them are told of.
#define CHURN " ?raft-term-churn"
constexpr auto wellAgain = "ok/warning: ?raft-term-churn";

Drill leaderKilled()
{
    return {"the leader is killed",
        {{"the leader is killed", [](Scene &scene) { scene.kill(u"L"_s); }, "warning: raft-peer-missing(L)" CHURN,
             "~ leader-changed(L *) | ? warning: raft-term-churn | >? warning: endpoint-down(L)" CHURN
             " | ? warning: raft-peer-down(L)" CHURN " | ~ membership-changed(-L) | warning: raft-peer-missing(L)" CHURN},
            {"it is started again", [](Scene &scene) { scene.start(u"L"_s); }, wellAgain,
                BACK("L") "~ membership-changed(+L) | ok/warning: ?raft-term-churn", nullptr, false}}};
}

Drill rollingRestart()
{
    return {"all are restarted in turn",
        {{"all are restarted in turn",
            [](Scene &scene) {
                for (const QString &letter : scene.letters())
                    scene.restart(letter);
            },
            wellAgain,
            "? restarted(A) | ? restarted(B) | ? restarted(C) | ? restarted(D) | ~? restarted(L) | ~ leader-changed(L *) | ? warning: "
            "raft-term-churn",
            nullptr, false}}};
}

/// Consul calls itself healthy in the end, and the last two have a leader and take writes.
Drill threeKilledInTurn()
{
    return {"three followers are killed in turn",
        {{"A is killed", [](Scene &scene) { scene.kill(u"A"_s); }, "warning: raft-peer-missing(A)",
             ">? warning: endpoint-down(A) | ? warning: raft-peer-down(A) | ~ membership-changed(-A) | warning: raft-peer-missing(A)"},
            {"B is killed", [](Scene &scene) { scene.kill(u"B"_s); }, "warning: raft-peer-missing(A) raft-peer-missing(B)",
                ">? warning: endpoint-down(A,B) | ? warning: raft-peer-missing(A) raft-peer-down(B) | ~ membership-changed(-B)"
                " | warning: raft-peer-missing(A) raft-peer-missing(B)"},
            {"C is killed", [](Scene &scene) { scene.kill(u"C"_s); },
                "warning: raft-margin-zero raft-peer-missing(A) raft-peer-missing(B) raft-peer-missing(C)",
                "? warning: endpoint-down(A,B,C) | ? warning: endpoint-down(A,B,C) raft-margin-zero"
                " | ? warning: raft-margin-zero raft-peer-missing(A) raft-peer-missing(B) ?raft-peer-down(C) | ~ membership-changed(-C)"
                " | warning: raft-margin-zero raft-peer-missing(A) raft-peer-missing(B) raft-peer-missing(C)"},
            {"they are started again", [](Scene &scene) { scene.start(u"ABC"_s); }, wellAgain,
                "* warning: ?endpoint-down(*) ?raft-margin-zero ?raft-peer-missing(A) ?raft-peer-missing(B) ?raft-peer-missing(C)"
                " ?raft-term-churn | ~ membership-changed(+* ?+* ?+* | ~? membership-changed(+* ?+* | ~? membership-changed(+*"
                " | ~? leader-changed(L *) | ok/warning: ?raft-term-churn",
                nullptr, false}}};
}

Drill followerKilledAndKept()
{
    return {"a follower is killed",
        {{"a follower is killed", [](Scene &scene) { scene.kill(u"A"_s); }, "warning: raft-peer-down(A)",
             ">? warning: endpoint-down(A) | warning: raft-peer-down(A)"},
            {"it is started again", [](Scene &scene) { scene.start(u"A"_s); }, wellAgain, BACK("A") "ok/warning: ?raft-term-churn", nullptr,
                false}}};
}

Drill quorumLost()
{
    return {"the quorum is lost and regained",
        {{"three of five are killed", [](Scene &scene) { scene.kill(u"ABL"_s); }, "critical: endpoint-down(A,B,L) raft-quorum-lost",
             "critical: raft-quorum-lost | ? critical: raft-quorum-lost endpoint-down(*) | ? critical: raft-quorum-lost endpoint-down(*)"
             " | critical: endpoint-down(A,B,L) raft-quorum-lost",
             "* critical: ?endpoint-down(*) ?raft-quorum-lost | critical: endpoint-down(*) raft-quorum-lost"},
            {"they are started again", [](Scene &scene) { scene.start(u"ABL"_s); }, wellAgain,
                "* critical: raft-quorum-lost ?endpoint-down(*) ?raft-peer-down(A) ?raft-peer-down(B) ?raft-peer-down(L) ?raft-leaderless "
                "?raft-term-churn | * warning: ?endpoint-down(*)"
                " ?raft-peer-down(A) ?raft-peer-down(B) ?raft-peer-down(L) ?raft-margin-zero ?raft-leaderless ?raft-term-churn | ~? "
                "restarted(A)"
                " | ~? restarted(B) | ~? restarted(L) | ~? leader-changed(L *) | ok/warning: ?raft-term-churn",
                nullptr, false}}};
}

Drill followerFrozen()
{
    return {"a follower is frozen",
        {{"a follower is frozen", [](Scene &scene) { scene.freeze(u"A"_s); }, "warning: raft-peer-down(A)",
             ">? warning: endpoint-down(A) | warning: raft-peer-down(A)"},
            {"it goes on", [](Scene &scene) { scene.thaw(u"A"_s); }, wellAgain, BACK("A") "ok/warning: ?raft-term-churn", nullptr, false}}};
}

Drill leaderFrozen()
{
    return {"the leader is frozen",
        {{"the leader is frozen", [](Scene &scene) { scene.freeze(u"L"_s); }, "warning: raft-peer-down(L)" CHURN,
             "~ leader-changed(L *) | ? warning: raft-term-churn | >? warning: endpoint-down(L)" CHURN
             " | warning: raft-peer-down(L)" CHURN},
            {"it goes on", [](Scene &scene) { scene.thaw(u"L"_s); }, wellAgain, BACK("L") "ok/warning: ?raft-term-churn", nullptr, false}}};
}

/// Its peers remove it, and it goes on believing that it is one of them.
Drill followerCutOff()
{
    return {"a follower is cut off from its peers",
        {{"a follower is cut off", [](Scene &scene) { scene.cutOff(u"A"_s); }, "warning: raft-membership-differs raft-peer-missing(A)",
             "~ membership-changed(-A) | ? warning: raft-peer-isolated(A) | >? warning: raft-peer-missing(A)"
             " | warning: raft-membership-differs raft-peer-missing(A)"},
            {"it is reconnected", [](Scene &scene) { scene.reconnect(u"A"_s); }, wellAgain,
                "* warning: ?raft-membership-differs ?raft-peer-missing(A) ?raft-peer-isolated(A) ?raft-term-churn ?raft-reported-unhealthy"
                " | ~ membership-changed(+A) | ~? leader-changed(L *) | ok/warning: ?raft-term-churn",
                nullptr, false}}};
}
} // namespace

QList<Lane> lanes()
{
    const QString kept = u"autopilot { cleanup_dead_servers = false }"_s;
    return {
        {"removed by autopilot", {5}, {leaderKilled(), threeKilledInTurn()}},
        {"removed by autopilot too", {5}, {rollingRestart()}},
        {"kept by autopilot", {5, kept}, {followerKilledAndKept(), leaderFrozen()}},
        {"kept by autopilot too", {5, kept}, {quorumLost(), followerFrozen()}},
        {"with networks of their own", {5, {}, 1, true}, {followerCutOff()}},
    };
}

} // namespace quorate::live
