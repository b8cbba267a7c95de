// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace quorate::consul {

/// "10.1.10.12:8300", "[::1]:8300": a host, the last colon, a port from 1 to 65535, and nothing that an address can't have.
[[nodiscard]] bool isAddress(QStringView text);
/// The host of an address, without brackets.
[[nodiscard]] QString hostOf(QStringView address);
/// host and port as one address, IPv6 in brackets.
[[nodiscard]] QString addressOf(const QString &host, const QString &port);

} // namespace quorate::consul
