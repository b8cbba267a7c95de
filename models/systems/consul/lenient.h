// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>

namespace quorate::consul {

/// Drops commas before a closing bracket and sets one between a value and the key after it: the mistakes in the only written sample of
/// /v1/status/info. Strings are left as they are; everything else that is wrong stays wrong.
[[nodiscard]] QByteArray withCommasRepaired(QByteArrayView json);

} // namespace quorate::consul
