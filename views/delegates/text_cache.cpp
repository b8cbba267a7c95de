// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/delegates/text_cache.h"

#include "views/theme/theme.h"

#include <QFontMetricsF>
#include <QTransform>

#include <cmath>

namespace quorate {

TextCache::TextCache() = default;

void TextCache::use(const QFont &font, double devicePixelRatio)
{
    if (font == m_regular && qFuzzyCompare(devicePixelRatio, m_ratio))
        return;
    m_laid.clear();
    m_regular = font;
    m_strong = demiBold(font);
    m_ratio = devicePixelRatio;
    m_height = QFontMetricsF(font).height();
}

const TextCache::Laid &TextCache::laid(const QString &text, bool strong, double width, Qt::TextElideMode mode)
{
    const Key whole{text, -1, strong, false};
    Laid *found = m_laid.object(whole);
    if (!found)
        found = insert(whole, text, false);
    if (found->width <= width + 0.5)
        return *found;
    const Key narrow{text, qMax(0, int(width)), strong, mode == Qt::ElideMiddle};
    if (Laid *elided = m_laid.object(narrow))
        return *elided;
    return *insert(narrow, QFontMetricsF(font(strong)).elidedText(text, mode, width), true);
}

TextCache::Laid *TextCache::insert(const Key &key, const QString &shown, bool elided)
{
    auto *laid = new Laid;
    laid->text.setTextFormat(Qt::PlainText);
    laid->text.setText(shown);
    laid->text.setPerformanceHint(QStaticText::AggressiveCaching);
    laid->text.prepare(QTransform(), font(key.strong));
    laid->width = QFontMetricsF(font(key.strong)).horizontalAdvance(shown);
    laid->elided = elided;
    m_laid.insert(key, laid);
    return laid;
}

} // namespace quorate
