// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QHostAddress>

namespace quorate {

/// The kernel knows a way to that address, by all its tables and rules. Nothing is sent.
[[nodiscard]] bool kernelHasRoute(const QHostAddress &address);

} // namespace quorate
