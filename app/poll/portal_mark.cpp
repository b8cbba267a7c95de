// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/portal_mark.h"

#include <QCryptographicHash>
#include <QUrl>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr int networkAuthenticationRequired = 511;
constexpr qsizetype digestBytes = 8;
} // namespace

QByteArray portalMark(const EndpointUrl &endpoint, const Reply &reply, Reach understoodAs)
{
    const QUrl url(endpoint.text());
    if (url.scheme() != "http"_L1 || understoodAs == Reach::Answered)
        return {};
    if (reply.http >= 300 && reply.http < 400) {
        const QUrl target = url.resolved(QUrl::fromEncoded(headerValue(reply.headers, "Location")));
        return target.host() == url.host() ? QByteArray() : boundedText(target.host(), 300).toLatin1();
    }
    const bool isPage = (reply.http >= 200 && reply.http < 300) || reply.http == networkAuthenticationRequired;
    if (!isPage || reply.body.isEmpty())
        return {};
    return "sha256:" + QCryptographicHash::hash(reply.body, QCryptographicHash::Sha256).first(digestBytes).toHex();
}

} // namespace quorate
