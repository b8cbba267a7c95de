// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "views/pages/raw_reply.h"

#include <QFontMetrics>

namespace quorate {

[[nodiscard]] QString replyUrl(const RawReply &reply);
/// The endpoint's name and the whole URL; where `room` (px) is too little for that, the path alone says which request it was.
[[nodiscard]] QString replyTitle(const RawReply &reply, const QFontMetrics &metrics, int room);

/// What a person most likely came for: an endpoint's first reply that was not understood or says that something is wrong, else the one
/// that says the most. −1: none is of that endpoint.
[[nodiscard]] int worthReading(const QList<RawReply> &replies, const EndpointUrl &endpoint);
/// The same of all endpoints: the first reply with something wrong, else of the first endpoint.
[[nodiscard]] int worthReading(const QList<RawReply> &replies);

} // namespace quorate
