// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"
#include "models/status/result.h"

namespace quorate {

struct StateFileError {
    enum class Kind { Unreadable, NotUnderstood, Unwritable } kind = Kind::Unreadable;
    QString text;
};

/// $XDG_STATE_HOME/quorate/state.json, else ~/.local/state/quorate/state.json.
[[nodiscard]] QString stateFilePath();

/// No file is an empty memory. A file of another version, or one that is damaged, is an error: go on with an empty memory.
[[nodiscard]] Result<Memory, StateFileError> readState(const QString &path);

/// Lays `memory` over what stands in the file, for each fact the newer one (merged()), and writes it. Programs that do so at the same time
/// wait for each other. Returns what the file says now. A file that can't be understood is replaced.
[[nodiscard]] Result<Memory, StateFileError> mergeState(const QString &path, const Memory &memory);

/// Replaces the file at once or not at all; makes its folder. Readable by the owner only.
[[nodiscard]] std::optional<StateFileError> writeState(const QString &path, const Memory &memory);

} // namespace quorate
