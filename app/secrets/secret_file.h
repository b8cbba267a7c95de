// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/secrets/secret.h"

namespace quorate {

/// Reads a token file: regular files only, at most `cap` bytes. Blocks as long as the file system does: call it in a pool.
[[nodiscard]] Secret readSecretFile(const QString &path, qsizetype cap);

} // namespace quorate
