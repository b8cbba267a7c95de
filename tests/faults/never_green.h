// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/engine.h"

namespace quorate {

/// The false-green suite: a poll that came over a real socket, told to the judge at every stage of a cluster's life (the first polls, while
/// it is well, while it is down, in turns with good polls, and until it is well again), at 1 s, 10 s and 5 min as its only
/// endpoint's, at 10 s as that of one of three. Without waiting. Returns the first moment that is a lie, empty: none:
///   - Ok without pending, while the newest poll would not be Ok by itself;
///   - Ok and pending for longer than pending may last, or Ok although a poll without an answer lasts;
///   - something else than before, when such a poll has long been over.
/// How many cases were looked at is printed when the program ends.
[[nodiscard]] QString lieAtSomeStage(const QString &system, const QList<StoredReply> &poll);

} // namespace quorate
