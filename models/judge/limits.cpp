// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/limits.h"

namespace quorate {

std::optional<HoldLimit> holdOf(const Limits &limits, ReasonCode code)
{
    const HoldRow *row = holdRow(code);
    if (!row || row->ownHistory)
        return std::nullopt;
    return limitOf(limits, code);
}

} // namespace quorate
