// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "models/status/result.h"

#include <QByteArray>

namespace quorate {

/// Why a token could not be had. `text` is for people and never holds a part of the secret.
struct SecretError {
    enum class Kind { Missing, Unreadable, TooLarge, Invalid, TimedOut, Failed } kind = Kind::Missing;
    QString text;
};

/// A token that may stand in an HTTP header, or the reason why there is none.
using Secret = Result<QByteArray, SecretError>;

/// Trims `raw` and refuses what may not stand in a header: nothing at all, line breaks, control characters, anything beyond ASCII
/// (header injection). `source` names where it came from ("the file /run/token").
[[nodiscard]] Secret checkedToken(const QByteArray &raw, const QString &source);

/// Where a secret comes from, for people: "the environment variable CONSUL_HTTP_TOKEN". Arguments of commands are not shown.
[[nodiscard]] QString words(const SecretReference &reference);

} // namespace quorate
