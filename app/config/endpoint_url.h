// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/id.h"
#include "models/status/result.h"

#include <QString>

namespace quorate {

struct UrlError {
    enum class Kind { Empty, Password, Scheme, Host, Port, Query, Malformed } kind = Kind::Malformed;
    QString text; ///< never contains a user name or password of the URL
};

struct CheckedUrl {
    EndpointUrl url; ///< as it is shown and polled: encoded, scheme and host in lower case, no trailing slash
    QString identity; ///< the same for every way of writing the same base URL (default port, trailing slash)
    bool https = false;
};

/// A base URL: http or https, a host, perhaps a port and a path.
[[nodiscard]] Result<CheckedUrl, UrlError> checkEndpointUrl(const QString &text);

} // namespace quorate
