// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QMetaType>
#include <QString>

#include <array>
#include <optional>

namespace quorate {

/// How a request ended. Reach is not health: `Answered` only says that the reply was understood.
enum class Reach {
    Answered,
    Refused,
    TimedOut,
    DnsFailed,
    Unreachable,
    Closed,
    TlsFailed,
    ProxyFailed,
    Unauthorised,
    NotFound,
    ServerError,
    Throttled,
    Malformed,
    TooLarge,
    Redirected,
    NoSecret,
    NotPolled,
};
inline constexpr size_t reachCount = 17;

/// The word of schema 1: `answered refused timed-out …`.
[[nodiscard]] QLatin1String name(Reach reach);
[[nodiscard]] std::optional<Reach> reachFromName(QStringView name);

/// JUDGE section 3: what a reach says of an endpoint.
enum class ReachClass { Answered, Down, NotUnderstood, Unauthorised, Throttled, NoSecret, NotPolled };
/// An expired certificate is *down* although its reach is `TlsFailed`; the caller knows which (`TlsProblem`).
[[nodiscard]] ReachClass classOf(Reach reach, bool certificateExpired = false);

} // namespace quorate

Q_DECLARE_METATYPE(quorate::Reach)
