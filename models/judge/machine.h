// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

namespace quorate {

// Is this machine offline (JUDGE section 4)? Only with positive evidence about the machine itself, and only while nothing answers.
//
// An answer of any kind disproves it: whatever came over HTTP, a refused connection, one that was closed, anything of TLS. Endpoints on
// this machine (127.0.0.0/8, ::1, localhost) neither prove nor disprove anything: they are reached without a network, and a cluster that
// has no others is judged as ever. Evidence that something answered in spite of counts for nothing until it changes: a network service that
// does not know of the interface in use says "disconnected" for ever.

/// "only-loopback" "no-route" "disconnected" "reference" "portal": the first name of the reason `machine-offline`.
[[nodiscard]] QLatin1String name(OfflineSign sign);
/// The strongest sign there is. Absent: nothing says that this machine is offline.
[[nodiscard]] std::optional<OfflineSign> signOf(const NetworkEvidence &evidence);
[[nodiscard]] bool isAnswer(const Observation &observation);
[[nodiscard]] bool isOnThisMachine(const EndpointUrl &url);

/// Every endpoint that is not on this machine was asked, and none answers in any way.
[[nodiscard]] bool nothingAnswers(const Fleet &fleet);

void takeEvidence(Fleet &fleet, const NetworkEvidence &evidence, const Time &now);
/// After the observation was taken into its endpoint, before anything is judged by it.
void takeAnswer(Fleet &fleet, ClusterState &cluster, EndpointState &endpoint, const Observation &observation);
/// Is it offline by now, and which clusters are not seen? Cheap while all is well. True: some cluster is to be judged anew.
[[nodiscard]] bool judgeMachine(Fleet &fleet, const Time &now);

/// What a person should know: "machine-offline", or "none-answers" although this machine's network looks up.
[[nodiscard]] QList<Notice> machineNotices(const Fleet &fleet);

} // namespace quorate
