// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/demo/demo_world.h"

#include <optional>
#include <span>

namespace quorate {

/// Before, while and after a reason code is raised. Cured is as before: it comes with evidence of the contrary, not with silence.
enum class DemoPhase { Well, Raised, Cured };

/// What a simulated server shows when it is asked by TLS.
enum class DemoCertificate { None, Trusted, Stranger, Expiring };

/// How one reason code comes about: one small cluster of its own.
struct CodeScenario {
    QLatin1String code; ///< "raft-peer-isolated"
    QLatin1String system;
    int endpoints = 1; ///< configured; a Raft group may have more servers
    QLatin1String shows; ///< what there is to be seen, for people
    /// What is wrong; `seconds` since it began. Null: no server can raise it.
    void (*raise)(DemoWorld &world, double seconds) = nullptr;
    int servers = 5; ///< of the Raft group
    void (*before)(DemoWorld &world) = nullptr; ///< how the group is while nothing is wrong, where that is not the usual way
    QLatin1String lines = {}; ///< further lines of the [[cluster]] in the configuration; %1: the folder of the scenario's own files
    int wellSeconds = 0; ///< the code needs a past: so long nothing is wrong first
    DemoCertificate certificate = DemoCertificate::None; ///< shown while raised; a trusted one otherwise
    bool tokenFile = false; ///< the token is in the file "token" of the scenario's folder, and that is missing while raised
    bool calms = false; ///< it is over once nothing changes any more: cured is how it ended
    bool outThere = false; ///< reached by names of "any address", which lead here too: loopback ones say nothing of the network
    bool hasDate = false; ///< replies carry a Date header
};

/// Every reason code once, in the order of JUDGE section 7.
[[nodiscard]] std::span<const CodeScenario> codeScenarios();
/// By "code:raft-peer-isolated"; null: there is no such scenario.
[[nodiscard]] const CodeScenario *codeScenarioNamed(const QString &scenario);

/// "code:not-polled" …
[[nodiscard]] QStringList codeScenarioNames();

/// The world of a code's cluster; `seconds` since the simulation began, `phaseSeconds` since the phase did.
[[nodiscard]] DemoWorld codeWorld(const CodeScenario &scenario, DemoPhase phase, double seconds, double phaseSeconds);

} // namespace quorate
