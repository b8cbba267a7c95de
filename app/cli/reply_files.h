// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/redaction.h"
#include "app/poll/engine.h"

namespace quorate {

struct SavedReplies {
    int files = 0;
    QStringList problems; ///< what could not be written, and why
};

/// Writes each reply as `CLUSTER_HOST_PORT_KEY.body` and, beside it, how it came as `….meta`. Readable by the owner alone; an existing file
/// is never overwritten: a number is added to the name.
[[nodiscard]] SavedReplies saveReplies(const QString &folder, const QList<StoredReply> &replies, const Redaction &redaction);

} // namespace quorate
