// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/endpoint_url.h"

#include "models/status/facts.h"

#include <QUrl>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

using Kind = UrlError::Kind;

UrlError error(Kind kind, const QString &text) { return {kind, text}; }

/// What people leave out or mistype before the host.
std::optional<UrlError> schemeError(const QString &text, const QString &shown)
{
    const qsizetype separator = text.indexOf("://"_L1);
    if (separator < 0)
        return error(Kind::Scheme, u"\"%1\" has no scheme; write http://%1 or https://%1"_s.arg(shown));
    const QString scheme = text.left(separator).toLower();
    if (scheme != "http"_L1 && scheme != "https"_L1)
        return error(Kind::Scheme, u"the scheme \"%1\" is not supported; write http:// or https://"_s.arg(boundedText(scheme, 40)));
    return std::nullopt;
}

std::optional<UrlError> partError(const QUrl &url, const QString &shown)
{
    if (url.host().isEmpty())
        return error(Kind::Host, u"\"%1\" has no host; write http://host:port"_s.arg(shown));
    if (url.port() == 0)
        return error(Kind::Port, u"\"%1\": port 0 can't be asked"_s.arg(shown));
    if (url.hasQuery() || url.hasFragment())
        return error(
            Kind::Query, u"\"%1\" is not a base URL; leave out everything from \"%2\" on"_s.arg(shown, url.hasQuery() ? u"?"_s : u"#"_s));
    return std::nullopt;
}

QString withoutLastSlash(const QUrl &url)
{
    QString text = url.toString(QUrl::FullyEncoded);
    while (text.endsWith(u'/'))
        text.chop(1);
    return text;
}

} // namespace

Result<CheckedUrl, UrlError> checkEndpointUrl(const QString &text)
{
    if (text.trimmed().isEmpty())
        return error(Kind::Empty, u"the URL is empty; write http://host:port"_s);
    // Before anything is repeated in a message: what stands before an @ or after a ? may be a secret.
    if (text.contains(u'@'))
        return error(Kind::Password, u"the URL contains a user name or password; give a token instead (key token, option --token-env)"_s);
    const QString shown = boundedText(text.section(u'?', 0, 0).section(u'#', 0, 0), 200);
    if (std::any_of(text.begin(), text.end(), [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; }))
        return error(Kind::Malformed, u"\"%1\" contains blanks or control characters"_s.arg(shown));
    if (auto wrong = schemeError(text, shown))
        return *wrong;
    QUrl url(text, QUrl::StrictMode);
    if (!url.isValid()) {
        // QUrl's own message may repeat the input; a bad port is the common case and has words of its own.
        const bool port = url.errorString().contains("port"_L1, Qt::CaseInsensitive);
        return error(port ? Kind::Port : Kind::Malformed,
            port ? u"\"%1\": the port must be a number from 1 to 65535"_s.arg(shown)
                 : u"\"%1\" is not a URL; write http://host:port"_s.arg(shown));
    }
    if (auto wrong = partError(url, shown))
        return *wrong;
    const QString written = withoutLastSlash(url);
    const bool https = url.scheme() == "https"_L1;
    if (url.port() > 0) // as most are; a thousand of them are read before the window opens
        return CheckedUrl{EndpointUrl(written), written, https};
    url.setPort(https ? 443 : 80);
    return CheckedUrl{EndpointUrl(written), withoutLastSlash(url), https};
}

} // namespace quorate
