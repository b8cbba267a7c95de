// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

#include <QStringList>

#include <optional>

namespace quorate {

/// What would be left of a Raft group if some of its servers failed now. Nobody has removed them from the membership yet: the quorum stays.
struct WhatIf {
    QStringList without; ///< by name, else address; each once, in the order of the group
    QStringList unknown; ///< asked for, but no server of the group is called so
    int voters = 0, quorum = 0; ///< as they are
    int lost = 0; ///< live voters among them
    std::optional<int> live, margin; ///< left; absent where not enough is known
    bool leaderFails = false; ///< another would have to be elected, if the quorum holds
    friend bool operator==(const WhatIf &, const WhatIf &) = default;
};

/// `without`: names, addresses, ids, or hosts of addresses, without regard to case.
[[nodiscard]] WhatIf whatIf(const RaftStatus &raft, const QStringList &without);

} // namespace quorate
