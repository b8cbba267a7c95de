// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/table_reader.h"

namespace quorate {

/// The file being read: relative paths start in its folder, and who can read it decides about literal tokens.
struct ConfigOrigin {
    QString path; ///< empty for a text that is no file
    QString folder; ///< absolute
};

/// `token = { env = … }`, `{ file = … }`, `{ keyring = … }`, `{ command = [ … ] }` or a literal. No message repeats a secret.
[[nodiscard]] std::optional<SecretReference> readToken(TableReader &cluster, const ConfigOrigin &origin, Mistakes &mistakes);

} // namespace quorate
