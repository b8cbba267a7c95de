// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/outcome.h"

namespace quorate {

/// A handshake that failed: by the certificate's checks, or because the other side does not speak TLS as we do.
[[nodiscard]] Ending handshakeFailed(const Outcome &outcome);

/// The connection ended while TLS was being agreed on.
[[nodiscard]] Ending closedInHandshake(const Outcome &outcome);

/// With TLS 1.3 a server that misses a client certificate says so after the handshake, by closing the connection.
[[nodiscard]] Ending closedAfterHandshake(const Outcome &outcome);

} // namespace quorate
