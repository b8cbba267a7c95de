// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/severity.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>

namespace quorate {

// Colours and type of LOOK sections 3 and 4. Everything is derived from the palette at hand and never kept over a PaletteChange.

/// True when the palette's text is lighter than its window.
[[nodiscard]] bool isDark(const QPalette &palette);

/// A severity's colours on one palette.
struct SeverityColours {
    QColor ink; ///< text, outlines, caps: at least 4.6:1 on every ground and tint of the palette
    QColor fill; ///< shapes and bars
    QColor tint; ///< ground of a row or cell; invalid for Ok
};
[[nodiscard]] const SeverityColours &severityColours(Severity severity, bool dark);

/// `share` of `over` laid on `ground`, opaque.
[[nodiscard]] QColor mixed(const QColor &over, const QColor &ground, double share);

[[nodiscard]] QColor secondaryText(const QPalette &palette); ///< on Base
[[nodiscard]] QColor secondaryText(const QColor &text, const QColor &ground); ///< 68 %
[[nodiscard]] QColor hairline(const QPalette &palette); ///< bottom of a row, 11 %
[[nodiscard]] QColor separator(const QPalette &palette); ///< between panes
[[nodiscard]] QColor hatchColour(bool dark); ///< silent, not observed
/// Chart series in order; 0 … 7. No green, orange or red.
[[nodiscard]] QColor seriesColour(int index, bool dark);

/// `font` at `factor` of its size; DemiBold or Regular, nothing else.
[[nodiscard]] QFont scaled(const QFont &font, double factor, bool demiBold = false);
[[nodiscard]] QFont demiBold(const QFont &font);

/// What a person chose; System follows the desktop.
enum class ThemeChoice { System, Light, Dark };

/// The application's palette: Fusion's own light one, or its dark counterpart. Call it on the GUI thread; style and fonts stay.
void applyPalette(bool dark);
[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();

/// A bundled symbol (":/icons/<name>.svg"), tinted with the palette's text, its disabled text and its highlighted text.
[[nodiscard]] QIcon symbol(const QString &name, const QPalette &palette);

} // namespace quorate
