// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QCache>
#include <QFont>
#include <QStaticText>

namespace quorate {

/// Laid-out texts of one font, plain, one line, elided once: layout is what costs when a table paints (PROOFS k).
class TextCache {
public:
    TextCache();

    struct Laid {
        QStaticText text;
        double width = 0;
        bool elided = false;
    };
    /// The text in at most `width`. Valid until the next call.
    [[nodiscard]] const Laid &laid(const QString &text, bool strong, double width, Qt::TextElideMode mode);
    /// Takes the font over; a different one empties the cache. `device` pixels per unit belong to it.
    void use(const QFont &font, double devicePixelRatio);
    [[nodiscard]] const QFont &font(bool strong) const { return strong ? m_strong : m_regular; }
    [[nodiscard]] double height() const { return m_height; }

private:
    struct Key {
        QString text;
        int width; ///< −1: whole
        bool strong, middle;
        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed) noexcept { return qHashMulti(seed, key.text, key.width, key.strong, key.middle); }
    };
    Laid *insert(const Key &key, const QString &shown, bool elided);

    QFont m_regular, m_strong;
    double m_ratio = 0;
    double m_height = 0;
    QCache<Key, Laid> m_laid{8192};
};

} // namespace quorate
