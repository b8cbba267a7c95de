// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"

namespace quorate {

/// `quorate mute NAME 2h`, `quorate mute NAME off`, `quorate mute`: maintenance of a cluster or an endpoint, kept in the state file, from
/// which a running window takes it; without a name, what is in maintenance. Nothing is polled. Returns the exit code: 0, also when there
/// was nothing to end; exitUsage when the name fits nothing or several, when the configuration is what mutes it, or when it could not be
/// kept.
[[nodiscard]] int runMute(const Arguments &arguments);

} // namespace quorate
