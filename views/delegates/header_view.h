// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QHeaderView>

namespace quorate {

/// A header whose titles stand on the edges of their cells: the style draws the section, the title is drawn apart.
/// headerData(ShareRole), a Share::Part: a small square of that part's colour before the title: the legend of a share bar.
/// Titles are aligned as the model's headerData(TextAlignmentRole) says; a small triangle follows the title of the sorted column.
class HeaderView final : public QHeaderView {
    Q_OBJECT
public:
    explicit HeaderView(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    /// Width that a section needs for its title.
    [[nodiscard]] int titleWidth(int section) const;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override;
};

} // namespace quorate
