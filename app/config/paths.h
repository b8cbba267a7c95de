// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace quorate {

/// $XDG_CONFIG_HOME/quorate/config.toml
[[nodiscard]] QString configPath();
/// $XDG_STATE_HOME/quorate/<file>: state.json, last-good.toml. The folder may not exist yet.
[[nodiscard]] QString statePath(const QString &file);
/// `~` and `~/…` are the home folder; a relative path is taken from `folder`. Absolute and clean, whether it exists or not.
[[nodiscard]] QString resolvedPath(const QString &path, const QString &folder);
/// For people: the home folder as `~`.
[[nodiscard]] QString shownPath(const QString &path);

} // namespace quorate
