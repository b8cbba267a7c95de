// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme/theme.h"

#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

/// Drawn when it is first shown, in the size that is wanted there: a window has more symbols than it shows at once.
class SymbolEngine final : public QIconEngine {
public:
    SymbolEngine(const QString &name, const QPalette &palette)
        : m_file(u":/icons/%1.svg"_s.arg(name))
        , m_normal(palette.color(QPalette::Active, QPalette::WindowText))
        , m_disabled(palette.color(QPalette::Disabled, QPalette::WindowText))
        , m_selected(palette.color(QPalette::Active, QPalette::HighlightedText))
    {
    }

    [[nodiscard]] QIconEngine *clone() const override { return new SymbolEngine(*this); }
    [[nodiscard]] QString key() const override { return u"quorate-symbol"_s; }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, pixmap(rect.size() * ratio, mode, state));
    }

    [[nodiscard]] QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const QColor &colour = mode == QIcon::Disabled ? m_disabled : mode == QIcon::Selected ? m_selected : m_normal;
        QPixmap &drawn = m_drawn[{{size.width(), size.height()}, colour.rgba()}];
        if (drawn.isNull())
            drawn = draw(size, colour);
        return drawn;
    }

private:
    [[nodiscard]] QPixmap draw(const QSize &size, const QColor &colour) const
    {
        QPixmap pixmap(size);
        if (pixmap.isNull())
            return pixmap;
        pixmap.fill(Qt::transparent);
        QSvgRenderer source(m_file);
        source.setAspectRatioMode(Qt::KeepAspectRatio);
        QPainter painter(&pixmap);
        source.render(&painter, QRectF(QPointF(), QSizeF(size)));
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), colour);
        return pixmap;
    }

    QString m_file;
    QColor m_normal, m_disabled, m_selected;
    QHash<std::pair<std::pair<int, int>, QRgb>, QPixmap> m_drawn; ///< by size and colour
};

} // namespace

QIcon symbol(const QString &name, const QPalette &palette) { return QIcon(new SymbolEngine(name, palette)); }

} // namespace quorate
