// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/figures.h"

#include <QWidget>

namespace quorate {

/// Figures in one line, caption over value. Those that do not fit are dropped from the right, never cut.
class FigureStrip final : public QWidget {
    Q_OBJECT
public:
    explicit FigureStrip(QWidget *parent = nullptr);

    void setFigures(const QList<Figure> &figures);
    [[nodiscard]] int shownCount() const; ///< that fit at the present width

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] double widthOf(const Figure &figure) const;
    [[nodiscard]] double distance() const;

    QList<Figure> m_figures;
};

} // namespace quorate
