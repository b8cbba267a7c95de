// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/outcome.h"

#include "app/poll/outcome_tls.h"
#include "models/status/facts.h"

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
QString seconds(Milliseconds limit)
{
    return limit.count() < 1000 ? u"%1 ms"_s.arg(limit.count()) : u"%1 s"_s.arg(double(limit.count()) / 1000);
}

QString size(qint64 bytes)
{
    return bytes < 1024 * 1024 ? u"%1 bytes"_s.arg(bytes) : u"%1 MiB"_s.arg(double(bytes) / (1024 * 1024), 0, 'g', 3);
}

bool isTls(const Outcome &outcome) { return outcome.url.scheme() == "https"_L1; }

/// "10.1.2.3:8500", or the same with the proxy that stands between.
QString server(const Outcome &outcome)
{
    const QString host = hostAndPort(outcome.url);
    return outcome.proxy.isEmpty() ? host : u"%1 (through the proxy %2)"_s.arg(host, outcome.proxy);
}

Ending afterDeadline(const Outcome &outcome)
{
    const QString limit = seconds(outcome.limit);
    switch (outcome.stage) {
    case Stage::Resolving:
        return {Reach::DnsFailed, {},
            u"the name %1 was not resolved within %2: the name server does not answer"_s.arg(outcome.url.host(), limit)};
    case Stage::Connecting:
        return {Reach::TimedOut, {},
            (isTls(outcome) ? u"no connection with TLS to %1 within %2: connect or handshake did not complete"_s
                            : u"no connection to %1 within %2: nothing answers there"_s)
                .arg(server(outcome), limit)};
    case Stage::Waiting:
        return {Reach::TimedOut, {}, u"%1 took the request but no whole reply head came within %2"_s.arg(server(outcome), limit)};
    case Stage::Receiving:
        break;
    }
    return {Reach::TimedOut, {},
        u"the reply of %1 was not complete within %2: HTTP %3, %4 of the body came"_s.arg(server(outcome), limit)
            .arg(outcome.http)
            .arg(size(outcome.received))};
}

Ending redirected(const Outcome &outcome)
{
    const QUrl target = outcome.url.resolved(QUrl::fromEncoded(outcome.location));
    const bool same
        = target.host() == outcome.url.host() && hostAndPort(target) == hostAndPort(outcome.url) && target.scheme() == outcome.url.scheme();
    const QString where = !target.isValid() || target.host().isEmpty() ? u"a place that is no URL"_s
        : same                                                         ? u"%1 on the same server"_s.arg(boundedText(target.path(), 200))
               : u"%1://%2"_s.arg(boundedText(target.scheme(), 20), boundedText(hostAndPort(target), 300));
    return {Reach::Redirected, {},
        u"HTTP %1 redirects to %2; a status was expected here, and redirects are not followed"_s.arg(outcome.http).arg(where)};
}

/// A reply whose head came.
Ending withStatus(const Outcome &outcome)
{
    if (!outcome.proxy.isEmpty() && outcome.http == 407)
        return {Reach::ProxyFailed, {}, u"the proxy %1 wants credentials (HTTP 407)"_s.arg(outcome.proxy)};
    const int error = outcome.error;
    const bool whole = error == QNetworkReply::NoError || (error >= 201 && error <= 299) || (error >= 401 && error <= 499);
    const bool success = outcome.http >= 200 && outcome.http < 300;
    if (outcome.announced && outcome.received < *outcome.announced && outcome.http != 304)
        return {Reach::Malformed, {},
            u"the reply is truncated: HTTP %1, %2 came where %3 were announced"_s.arg(outcome.http)
                .arg(size(outcome.received), size(*outcome.announced))};
    if (error == QNetworkReply::RemoteHostClosedError || (success && !whole))
        return {Reach::Malformed, {},
            u"the reply is truncated: HTTP %1, the connection ended after %2 of the body"_s.arg(outcome.http).arg(size(outcome.received))};
    if (success && error != QNetworkReply::NoError)
        return {Reach::Malformed, {}, u"the body of HTTP %1 is not encoded as its headers say"_s.arg(outcome.http)};
    if (outcome.http >= 300 && outcome.http < 400 && !outcome.location.isEmpty())
        return redirected(outcome);
    return {};
}

Ending closed(const Outcome &outcome)
{
    if (outcome.encrypted)
        return closedAfterHandshake(outcome);
    if (isTls(outcome) && outcome.stage == Stage::Connecting)
        return {Reach::TlsFailed, TlsProblem::NotTls,
            u"%1 closed the connection during the TLS handshake; TLS was expected there"_s.arg(server(outcome))};
    return {Reach::Closed, {},
        u"%1 closed the connection without an HTTP reply%2"_s.arg(
            server(outcome), isTls(outcome) ? QString() : u"; it may speak TLS or another protocol"_s)};
}

/// Nothing that is HTTP came.
Ending withoutStatus(const Outcome &outcome)
{
    const int error = outcome.error;
    if (error >= 101 && error <= 199)
        return {Reach::ProxyFailed, {}, u"the proxy %1 does not let the request through"_s.arg(outcome.proxy)};
    switch (outcome.error) {
    case QNetworkReply::ConnectionRefusedError:
        // Qt gives the same error for both: with a proxy it is the proxy that was asked.
        if (!outcome.proxy.isEmpty())
            return {Reach::ProxyFailed, {}, u"connection refused by the proxy %1"_s.arg(outcome.proxy)};
        return {Reach::Refused, {}, u"connection refused by %1: nothing listens there"_s.arg(server(outcome))};
    case QNetworkReply::HostNotFoundError:
        return {Reach::DnsFailed, {}, u"the name %1 was not found"_s.arg(outcome.url.host())};
    case QNetworkReply::SslHandshakeFailedError:
        return handshakeFailed(outcome);
    case QNetworkReply::TimeoutError:
        return {Reach::TimedOut, {}, u"no connection to %1: the system gave up"_s.arg(server(outcome))};
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::OperationCanceledError:
        return closed(outcome);
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return {Reach::Malformed, {}, u"%1 answered something that is not HTTP"_s.arg(server(outcome))};
    case QNetworkReply::NoError:
        return {Reach::Malformed, {}, u"%1 answered without an HTTP status"_s.arg(server(outcome))};
    default:
        return {Reach::Unreachable, {}, u"no way to %1: host or network unreachable"_s.arg(server(outcome))};
    }
}
} // namespace

QString hostAndPort(const QUrl &url)
{
    const QString host = url.host().contains(u':') ? u'[' + url.host() + u']' : url.host();
    return u"%1:%2"_s.arg(host).arg(url.port(url.scheme() == "https"_L1 ? 443 : 80));
}

Ending endingOf(const Outcome &outcome)
{
    if (outcome.cut == Outcome::Cut::Deadline)
        return afterDeadline(outcome);
    if (outcome.cut == Outcome::Cut::TooLarge)
        return {Reach::TooLarge, {}, u"the body is larger than %1, the most a status may have"_s.arg(size(outcome.cap))};
    if (!outcome.found)
        return {Reach::DnsFailed, {},
            u"the name %1 was not found"_s.arg(outcome.proxy.isEmpty() ? outcome.url.host() : u"of the proxy "_s + outcome.proxy)};
    return outcome.http > 0 ? withStatus(outcome) : withoutStatus(outcome);
}

} // namespace quorate
