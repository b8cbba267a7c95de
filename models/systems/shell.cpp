// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/shell.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
bool isLetterOrDigit(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9'); }
} // namespace

QString shellQuoted(const QString &word)
{
    const auto harmless = [](QChar c) { return isLetterOrDigit(c) || "_@%+=:,./-"_L1.contains(c); };
    if (!word.isEmpty() && std::all_of(word.begin(), word.end(), harmless))
        return word;
    QString escaped = word;
    return u"'%1'"_s.arg(escaped.replace("'"_L1, R"('\'')"_L1));
}

bool isShellVariable(QStringView name)
{
    return !name.isEmpty() && !(name.front() >= u'0' && name.front() <= u'9')
        && std::all_of(name.begin(), name.end(), [](QChar c) { return isLetterOrDigit(c) || c == u'_'; });
}

} // namespace quorate
