// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/outcome.h"

#include "app/poll/outcome_tls.h"
#include "models/status/facts.h"

namespace quorate {
using namespace Qt::StringLiterals;
using Problem = ReplyParser::Problem;

namespace {
constexpr int notModified = 304;

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
        return ending(Reach::TimedOut, u"no connection to %1 within %2: nothing answers there"_s.arg(server(outcome), limit));
    case Stage::Securing:
        return ending(Reach::TimedOut,
            u"%1 is connected but no TLS handshake was done within %2: is TLS spoken there?"_s.arg(server(outcome), limit));
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

/// A whole HTTP reply. Its document is the decoder's, whatever the status: 503 and 429 carry some.
Ending afterReply(const Outcome &outcome)
{
    if (!outcome.proxy.isEmpty() && outcome.http == 407)
        return ending(Reach::ProxyFailed, u"the proxy %1 wants credentials (HTTP 407)"_s.arg(outcome.proxy));
    if (outcome.http < 300 || outcome.http >= 400 || outcome.http == notModified || outcome.location.isEmpty())
        return {};
    const QUrl target = outcome.url.resolved(QUrl::fromEncoded(outcome.location));
    return ending(Reach::Redirected,
        u"HTTP %1 redirects to %2; a status was expected here, and redirects are not followed"_s.arg(outcome.http)
            .arg(words(target, outcome.url)));
}

/// The first byte of a TLS record: an alert or a handshake.
bool looksLikeTls(const QByteArray &bytes)
{
    return bytes.size() > 1 && (bytes.at(0) == 0x15 || bytes.at(0) == 0x16) && bytes.at(1) == 0x03;
}

/// Something came, but no whole reply.
Ending afterProblem(const Outcome &outcome)
{
    switch (outcome.problem) {
    case Problem::NotHttp:
        if (looksLikeTls(outcome.firstBytes))
            return ending(
                Reach::Malformed, u"%1 speaks TLS and was asked in plain HTTP: https:// is expected there"_s.arg(server(outcome)));
        return ending(Reach::Malformed,
            u"%1 answered something that is not HTTP: “%2”"_s.arg(
                server(outcome), boundedText(QString::fromLatin1(outcome.firstBytes), 60)));
    case Problem::HeadTooLarge:
        return ending(Reach::TooLarge,
            u"the headers of %1 are larger than %2, the most they may be"_s.arg(server(outcome), size(ReplyParser::headCap)));
    case Problem::BodyTooLarge:
        return ending(Reach::TooLarge, u"the body is larger than %1, the most a status may have"_s.arg(size(ReplyParser::bodyCap)));
    case Problem::BadLength:
        return ending(Reach::Malformed, u"HTTP %1 with a Content-Length that is no length"_s.arg(outcome.http));
    case Problem::BadChunk:
        return ending(Reach::Malformed, u"HTTP %1, and the body breaks the rules of chunked encoding"_s.arg(outcome.http));
    case Problem::Truncated:
    case Problem::None:
        break;
    }
    if (outcome.http == 0)
        return ending(Reach::Closed, u"%1 closed the connection in the middle of the reply's head"_s.arg(server(outcome)));
    const QString of = outcome.announced ? u" of %1"_s.arg(size(*outcome.announced)) : QString();
    return ending(Reach::Malformed,
        u"the reply is truncated: HTTP %1, the connection ended after %2%3 of the body"_s.arg(outcome.http)
            .arg(size(outcome.received), of));
}

Ending afterProxyError(const Outcome &outcome)
{
    switch (outcome.error) {
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ConnectionRefusedError:
        return ending(Reach::ProxyFailed, u"connection refused by the proxy %1"_s.arg(outcome.proxy));
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return ending(Reach::ProxyFailed, u"the proxy %1 wants credentials"_s.arg(outcome.proxy));
    default:
        return ending(Reach::ProxyFailed, u"the proxy %1 makes no connection to %2"_s.arg(outcome.proxy, hostAndPort(outcome.url)));
    }
}

/// The connection did not come to stand.
Ending withoutConnection(const Outcome &outcome)
{
    if (!outcome.proxy.isEmpty())
        return afterProxyError(outcome);
    switch (outcome.error) {
    case QAbstractSocket::ConnectionRefusedError:
        return ending(Reach::Refused, u"connection refused by %1: nothing listens there"_s.arg(server(outcome)));
    case QAbstractSocket::HostNotFoundError:
        return ending(Reach::DnsFailed, u"the name %1 was not found"_s.arg(outcome.url.host()));
    case QAbstractSocket::SocketTimeoutError:
        return ending(Reach::TimedOut, u"no connection to %1: the system gave up waiting"_s.arg(server(outcome)));
    case QAbstractSocket::RemoteHostClosedError:
        return ending(Reach::Closed, u"%1 closed the connection at once"_s.arg(server(outcome)));
    default:
        return ending(Reach::Unreachable, u"no way to %1: host or network unreachable"_s.arg(server(outcome)));
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
    if (outcome.deadline)
        return afterDeadline(outcome);
    if (!outcome.found)
        return ending(Reach::DnsFailed,
            u"the name %1 was not found"_s.arg(outcome.proxy.isEmpty() ? outcome.url.host() : u"of the proxy "_s + outcome.proxy));
    if (outcome.http > 0 && outcome.problem == Problem::None)
        return afterReply(outcome);
    if (outcome.anyByte)
        return afterProblem(outcome);
    switch (outcome.stage) {
    case Stage::Resolving:
    case Stage::Connecting:
        return withoutConnection(outcome);
    case Stage::Securing:
        return handshakeFailed(outcome);
    case Stage::Waiting:
    case Stage::Receiving:
        break;
    }
    if (isTls(outcome) && !outcome.used)
        return closedAfterHandshake(outcome);
    return ending(Reach::Closed,
        u"%1 closed the connection without an HTTP reply%2"_s.arg(
            server(outcome), isTls(outcome) ? QString() : u"; it may speak TLS or another protocol"_s));
}

} // namespace quorate
