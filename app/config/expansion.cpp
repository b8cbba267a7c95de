// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/expansion.h"

#include <QRegularExpression>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

using Kind = ExpansionError::Kind;

ExpansionError tooMany() { return {Kind::TooMany, u"more than %1 endpoints; is the range right?"_s.arg(maximumEndpoints)}; }

Result<QStringList, ExpansionError> countUp(const QString &from, const QString &to)
{
    bool fromOk = false, toOk = false;
    const qint64 first = from.toLongLong(&fromOk), last = to.toLongLong(&toOk);
    if (!fromOk || !toOk)
        return tooMany();
    if (first > last)
        return ExpansionError{Kind::Descending, u"{%1..%2} counts down; write {%2..%1}"_s.arg(from, to)};
    if (last - first >= maximumEndpoints)
        return tooMany();
    const bool padded = from.size() > 1 && from.startsWith(u'0');
    QStringList values;
    for (qint64 value = first; value <= last; ++value)
        values.append(QString::number(value).rightJustified(padded ? from.size() : 0, u'0'));
    return values;
}

Result<QStringList, ExpansionError> alternatives(const QString &inside)
{
    static const QRegularExpression range(u"\\A(\\d+)\\.\\.(\\d+)\\z"_s);
    if (const auto match = range.match(inside); match.hasMatch())
        return countUp(match.captured(1), match.captured(2));
    if (inside.contains(u','))
        return inside.split(u',');
    return ExpansionError{Kind::NotARange, u"{%1} is neither a range nor a list; write {1..3} or {a,b}"_s.arg(inside)};
}

} // namespace

Result<QStringList, ExpansionError> expandBraces(const QString &pattern)
{
    QStringList done{QString()};
    qsizetype at = 0;
    while (at < pattern.size()) {
        const qsizetype open = pattern.indexOf(u'{', at);
        const QString literal = pattern.mid(at, open < 0 ? -1 : open - at);
        if (literal.contains(u'}'))
            return ExpansionError{Kind::Unbalanced, u"} without {"_s};
        const qsizetype close = open < 0 ? -1 : pattern.indexOf(u'}', open);
        if (open >= 0 && close < 0)
            return ExpansionError{Kind::Unbalanced, u"{ without }"_s};
        QStringList middles{QString()};
        if (open >= 0) {
            const QString inside = pattern.mid(open + 1, close - open - 1);
            if (inside.contains(u'{'))
                return ExpansionError{Kind::Nested, u"braces inside braces are not supported"_s};
            auto values = alternatives(inside);
            if (!values)
                return values.error();
            middles = values.value();
        }
        if (done.size() * middles.size() > maximumEndpoints)
            return tooMany();
        QStringList next;
        for (const QString &before : std::as_const(done)) {
            for (const QString &middle : std::as_const(middles))
                next.append(before + literal + middle);
        }
        done = next;
        at = open < 0 ? pattern.size() : close + 1;
    }
    return done;
}

} // namespace quorate
