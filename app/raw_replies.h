// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "app/poll/engine.h"
#include "views/pages/raw_reply.h"

namespace quorate {

/// The engine's stored replies as the raw-reply page shows them, with the commands that ask the same, without secrets.
[[nodiscard]] QList<RawReply> rawReplies(const QList<StoredReply> &replies, const Config &config);

/// What a command for a person needs to know of a cluster: names of where the token comes from, never the token.
[[nodiscard]] CommandTarget commandTarget(const ClusterConfig &cluster, const EndpointUrl &endpoint);

} // namespace quorate
