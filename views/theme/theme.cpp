// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme/theme.h"

#include <QApplication>

#include <array>

namespace quorate {

namespace {
QColor hex(QRgb rgb) { return QColor::fromRgb(rgb); }

using Table = std::array<SeverityColours, allSeverities.size()>;

const Table &lightColours()
{
    static const Table table{{
        {hex(0x0B6B4F), hex(0x29A385), {}},
        {hex(0x916100), hex(0xF2A600), hex(0xFFF6E0)},
        {hex(0x5C6268), hex(0x747B82), hex(0xF1F2F4)},
        {hex(0x8F1B00), hex(0xD2380A), hex(0xFDEAE3)},
    }};
    return table;
}

const Table &darkColours()
{
    static const Table table{{
        {hex(0x45BE9D), hex(0x1F9078), {}},
        {hex(0xFFCB47), hex(0xF7B92B), hex(0x332B1A)},
        {hex(0xB4BBC2), hex(0x9AA1A8), hex(0x2E3033)},
        {hex(0xFF8A63), hex(0xE2491A), hex(0x40261D)},
    }};
    return table;
}

/// The grounds and texts of a palette; everything else follows from them.
struct Grounds {
    QColor window, text, base, alternate, button, toolTip, toolTipText, placeholder, disabled, link, visited;
};

QPalette paletteFrom(const Grounds &grounds)
{
    QPalette palette(grounds.text, grounds.button, mixed(Qt::white, grounds.button, 0.25), mixed(Qt::black, grounds.button, 0.35),
        mixed(Qt::black, grounds.button, 0.2), grounds.text, Qt::white, grounds.base, grounds.window);
    palette.setColor(QPalette::AlternateBase, grounds.alternate);
    palette.setColor(QPalette::ToolTipBase, grounds.toolTip);
    palette.setColor(QPalette::ToolTipText, grounds.toolTipText);
    palette.setColor(QPalette::PlaceholderText, grounds.placeholder);
    palette.setColor(QPalette::Highlight, hex(0x308CC6));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Shadow, mixed(Qt::black, grounds.window, 0.55));
    palette.setColor(QPalette::Link, grounds.link);
    palette.setColor(QPalette::LinkVisited, grounds.visited);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, grounds.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, mixed(grounds.text, grounds.window, 0.3));
    return palette;
}
} // namespace

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::WindowText).lightness()
        > palette.color(QPalette::Active, QPalette::Window).lightness();
}

const SeverityColours &severityColours(Severity severity, bool dark)
{
    return (dark ? darkColours() : lightColours()).at(static_cast<size_t>(severity));
}

QColor mixed(const QColor &over, const QColor &ground, double share)
{
    const auto part = [share](int a, int b) { return qRound(a * share + b * (1 - share)); };
    return {part(over.red(), ground.red()), part(over.green(), ground.green()), part(over.blue(), ground.blue())};
}

QColor secondaryText(const QColor &text, const QColor &ground) { return mixed(text, ground, 0.68); }
QColor secondaryText(const QPalette &palette) { return secondaryText(palette.color(QPalette::Text), palette.color(QPalette::Base)); }
QColor hairline(const QPalette &palette) { return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.11); }
QColor separator(const QPalette &palette)
{
    return mixed(palette.color(QPalette::WindowText), palette.color(QPalette::Window), isDark(palette) ? 0.165 : 0.18);
}
QColor hatchColour(bool dark) { return hex(dark ? 0x5A6066 : 0xB9BEC3); }

QColor seriesColour(int index, bool dark)
{
    static constexpr std::array<QRgb, 8> light{0x0F68DC, 0x920838, 0x219FC8, 0x692D75, 0x828C96, 0x828817, 0x3B2CCD, 0x0C747C};
    static constexpr std::array<QRgb, 8> darkOnes{0x529AFD, 0xD98AA3, 0xABEAFD, 0x9C60A2, 0x707378, 0xAFA332, 0x5D60FE, 0x1AC1D0};
    const auto at = static_cast<size_t>(index) % light.size();
    return hex(dark ? darkOnes.at(at) : light.at(at));
}

QFont scaled(const QFont &font, double factor, bool bold)
{
    QFont result = font;
    if (font.pixelSize() > 0)
        result.setPixelSize(qMax(1, qRound(font.pixelSize() * factor)));
    else
        result.setPointSizeF(font.pointSizeF() * factor);
    result.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    return result;
}

QFont demiBold(const QFont &font)
{
    QFont result = font;
    result.setWeight(QFont::DemiBold);
    return result;
}

QPalette lightPalette()
{
    return paletteFrom({.window = hex(0xEFEFEF),
        .text = Qt::black,
        .base = Qt::white,
        .alternate = hex(0xF7F7F7),
        .button = hex(0xEFEFEF),
        .toolTip = hex(0xFFFFDC),
        .toolTipText = Qt::black,
        .placeholder = hex(0x7F7F7F),
        .disabled = hex(0xA0A0A0),
        .link = hex(0x0057AE),
        .visited = hex(0x5B2C83)});
}

QPalette darkPalette()
{
    return paletteFrom({.window = hex(0x323232),
        .text = hex(0xF0F0F0),
        .base = hex(0x242424),
        .alternate = hex(0x2B2B2B),
        .button = hex(0x3A3A3A),
        .toolTip = hex(0x3C3C32),
        .toolTipText = hex(0xF0F0F0),
        .placeholder = hex(0x9A9A9A),
        .disabled = hex(0x7C7C7C),
        .link = hex(0x6CB4EE),
        .visited = hex(0xB99AE0)});
}

void applyPalette(bool dark) { QApplication::setPalette(dark ? darkPalette() : lightPalette()); }

} // namespace quorate
