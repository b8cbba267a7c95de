// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"

namespace quorate {

class Desktop;

/// Renders every page to PNG files in the folder of `arguments`, named page-theme-WIDTHxHEIGHT.png, and returns the exit code. The size is
/// in pixels; QT_SCALE_FACTOR scales what is drawn. Waits until every endpoint was asked, at most 30 s. Runs an event loop of the
/// application.
[[nodiscard]] int takePictures(Desktop &desktop, const Arguments &arguments);

} // namespace quorate
