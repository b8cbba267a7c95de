// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFont>

namespace quorate {

/// Every size of LOOK section 3, from a font. No literal pixels but 1 px lines.
struct Metrics {
    explicit Metrics(const QFont &font);

    double h; ///< height of a line of text
    double u; ///< h / 4

    [[nodiscard]] int px(double heights) const; ///< that many h, rounded, at least 1
    [[nodiscard]] int cellPadding() const { return px(1.5 / 4); } ///< left and right of a cell's content
    [[nodiscard]] int tight() const { return px(1.0 / 4); }
    [[nodiscard]] int gap() const { return px(2.0 / 4); }
    [[nodiscard]] int section() const { return px(4.0 / 4); }
    [[nodiscard]] int pageMargin() const { return px(3.0 / 4); }

    [[nodiscard]] int row() const { return px(1.5); }
    [[nodiscard]] int compactRow() const { return px(1.28); } ///< trees
    [[nodiscard]] int header() const { return px(1.45); }
    [[nodiscard]] int paneTitle() const { return px(1.5); }
    [[nodiscard]] int sidebarRow() const { return px(1.36); }
    [[nodiscard]] int sidebarWidth() const { return px(9.6); }
    [[nodiscard]] int pageBar() const { return px(2.1); }
    [[nodiscard]] int figures() const { return px(2.55); }
    [[nodiscard]] int ribbons() const { return px(3.05); } ///< two lines
    [[nodiscard]] int ribbon() const { return px(1.95); } ///< one line

    [[nodiscard]] double shape() const { return 0.68 * h; } ///< in a cell
    [[nodiscard]] double pageShape() const { return 1.15 * h; }
    [[nodiscard]] double strip() const { return 0.82 * h; }
    [[nodiscard]] double sparkline() const { return 0.80 * h; }
    [[nodiscard]] double bulletBar() const { return 0.31 * h; }
    [[nodiscard]] double shareBar() const { return 0.32 * h; }
    [[nodiscard]] double stackBar() const { return 0.56 * h; }
    [[nodiscard]] double hatchPitch() const { return 0.42 * h; }
};

// Factors of the body's size.
inline constexpr double pageTitleSize = 1.3, figureSize = 1.25, emptyTitleSize = 1.7, captionSize = 0.9, secondLineSize = 0.93,
                        ribbonLabelSize = 0.82, rawSize = 0.95;

} // namespace quorate
