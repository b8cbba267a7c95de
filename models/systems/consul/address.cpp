// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/consul/address.h"

#include <algorithm>

namespace quorate::consul {

namespace {
constexpr qsizetype longestAddress = 300; ///< a DNS name has at most 253 characters

bool isHostCharacter(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || QStringView(u".-_:%").contains(c);
}

bool isPort(QStringView text)
{
    // toUInt() alone would take spaces, signs and leading zeros for a part of the number.
    const uint port = text.toUInt();
    return port >= 1 && port <= 65535 && text == QString::number(port);
}
} // namespace

bool isAddress(QStringView text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon < 1 || text.size() > longestAddress || !isPort(text.mid(colon + 1)))
        return false;
    QStringView host = text.left(colon);
    const bool bracketed = host.size() > 2 && host.startsWith(u'[') && host.endsWith(u']');
    if (bracketed)
        host = host.mid(1, host.size() - 2);
    return std::all_of(host.begin(), host.end(), isHostCharacter) && (bracketed || !host.contains(u':'));
}

QString hostOf(QStringView address)
{
    const qsizetype colon = address.lastIndexOf(u':');
    QStringView host = colon < 0 ? address : address.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    return host.toString();
}

QString addressOf(const QString &host, const QString &port)
{
    const QString shown = host.contains(u':') ? u'[' + host + u']' : host;
    return shown + u':' + port;
}

} // namespace quorate::consul
