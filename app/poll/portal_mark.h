// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/systems/system.h"

namespace quorate {

/// What may be a captive portal's (Observation::portalMark): over plain HTTP, the host that a request was redirected to, or "sha256:" and
/// 16 digits of a page that came where a status was expected, with 2xx or 511. Empty for everything else: a page with 502 is a balancer's,
/// one with 404 a server's, and a redirect to the same host leads to another path or to TLS.
[[nodiscard]] QByteArray portalMark(const EndpointUrl &endpoint, const Reply &reply, Reach understoodAs);

} // namespace quorate
