// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/redaction.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace quorate {
using namespace Qt::StringLiterals;

void Redaction::add(const QByteArray &secret)
{
    // As sent, and as it looks inside a URL or as HTTP's basic credentials.
    for (const QByteArray &form : {secret, QUrl::toPercentEncoding(QString::fromUtf8(secret)), secret.toBase64()}) {
        if (!form.isEmpty() && !m_secrets.contains(form))
            m_secrets.append(form);
    }
    std::sort(m_secrets.begin(), m_secrets.end(), [](const QByteArray &a, const QByteArray &b) { return a.size() > b.size(); });
}

QByteArray Redaction::bytes(QByteArray text) const
{
    for (const QByteArray &secret : m_secrets)
        text.replace(secret, "[redacted]");
    return text;
}

QString Redaction::text(QString text) const
{
    for (const QByteArray &secret : m_secrets)
        text.replace(QString::fromUtf8(secret), u"[redacted]"_s);
    return text;
}

Headers Redaction::headers(const Headers &headers) const
{
    constexpr std::array<QByteArrayView, 6> secret{
        "authorization", "proxy-authorization", "x-consul-token", "set-cookie", "cookie", "www-authenticate"};
    Headers kept;
    for (const auto &[name, value] : headers) {
        if (std::find(secret.begin(), secret.end(), name.toLower()) == secret.end())
            kept.append({name, bytes(value)});
    }
    return kept;
}

} // namespace quorate
