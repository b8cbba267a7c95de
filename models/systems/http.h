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
/// The same; `Compressed` also when Content-Encoding says so. Quorate asks for `identity`, so that is never right.
[[nodiscard]] BodyKind bodyKind(const Reply &reply);
/// "HTML", "JSON", "text", "nothing", "gzip, which was not asked for".
[[nodiscard]] QString words(BodyKind kind);

struct JsonError {
    QString text; ///< what is wrong and where, for people
};
/// QJsonDocument wrapped as `[…]`, so that top-level scalars are accepted; refuses invalid UTF-8, anything after the value, and objects in
/// which a key stands twice.
[[nodiscard]] Result<QJsonValue, JsonError> parseJson(QByteArrayView body);
/// The reply's body as JSON, whatever its status; else why not, told as notUnderstood() tells it.
[[nodiscard]] Result<QJsonValue, Decoded> readJson(const Reply &reply, const QString &expected);

/// A leaf as an integer: JSON integer or decimal string; absent when it is neither or too large.
[[nodiscard]] std::optional<qint64> integer(const QJsonValue &value);
/// An integer that counts something: a negative one is absent, because it cannot be true.
[[nodiscard]] std::optional<qint64> counter(const QJsonValue &value);
/// 0 … 2^63−1 (Qt 6.4 has no unsigned); decimal strings up to 2^64−1.
[[nodiscard]] std::optional<quint64> unsignedInteger(const QJsonValue &value);
[[nodiscard]] std::optional<bool> boolean(const QJsonValue &value); ///< true/false, "true"/"false"
[[nodiscard]] std::optional<double> number(const QJsonValue &value); ///< finite; decimal strings too
[[nodiscard]] std::optional<QString> text(const QJsonValue &value); ///< strings only, bounded

/// What a status means when the body is not the system's document. `expected` names that document ("Consul's leader address").
/// 401/403 → Unauthorised, 404 → NotFound, 407 → ProxyFailed, 429 and 503 "rate limit" → Throttled, 3xx → Redirected,
/// 5xx → ServerError, everything else (304 too) → Malformed; the error says what was expected, what came ("HTTP 502, HTML, not
/// OSAPI's document") and the server's own first words. `problem` replaces "not <expected>" when the caller knows it better.
[[nodiscard]] Decoded notUnderstood(const Reply &reply, const QString &expected, const QString &problem = {});

/// Why a reply with a good status other than 200 is not read (203: changed on the way; 206: a part); empty for other statuses.
[[nodiscard]] QString statusProblem(const Reply &reply);

/// What the server says in its own words: `error`, `message`, … of a JSON object, a JSON string, an HTML title, or the first words of
/// a text. At most 200 characters; empty when there are none.
[[nodiscard]] QString ownWords(const Reply &reply);

/// "Fri, 20 Nov 2026 08:49:22 GMT"; absent when it is none.
[[nodiscard]] std::optional<Instant> httpDate(QByteArrayView value);
/// Longest Retry-After that is honoured: a server must not be able to silence us for good.
inline constexpr double maxRetryAfterSeconds = 3600;
/// Retry-After in seconds from the reply's own Date (or from its arrival); absent when there is none.
[[nodiscard]] std::optional<double> retryAfter(const Reply &reply);

} // namespace quorate
