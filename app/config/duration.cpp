// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/duration.h"

#include <QRegularExpression>

#include <array>
#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

struct Unit {
    QLatin1String name;
    qint64 milliseconds;
};
constexpr std::array<Unit, 5> units{{{"d"_L1, 86'400'000}, {"h"_L1, 3'600'000}, {"m"_L1, 60'000}, {"s"_L1, 1'000}, {"ms"_L1, 1}}};

} // namespace

std::optional<Milliseconds> parseDuration(QStringView text)
{
    static const QRegularExpression part(u"(\\d{1,12}(?:\\.\\d{1,9})?)(ms|d|h|m|s)"_s, QRegularExpression::NoPatternOption);
    double total = 0;
    qsizetype at = 0;
    while (at < text.size()) {
        const auto match = part.match(text, at, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch())
            return std::nullopt;
        for (const Unit &unit : units) {
            if (match.capturedView(2) == unit.name)
                total += match.capturedView(1).toDouble() * double(unit.milliseconds);
        }
        at = match.capturedEnd();
    }
    if (text.isEmpty() || total > 1e15)
        return std::nullopt;
    return Milliseconds(std::llround(total));
}

QString durationText(Milliseconds duration)
{
    QString text;
    qint64 rest = duration.count();
    for (const Unit &unit : units) {
        if (const qint64 whole = rest / unit.milliseconds; whole > 0) {
            text += QString::number(whole) + unit.name;
            rest -= whole * unit.milliseconds;
        }
    }
    return text.isEmpty() ? u"0s"_s : text;
}

} // namespace quorate
