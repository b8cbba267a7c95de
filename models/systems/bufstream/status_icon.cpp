// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/bufstream/status_icon.h"

#include "models/systems/component_word.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>

namespace quorate::bufstream {
using namespace Qt::StringLiterals;

namespace {
using States = QSet<ComponentState>;

struct Meaning {
    QLatin1String text;
    ComponentState state;
};

/// Words of classes, colours and file names. Shorter than the status words: "up" may be a pop-up, "check" a health-check.
constexpr std::array lookWords{
    Meaning{"healthy"_L1, ComponentState::Healthy},
    Meaning{"ok"_L1, ComponentState::Healthy},
    Meaning{"success"_L1, ComponentState::Healthy},
    Meaning{"green"_L1, ComponentState::Healthy},
    Meaning{"emerald"_L1, ComponentState::Healthy},
    Meaning{"checkmark"_L1, ComponentState::Healthy},
    Meaning{"degraded"_L1, ComponentState::Degraded},
    Meaning{"warning"_L1, ComponentState::Degraded},
    Meaning{"warn"_L1, ComponentState::Degraded},
    Meaning{"yellow"_L1, ComponentState::Degraded},
    Meaning{"amber"_L1, ComponentState::Degraded},
    Meaning{"orange"_L1, ComponentState::Degraded},
    Meaning{"unhealthy"_L1, ComponentState::Failed},
    Meaning{"error"_L1, ComponentState::Failed},
    Meaning{"failed"_L1, ComponentState::Failed},
    Meaning{"critical"_L1, ComponentState::Failed},
    Meaning{"danger"_L1, ComponentState::Failed},
    Meaning{"red"_L1, ComponentState::Failed},
    Meaning{"disabled"_L1, ComponentState::Disabled},
};
constexpr std::array glyphs{
    Meaning{"check-circle"_L1, ComponentState::Healthy},
    Meaning{"circle-check"_L1, ComponentState::Healthy},
    Meaning{"check-mark"_L1, ComponentState::Healthy},
    Meaning{"times-circle"_L1, ComponentState::Failed},
    Meaning{"circle-xmark"_L1, ComponentState::Failed},
    Meaning{"x-circle"_L1, ComponentState::Failed},
    Meaning{"exclamation-triangle"_L1, ComponentState::Degraded},
    Meaning{"triangle-exclamation"_L1, ComponentState::Degraded},
};

ComponentState only(const States &states) { return states.size() == 1 ? *states.begin() : ComponentState::NotUnderstood; }

QStringList tokensOf(const QString &text)
{
    static const QRegularExpression other(u"[^a-z0-9]+"_s);
    return text.toLower().split(other, Qt::SkipEmptyParts);
}

bool denies(const QStringList &tokens)
{
    constexpr std::array negations{"not"_L1, "no"_L1, "non"_L1, "never"_L1, "un"_L1, "isn"_L1};
    return std::any_of(negations.begin(), negations.end(), [&](QLatin1String n) { return tokens.contains(n); });
}

/// "Status: healthy" is healthy; "last healthy an hour ago" is not: green only when nothing else is said.
ComponentState stateOfPhrase(const QString &phrase)
{
    const ComponentState whole = stateOfWord(phrase);
    const QStringList tokens = tokensOf(phrase);
    if (whole != ComponentState::NotUnderstood || denies(tokens))
        return whole;
    constexpr std::array neutral{"status"_L1, "state"_L1, "is"_L1, "icon"_L1, "probe"_L1, "health"_L1};
    States states;
    for (const QString &token : tokens) {
        if (std::none_of(neutral.begin(), neutral.end(), [&](QLatin1String n) { return token == n; }))
            states.insert(stateOfWord(token));
    }
    if (states.size() > 1) // beside other words only bad news counts
        states -= {ComponentState::Healthy, ComponentState::Disabled, ComponentState::NotUnderstood};
    return only(states);
}

ComponentState stateOfGlyph(const QString &text)
{
    switch (text.isEmpty() ? 0U : text.toUcs4().constFirst()) {
    case 0x2713: // ✓
    case 0x2714: // ✔
    case 0x2705: // ✅
    case 0x1F7E2: // green circle
        return ComponentState::Healthy;
    case 0x26A0: // ⚠
    case 0x1F7E1: // yellow circle
        return ComponentState::Degraded;
    case 0x2717: // ✗
    case 0x2718: // ✘
    case 0x2716: // ✖
    case 0x274C: // ❌
    case 0x1F534: // red circle
        return ComponentState::Failed;
    default:
        return ComponentState::NotUnderstood;
    }
}

/// Green, amber and red of "#16a34a" or "#f00"; white, grey and black say nothing.
std::optional<ComponentState> stateOfColour(const QString &colour)
{
    static const QRegularExpression hexadecimal(u"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\\b"_s);
    const QString digits = hexadecimal.match(colour).captured(1);
    if (digits.isEmpty())
        return std::nullopt;
    const qsizetype width = digits.size() / 3;
    const auto channel = [&](qsizetype i) { return digits.mid(i * width, width).toInt(nullptr, 16) * (width == 1 ? 17 : 1); };
    const int red = channel(0), green = channel(1), blue = channel(2);
    const int most = std::max({red, green, blue}), least = std::min({red, green, blue});
    if (most < 64 || most - least < most * 2 / 5)
        return std::nullopt;
    if (green == most && red * 4 < green * 3 && blue * 4 < green * 3)
        return ComponentState::Healthy;
    if (red == most && green * 5 < red * 2 && blue * 5 < red * 3)
        return ComponentState::Failed;
    if (red == most && blue * 2 < red && green >= blue)
        return ComponentState::Degraded;
    return ComponentState::NotUnderstood;
}

States statesOfLook(const QString &value)
{
    States states;
    if (const auto state = stateOfColour(value))
        states.insert(*state);
    const QStringList tokens = tokensOf(value);
    for (const Meaning &meaning : lookWords) {
        if (tokens.contains(meaning.text))
            states.insert(meaning.state);
    }
    const QString joined = u'-' + tokens.join(u'-') + u'-';
    for (const Meaning &meaning : glyphs) {
        if (joined.contains(u"-%1-"_s.arg(meaning.text)))
            states.insert(meaning.state);
    }
    if (!states.isEmpty() && denies(tokens))
        states.insert(ComponentState::NotUnderstood);
    return states;
}

bool isOneOf(const QString &name, std::initializer_list<QLatin1String> names)
{
    return std::any_of(names.begin(), names.end(), [&](QLatin1String n) { return name == n; });
}

/// By what the icon is called. Nothing reported: it has no name, or one that only says that it is a status.
Reading byName(const HtmlCell &cell)
{
    Reading reading;
    States states;
    for (const auto &[attribute, value] : cell.looks) {
        if (!isOneOf(attribute, {"title"_L1, "alt"_L1, "aria-label"_L1, "data-status"_L1, "data-state"_L1}) || value.trimmed().isEmpty())
            continue;
        const ComponentState state = stateOfPhrase(value);
        if (state == ComponentState::NotUnderstood && tokensOf(value).size() <= 2 && value.contains("status"_L1, Qt::CaseInsensitive))
            continue;
        if (reading.reported.isEmpty())
            reading.reported = value;
        states.insert(state);
    }
    reading.state = only(states);
    return reading;
}

/// "healthy.svg", "check-circle" of "/icons.svg#check-circle"; empty for an embedded picture, whose letters mean nothing.
QString fileName(const QString &address)
{
    constexpr qsizetype longest = 40;
    const QString name = address.mid(std::max(address.lastIndexOf(u'/'), address.lastIndexOf(u'#')) + 1);
    return address.startsWith("data:"_L1) || name.size() > longest ? QString() : name;
}

Reading byLook(const HtmlCell &cell)
{
    Reading reading;
    States states;
    for (const auto &[attribute, value] : cell.looks) {
        if (!isOneOf(attribute, {"class"_L1, "fill"_L1, "stroke"_L1, "color"_L1, "style"_L1, "href"_L1, "xlink:href"_L1, "src"_L1}))
            continue;
        const bool isAddress = !isOneOf(attribute, {"class"_L1, "fill"_L1, "stroke"_L1, "color"_L1, "style"_L1});
        const QString look = isAddress ? fileName(value) : value;
        const States more = statesOfLook(look);
        if (!more.isEmpty() && reading.reported.isEmpty())
            reading.reported = look;
        states += more;
    }
    reading.state = only(states);
    return reading;
}
} // namespace

Reading readStatusCell(const HtmlCell &cell)
{
    const bool hasWord = std::any_of(cell.text.begin(), cell.text.end(), [](QChar c) { return c.isLetterOrNumber(); });
    if (hasWord)
        return {cell.text, stateOfPhrase(cell.text)};
    if (const ComponentState glyph = stateOfGlyph(cell.text); glyph != ComponentState::NotUnderstood)
        return {cell.text, glyph};
    if (const Reading named = byName(cell); !named.reported.isEmpty())
        return named;
    return byLook(cell);
}

} // namespace quorate::bufstream
