// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/result.h"
#include "models/systems/system.h"

#include <QJsonValue>

namespace quorate {

// What all systems share in reading an HTTP reply.

enum class BodyKind { Empty, JsonLike, Html, Text, Binary, Compressed };
/// From the first bytes, never from Content-Type (wire rule 1).
[[nodiscard]] BodyKind bodyKind(QByteArrayView body);
/// "HTML", "JSON", "text", "nothing", "gzip, which was not asked for".
[[nodiscard]] QString words(BodyKind kind);

struct JsonError {
    QString text; ///< what is wrong and where, for people
};
/// QJsonDocument wrapped as `[…]`, so that top-level scalars are accepted; refuses invalid UTF-8 and anything after the value.
[[nodiscard]] Result<QJsonValue, JsonError> parseJson(QByteArrayView body);

/// A leaf as an integer: JSON integer or decimal string; absent when it is neither, is negative where that is not allowed, or too large.
[[nodiscard]] std::optional<qint64> integer(const QJsonValue &value);
/// 0 … 2^63−1 (Qt 6.4 has no unsigned); decimal strings up to 2^64−1.
[[nodiscard]] std::optional<quint64> unsignedInteger(const QJsonValue &value);
[[nodiscard]] std::optional<bool> boolean(const QJsonValue &value); ///< true/false, "true"/"false"
[[nodiscard]] std::optional<double> number(const QJsonValue &value);
[[nodiscard]] std::optional<QString> text(const QJsonValue &value); ///< strings only, bounded

/// What a status means when the body is not the system's document. `expected` names that document ("Consul's leader address").
/// 401/403 → Unauthorised, 404 → NotFound, 429 → Throttled, 3xx → Redirected, 5xx → ServerError, everything else → Malformed;
/// the error says what was expected, what came ("HTTP 502, HTML, not OSAPI's document") and the server's own first words.
[[nodiscard]] Decoded notUnderstood(const Reply &reply, const QString &expected);

} // namespace quorate
