// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/display_width.h"
#include "models/report/report.h"
#include "models/systems/shell.h"

#include <algorithm>
#include <array>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
bool carriesCredentials(const QByteArray &header)
{
    static const std::array names{"authorization"_ba, "proxy-authorization"_ba, "cookie"_ba, "x-consul-token"_ba, "x-api-key"_ba};
    return std::any_of(names.begin(), names.end(), [&](const QByteArray &name) { return header.compare(name, Qt::CaseInsensitive) == 0; });
}

/// A double-quoted word, so that the shell puts the variable in; nothing else of it is the shell's.
QString tokenHeader(const CommandTarget &target)
{
    if (isShellVariable(target.tokenVariable))
        return u"\"Authorization: Bearer $%1\""_s.arg(target.tokenVariable);
    return shellQuoted(u"Authorization: Bearer <token>"_s);
}

void addFile(QStringList &words, const QString &option, const QString &file)
{
    if (!file.isEmpty())
        words << option << shellQuoted(plainLine(file));
}

QString command(const QString &path, const Headers &headers, const CommandTarget &target, bool withToken)
{
    const QString url = plainLine(target.endpoint.text() + path);
    QStringList words{u"curl"_s, u"--silent"_s, u"--show-error"_s, u"--include"_s};
    for (const auto &[name, value] : headers) {
        if (!carriesCredentials(name))
            words << u"--header"_s << shellQuoted(plainLine(QString::fromLatin1(name) + u": "_s + QString::fromLatin1(value)));
    }
    if (withToken && target.hasToken)
        words << u"--header"_s << tokenHeader(target);
    addFile(words, u"--cacert"_s, target.caFile);
    addFile(words, u"--cert"_s, target.certificateFile);
    addFile(words, u"--key"_s, target.keyFile);
    if (target.insecure)
        words << u"--insecure"_s;
    if (std::any_of(url.begin(), url.end(), [](QChar c) { return "[]{}"_L1.contains(c); }))
        words << u"--globoff"_s; // brackets and braces of a URL are not curl's patterns
    words << u"--url"_s << shellQuoted(url);
    return words.join(u' ');
}
} // namespace

QString curlCommand(const Request &request, const CommandTarget &target)
{
    return command(request.path, request.headers, target, request.withToken);
}

QString curlCommand(const QString &path, const Headers &headers, const CommandTarget &target)
{
    return command(path, headers, target, true);
}

} // namespace quorate
