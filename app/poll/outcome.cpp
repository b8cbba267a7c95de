// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/outcome.h"

#include "app/poll/outcome_tls.h"
#include "models/status/facts.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr int notModified = 304;
constexpr int proxyWantsCredentials = 407;
constexpr qint64 oldestCopy = 60; ///< seconds

QString seconds(Milliseconds limit)
{
    return limit.count() < 1000 ? u"%1 ms"_s.arg(limit.count()) : u"%1 s"_s.arg(double(limit.count()) / 1000);
}

QString size(qint64 bytes)
{
    constexpr qint64 mebi = 1024 * 1024;
    return bytes < mebi ? u"%1 bytes"_s.arg(bytes) : u"%1 MiB"_s.arg(double(bytes) / mebi, 0, 'g', 3);
}

bool isTls(const Outcome &outcome) { return outcome.url.scheme() == "https"_L1; }

/// "10.1.2.3:8500", or the same with the proxy that stands between.
QString server(const Outcome &outcome)
{
    const QString host = hostAndPort(outcome.url);
    return outcome.proxy.isEmpty() ? host : u"%1 (through the proxy %2)"_s.arg(host, outcome.proxy);
}

Ending ending(Reach reach, const QString &error) { return {reach, TlsProblem::None, error}; }

Ending afterDeadline(const Outcome &outcome)
{
    const QString limit = seconds(outcome.limit);
    switch (outcome.stage) {
    case Stage::Resolving:
        return ending(
            Reach::DnsFailed, u"the name %1 was not resolved within %2: the name server does not answer"_s.arg(outcome.url.host(), limit));
    case Stage::Connecting:
        return ending(Reach::TimedOut,
            (isTls(outcome) ? u"no connection with TLS to %1 within %2: connect or handshake did not complete"_s
                            : u"no connection to %1 within %2: nothing answers there"_s)
                .arg(server(outcome), limit));
    case Stage::Waiting:
        return ending(Reach::TimedOut, u"%1 took the request but no whole reply head came within %2"_s.arg(server(outcome), limit));
    case Stage::Receiving:
        break;
    }
    return ending(Reach::TimedOut,
        u"the reply of %1 was not complete within %2: HTTP %3, %4 of the body came"_s.arg(server(outcome), limit)
            .arg(outcome.http)
            .arg(size(outcome.received)));
}

QString words(const QUrl &target, const QUrl &from)
{
    if (!target.isValid() || target.host().isEmpty())
        return u"a place that is no URL"_s;
    if (target.scheme() == from.scheme() && hostAndPort(target) == hostAndPort(from))
        return u"%1 on the same server"_s.arg(boundedText(target.path(), 200));
    return u"%1://%2"_s.arg(boundedText(target.scheme(), 20), boundedText(hostAndPort(target), 300));
}

Ending redirected(const Outcome &outcome)
{
    const QUrl target = outcome.url.resolved(QUrl::fromEncoded(outcome.location));
    return ending(Reach::Redirected,
        u"HTTP %1 redirects to %2; a status was expected here, and redirects are not followed"_s.arg(outcome.http)
            .arg(words(target, outcome.url)));
}

