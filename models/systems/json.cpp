// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/http.h"
#include "models/systems/json_keys.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");
constexpr qsizetype shownKey = 60; ///< characters of a key in an error

QString problemOf(const QJsonParseError &error)
{
    switch (error.error) {
    case QJsonParseError::IllegalNumber:
        return u"a number that is none or is too large"_s;
    case QJsonParseError::DeepNesting:
        return u"nested too deeply"_s;
    case QJsonParseError::DocumentTooLarge:
        return u"too large"_s;
    case QJsonParseError::UnterminatedString:
    case QJsonParseError::UnterminatedArray:
    case QJsonParseError::UnterminatedObject:
        return u"it ends in the middle"_s;
    case QJsonParseError::GarbageAtEnd:
        return u"more text after the value"_s;
    default:
        return u"something that JSON does not have there"_s;
    }
}
} // namespace

Result<QJsonValue, JsonError> parseJson(QByteArrayView body)
{
    if (body.startsWith(byteOrderMark))
        body = body.sliced(byteOrderMark.size());
    if (body.trimmed().isEmpty())
        return JsonError{u"nothing where JSON was expected"_s};
    if (!body.isValidUtf8())
        return JsonError{u"invalid UTF-8"_s};
    QByteArray wrapped;
    wrapped.reserve(body.size() + 2);
    wrapped.append('[').append(body).append(']');
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(wrapped, &error);
    if (error.error != QJsonParseError::NoError)
        return JsonError{u"broken JSON at byte %1: %2"_s.arg(qBound(0, error.offset - 1, int(body.size()))).arg(problemOf(error))};
    const QJsonArray values = document.array();
    if (values.size() != 1)
        return JsonError{u"broken JSON: %1 values where one was expected"_s.arg(values.size())};
    // Which of the two holds, nobody knows: the one that would be dropped may be the one that failed.
    if (const auto key = repeatedKey(body))
        return JsonError{u"the key “%1” stands twice"_s.arg(boundedText(*key, shownKey))};
    return values.at(0);
}

std::optional<qint64> integer(const QJsonValue &value)
{
    if (value.isDouble()) {
        // toInteger() answers its default for fractions and for what does not fit.
        const qint64 result = value.toInteger(0);
        return result == value.toInteger(1) ? std::optional(result) : std::nullopt;
    }
    if (value.isString()) {
        bool ok = false;
        const qint64 result = value.toString().toLongLong(&ok);
        return ok ? std::optional(result) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<qint64> counter(const QJsonValue &value)
{
    const auto result = integer(value);
    return result && *result >= 0 ? result : std::nullopt;
}

std::optional<quint64> unsignedInteger(const QJsonValue &value)
{
    if (value.isString()) {
        bool ok = false;
        const quint64 result = value.toString().toULongLong(&ok);
        return ok && !value.toString().trimmed().startsWith(u'-') ? std::optional(result) : std::nullopt;
    }
    const auto result = counter(value);
    return result ? std::optional(quint64(*result)) : std::nullopt;
}

std::optional<bool> boolean(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool();
    if (value.isString() && value.toString().compare("true"_L1, Qt::CaseInsensitive) == 0)
        return true;
    if (value.isString() && value.toString().compare("false"_L1, Qt::CaseInsensitive) == 0)
        return false;
    return std::nullopt;
}

std::optional<double> number(const QJsonValue &value)
{
    bool ok = value.isDouble();
    const double result = value.isString() ? value.toString().toDouble(&ok) : value.toDouble();
    return ok && std::isfinite(result) ? std::optional(result) : std::nullopt;
}

std::optional<QString> text(const QJsonValue &value)
{
    return value.isString() ? std::optional(boundedText(value.toString())) : std::nullopt;
}

} // namespace quorate
