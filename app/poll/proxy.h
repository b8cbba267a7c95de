// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QUrl>

namespace quorate {

/// The proxy for `url` by the variables that curl reads (http_proxy, https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY, no_proxy, NO_PROXY);
/// NoProxy when none applies. Loopback never goes through a proxy. Read from the environment only: asking the desktop may block.
[[nodiscard]] QNetworkProxy proxyFor(const QUrl &url, const QProcessEnvironment &environment);

} // namespace quorate
