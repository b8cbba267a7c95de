// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/json_highlighter.h"

#include "views/theme/theme.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace quorate {

void JsonHighlighter::setOn(bool on)
{
    if (std::exchange(m_on, on) != on)
        rehighlight();
}

void JsonHighlighter::setPalette(const QPalette &palette)
{
    m_name.setForeground(seriesColour(0, isDark(palette)));
    m_bad.setForeground(severityColours(Severity::Critical, isDark(palette)).ink);
    m_bad.setFontWeight(QFont::DemiBold);
    rehighlight();
}

void JsonHighlighter::highlightBlock(const QString &text)
{
    if (!m_on)
        return;
    static const QSet<QString> badWords{
        u"error"_s, u"failed"_s, u"unhealthy"_s, u"degraded"_s, u"down"_s, u"critical"_s, u"STATUS_ERROR"_s};
    // A string never goes on in the next line: pretty-printed JSON has no raw line break inside one.
    for (qsizetype at = text.indexOf(u'"'); at >= 0; at = text.indexOf(u'"', at)) {
        qsizetype end = at + 1;
        while (end < text.size() && text.at(end) != u'"')
            end += text.at(end) == u'\\' ? 2 : 1;
        end = std::min(end + 1, text.size());
        const bool isName = end < text.size() && text.at(end) == u':';
        if (isName)
            setFormat(int(at), int(end - at), m_name);
        else if (end - at <= 16 && badWords.contains(text.mid(at + 1, end - at - 2)))
            setFormat(int(at), int(end - at), m_bad);
        at = end;
    }
}

} // namespace quorate
