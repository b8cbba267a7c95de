// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/proxy.h"

#include <QHostAddress>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
QString firstOf(const QProcessEnvironment &environment, const QStringList &names)
{
    for (const QString &name : names) {
        if (const QString value = environment.value(name).trimmed(); !value.isEmpty())
            return value;
    }
    return {};
}

bool isLoopback(const QString &host) { return host == "localhost"_L1 || host.endsWith(".localhost"_L1) || QHostAddress(host).isLoopback(); }

/// An entry of no_proxy: "*", a host, a domain with or without its dot, with or without a port, or a network.
bool excludes(QStringView entry, const QUrl &url)
{
    entry = entry.trimmed();
    if (entry.isEmpty())
        return false;
    if (entry == u"*")
        return true;
    const QString host = url.host();
    const QHostAddress address(host);
    if (!address.isNull() && entry.contains(u'/')) {
        const auto network = QHostAddress::parseSubnet(entry.toString());
        return network.second >= 0 && address.isInSubnet(network);
    }
    const qsizetype colon = entry.lastIndexOf(u':');
    if (colon > 0 && entry.count(u':') == 1) {
        if (entry.mid(colon + 1).toInt() != url.port(url.scheme() == "https"_L1 ? 443 : 80))
            return false;
        entry = entry.left(colon);
    }
    if (entry.startsWith(u'.'))
        entry = entry.mid(1);
    return host.compare(entry, Qt::CaseInsensitive) == 0
        || (address.isNull() && host.endsWith(u'.' + entry.toString(), Qt::CaseInsensitive));
}

std::optional<QNetworkProxy::ProxyType> typeOf(const QString &scheme)
{
    if (scheme == "http"_L1)
        return QNetworkProxy::HttpProxy;
    if (scheme == "socks5"_L1 || scheme == "socks5h"_L1 || scheme == "socks"_L1)
        return QNetworkProxy::Socks5Proxy;
    return std::nullopt;
}
} // namespace

QNetworkProxy proxyFor(const QUrl &url, const QProcessEnvironment &environment)
{
    const QNetworkProxy none(QNetworkProxy::NoProxy);
    if (isLoopback(url.host()))
        return none;
    // HTTP_PROXY in capitals is not read: a CGI request could set it.
    const bool tls = url.scheme() == "https"_L1;
    const QStringList variables = tls ? QStringList{u"https_proxy"_s, u"HTTPS_PROXY"_s, u"all_proxy"_s, u"ALL_PROXY"_s}
                                      : QStringList{u"http_proxy"_s, u"all_proxy"_s, u"ALL_PROXY"_s};
    const QString value = firstOf(environment, variables);
    if (value.isEmpty())
        return none;
    const QStringList excluded = firstOf(environment, {u"no_proxy"_s, u"NO_PROXY"_s}).split(u',');
    if (std::any_of(excluded.begin(), excluded.end(), [&](const QString &entry) { return excludes(entry, url); }))
        return none;
    const QUrl proxy(value.contains("://"_L1) ? value : "http://"_L1 + value);
    const auto type = typeOf(proxy.scheme());
    if (!type || proxy.host().isEmpty())
        return none;
    return {*type, proxy.host(), quint16(proxy.port(*type == QNetworkProxy::HttpProxy ? 3128 : 1080)), proxy.userName(), proxy.password()};
}

} // namespace quorate
