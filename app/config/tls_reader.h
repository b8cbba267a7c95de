// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/secret_reader.h"

namespace quorate {

/// `tls = { ca, certificate, key, insecure, server_name }`. The files are looked into: a missing one would fail silently at the first poll.
[[nodiscard]] TlsSettings readTls(TableReader &cluster, const ConfigOrigin &origin, Mistakes &mistakes);

enum class PemKind { Certificate, PrivateKey };
/// Why the file can't serve, in words; empty when it can. Encrypted keys can't: nobody is there to type the passphrase.
[[nodiscard]] QString pemProblem(const QString &path, PemKind kind);

} // namespace quorate
