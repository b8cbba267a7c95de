// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "models/status/result.h"

#include <QSslConfiguration>

namespace quorate {

/// What is wrong with a configured TLS file: names the file and what was expected in it.
struct TlsFileError {
    QString text;
};

/// Tells two identities apart: the settings and the files' times and sizes, so that a renewed certificate is another identity.
/// QNetworkAccessManager's connection cache does not know the identity: two that differ never share a manager.
[[nodiscard]] QString identityOf(const TlsSettings &settings);

/// Reads CA, certificate and key. The system's certificates are never read here (100 ms): without a `caFile` Qt finds them when needed.
[[nodiscard]] Result<QSslConfiguration, TlsFileError> loadTls(const TlsSettings &settings);

} // namespace quorate