/// Seconds; 0 when the header is none. One beyond all numbers is the oldest there is.
qint64 ageOf(const QByteArray &header)
{
    const QByteArray digits = header.trimmed();
    if (digits.isEmpty() || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return 0;
    bool ok = false;
    const qint64 age = digits.toLongLong(&ok);
    return ok ? age : std::numeric_limits<qint64>::max();
}

/// RFC 7234, 5.5: 110 stale, 111 revalidation failed, 112 disconnected.
bool saysStale(const QByteArray &header)
{
    const QByteArray code = header.trimmed().left(3);
    return code == "110" || code == "111" || code == "112";
}

/// The status came; Qt says by `error` whether the rest did, and names some statuses themselves errors.
bool isWhole(const Outcome &outcome)
{
    const int error = outcome.error;
    const bool namesStatus
        = (error >= 201 && error <= 299) || (error >= 401 && error <= 499) || error == QNetworkReply::ProtocolInvalidOperationError;
    return error == QNetworkReply::NoError || (outcome.http >= 400 && namesStatus);
}

/// A reply whose head came. Its document is the decoder's, whatever the status: 503 and 429 carry some.
Ending withStatus(const Outcome &outcome)
{
    if (!outcome.proxy.isEmpty() && outcome.http == proxyWantsCredentials)
        return ending(Reach::ProxyFailed, u"the proxy %1 wants credentials (HTTP 407)"_s.arg(outcome.proxy));
    const bool bodyExpected = outcome.http != notModified;
    if (bodyExpected && outcome.announced && outcome.received < *outcome.announced)
        return ending(Reach::Malformed,
            u"the reply is truncated: HTTP %1, %2 came where %3 were announced"_s.arg(outcome.http)
                .arg(size(outcome.received), size(*outcome.announced)));
    if (!isWhole(outcome))
        return ending(Reach::Malformed,
            u"the reply is truncated: HTTP %1, the connection ended after %2 of the body"_s.arg(outcome.http).arg(size(outcome.received)));
    if (outcome.http >= 300 && outcome.http < 400 && bodyExpected && !outcome.location.isEmpty())
        return redirected(outcome);
    if (const qint64 age = ageOf(outcome.age); age > oldestCopy)
        return ending(Reach::Malformed,
            u"HTTP %1 with an old copy from a cache (Age %2 s); a fresh status was expected"_s.arg(outcome.http)
                .arg(QLocale(QLocale::English).toString(age)));
    if (saysStale(outcome.warning))
        return ending(Reach::Malformed,
            u"HTTP %1 with a copy that the cache on the way calls stale (Warning %2); a fresh status was expected"_s.arg(outcome.http)
                .arg(QString::fromLatin1(outcome.warning.trimmed().first(3))));
    if (!outcome.endIsKnown)
        return ending(Reach::Malformed,
            u"HTTP %1 does not show whether its body is whole (no Content-Length, connection closed): half of it would look the same"_s.arg(
                outcome.http));
    return {};
}

Ending closed(const Outcome &outcome)
{
    if (outcome.encrypted)
        return closedAfterHandshake(outcome);
    if (isTls(outcome) && outcome.stage == Stage::Connecting)
        return closedInHandshake(outcome);
    return ending(Reach::Closed,
        u"%1 closed the connection without an HTTP reply%2"_s.arg(
            server(outcome), isTls(outcome) ? QString() : u"; it may speak TLS or another protocol"_s));
}

/// Nothing that is HTTP came.
Ending withoutStatus(const Outcome &outcome)
{
    if (!outcome.proxy.isEmpty() && outcome.error >= 101 && outcome.error <= 199)
        return ending(Reach::ProxyFailed, u"the proxy %1 does not let the request through"_s.arg(outcome.proxy));
    switch (outcome.error) {
    case QNetworkReply::ConnectionRefusedError:
        // Qt gives the same error for both: with a proxy it is the proxy that was asked.
        if (!outcome.proxy.isEmpty())
            return ending(Reach::ProxyFailed, u"connection refused by the proxy %1"_s.arg(outcome.proxy));
        return ending(Reach::Refused, u"connection refused by %1: nothing listens there"_s.arg(server(outcome)));
    case QNetworkReply::HostNotFoundError:
        return ending(Reach::DnsFailed,
            u"the name %1 was not found"_s.arg(outcome.url.host())
                + (outcome.proxy.isEmpty() ? QString() : u" by the proxy "_s + outcome.proxy));
    case QNetworkReply::SslHandshakeFailedError:
        return handshakeFailed(outcome);
    case QNetworkReply::TimeoutError:
        return ending(Reach::TimedOut, u"no connection to %1: the system gave up waiting"_s.arg(server(outcome)));
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::OperationCanceledError:
        return closed(outcome);
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::NoError:
        return ending(Reach::Malformed, u"%1 answered something that is not HTTP"_s.arg(server(outcome)));
    default:
        // The alert that follows a completed handshake is an error while reading, of no kind that Qt names.
        if (isTls(outcome) && (outcome.encrypted || outcome.stage == Stage::Waiting))
            return closed(outcome);
        // Nobody but the proxy was asked: it is not there, or refused to lead on, which Qt calls alike.
        if (!outcome.proxy.isEmpty())
            return ending(Reach::ProxyFailed,
                u"the proxy %1 leads nowhere: it is not to be reached, or does not let us through to %2"_s.arg(
                    outcome.proxy, hostAndPort(outcome.url)));
        return ending(Reach::Unreachable, u"no way to %1: host or network unreachable"_s.arg(server(outcome)));
    }
}
} // namespace

QString hostAndPort(const QUrl &url)
{
    const QString host = url.host().contains(u':') ? u'[' + url.host() + u']' : url.host();
    return host + u':' + QString::number(url.port(url.scheme() == "https"_L1 ? 443 : 80));
}

Ending endingOf(const Outcome &outcome)
{
    if (outcome.cut == Outcome::Cut::Deadline)
        return afterDeadline(outcome);
    if (outcome.cut == Outcome::Cut::TooLarge)
        return ending(Reach::TooLarge, u"the body is larger than %1, the most a status may have"_s.arg(size(outcome.cap)));
    if (outcome.cut == Outcome::Cut::Endless || (outcome.flooded && outcome.error == QNetworkReply::RemoteHostClosedError))
        return ending(Reach::TooLarge, u"%1 sends a reply without an end; a status was expected"_s.arg(server(outcome)));
    if (!outcome.found)
        return ending(Reach::DnsFailed,
            u"the name %1 was not found"_s.arg(outcome.proxy.isEmpty() ? outcome.url.host() : u"of the proxy "_s + outcome.proxy));
    return outcome.http > 0 ? withStatus(outcome) : withoutStatus(outcome);
}

} // namespace quorate
