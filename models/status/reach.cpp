// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/reach.h"

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
struct Word {
    Reach reach;
    QLatin1String name;
    ReachClass meaning;
};
constexpr std::array<Word, reachCount> words{{
    {Reach::Answered, "answered"_L1, ReachClass::Answered},
    {Reach::Refused, "refused"_L1, ReachClass::Down},
    {Reach::TimedOut, "timed-out"_L1, ReachClass::Down},
    {Reach::DnsFailed, "dns-failed"_L1, ReachClass::Down},
    {Reach::Unreachable, "unreachable"_L1, ReachClass::Down},
    {Reach::Closed, "closed"_L1, ReachClass::Down},
    {Reach::TlsFailed, "tls-failed"_L1, ReachClass::NotUnderstood},
    {Reach::ProxyFailed, "proxy-failed"_L1, ReachClass::Down},
    {Reach::Unauthorised, "unauthorised"_L1, ReachClass::Unauthorised},
    {Reach::NotFound, "not-found"_L1, ReachClass::NotUnderstood},
    {Reach::ServerError, "server-error"_L1, ReachClass::Down},
    {Reach::Throttled, "throttled"_L1, ReachClass::Throttled},
    {Reach::Malformed, "malformed"_L1, ReachClass::NotUnderstood},
    {Reach::TooLarge, "too-large"_L1, ReachClass::NotUnderstood},
    {Reach::Redirected, "redirected"_L1, ReachClass::NotUnderstood},
    {Reach::NoSecret, "no-secret"_L1, ReachClass::NoSecret},
    {Reach::NotPolled, "not-polled"_L1, ReachClass::NotPolled},
}};
} // namespace

QLatin1String name(Reach reach) { return words.at(static_cast<size_t>(reach)).name; }

std::optional<Reach> reachFromName(QStringView text)
{
    for (const Word &word : words) {
        if (text == word.name)
            return word.reach;
    }
    return std::nullopt;
}

ReachClass classOf(Reach reach, bool certificateExpired)
{
    if (reach == Reach::TlsFailed && certificateExpired)
        return ReachClass::Down;
    return words.at(static_cast<size_t>(reach)).meaning;
}

} // namespace quorate
