// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonValue>
#include <QLatin1String>
#include <QString>

#include <optional>
#include <span>

namespace quorate {

// What a document says beside its good words. A key that nobody described may be new, and is passed over; one that plainly says "not well"
// is not: a word that something beside it denies is no reason for green.

/// What stands under one of these beside a good word speaks against it, or says that not everything is here: "errors", "truncated".
[[nodiscard]] bool isTroubleKey(QStringView key);
/// False under one of these denies a good word: "healthy", "ready".
[[nodiscard]] bool isGoodKey(QStringView key);
/// Something that is not empty, not false and not zero.
[[nodiscard]] bool saysSomething(const QJsonValue &value);
/// Any value as one line of text.
[[nodiscard]] QString lineOf(const QJsonValue &value);

/// What an object says against a good word of its own, in itself or in an object below it: "healthy: false", "errors: ["x"]",
/// "state: error", "degraded: true". `described` are the keys whose meaning is known otherwise, at the top level. Absent: nothing.
[[nodiscard]] std::optional<QString> contradictionIn(const QJsonObject &object, std::span<const QLatin1String> described);

} // namespace quorate
