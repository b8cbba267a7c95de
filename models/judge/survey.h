// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

#include <QMap>

namespace quorate {

/// How the endpoints that are not on this machine were reached last, all together.
///
/// Captive portal: the same mark from two or more hosts asked over plain HTTP, while nothing else that is HTTP answers anywhere. So two
/// endpoints of one host, a page that only one of them sends, or one endpoint that says anything else are no portal. Marks are redirects to
/// another host and pages that came with 2xx or 511 where a status was expected: a 502 of a balancer in front of all of them is none.
/// Connections that the portal refuses, closes, or breaks TLS of say nothing against it.
struct Survey {
    bool unasked = false; ///< one has not been asked yet
    bool asked = false; ///< something was sent to at least one
    bool heard = false; ///< an answer that bears no mark
    bool http = false; ///< one of those over HTTP
    QMap<QByteArray, QSet<QString>> marks; ///< and the hosts that bear them
    int marked = 0; ///< endpoints

    [[nodiscard]] bool isSilent() const { return asked && !heard && marks.isEmpty(); }
    [[nodiscard]] bool isPortal() const { return !http && marks.size() == 1 && marks.first().size() >= 2; }
};

/// Ends at the first endpoint that is well.
[[nodiscard]] Survey surveyOf(const Fleet &fleet);
[[nodiscard]] Survey surveyOf(const ClusterState &cluster);

} // namespace quorate
