// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/pretty_json.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(quorate::RawReplyView)
};

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// End of the string that begins at `from` (a quote): the position after its closing quote.
qsizetype endOfString(const QByteArray &body, qsizetype from)
{
    qsizetype at = from + 1;
    while (at < body.size() && body.at(at) != '"')
        at += body.at(at) == '\\' ? 2 : 1;
    return std::min(at + 1, body.size());
}

/// For each opening bracket, in order of appearance: the length of its content without needless space. One pass, a stack.
QList<qsizetype> lengths(const QByteArray &body)
{
    QList<qsizetype> result, open, started;
    qsizetype length = 0;
    for (qsizetype at = 0; at < body.size();) {
        const char c = body.at(at);
        if (c == '"') {
            const qsizetype end = endOfString(body, at);
            length += end - at;
            at = end;
            continue;
        }
        if (!isSpace(c))
            length += c == ',' || c == ':' ? 2 : 1;
        if (c == '{' || c == '[') {
            open.append(result.size());
            started.append(length);
            result.append(0);
        } else if ((c == '}' || c == ']') && !open.isEmpty()) {
            result[open.takeLast()] = length - started.takeLast();
        }
        ++at;
    }
    return result;
}

/// Valid JSON, indented by its brackets; what is short stays on one line. Linear in the size, whatever the depth.
class Indenter {
public:
    explicit Indenter(const QByteArray &body)
        : m_body(body)
        , m_lengths(lengths(body))
    {
        m_out.reserve(body.size() * 3 / 2);
    }

    QByteArray run()
    {
        for (qsizetype at = 0; at < m_body.size();) {
            const char c = m_body.at(at);
            if (c == '"') {
                const qsizetype end = endOfString(m_body, at);
                m_out.append(m_body.constData() + at, end - at);
                at = end;
                continue;
            }
            if (!isSpace(c))
                take(c);
            ++at;
        }
        return m_out;
    }

private:
    void take(char c)
    {
        switch (c) {
        case '{':
        case '[':
            opens(c);
            break;
        case '}':
        case ']':
            closes(c);
            break;
        case ',':
            m_out += ',';
            m_flat > 0 ? void(m_out += ' ') : newLine();
            break;
        case ':':
            m_out += ": ";
            break;
        default:
            m_out += c;
        }
    }

    void opens(char c)
    {
        const qsizetype length = m_lengths.at(m_next++);
        m_out += c;
        if (m_flat > 0 || length + 2 * m_depth <= shortLine) {
            ++m_flat;
            if (c == '{' && length > 1)
                m_out += ' ';
            return;
        }
        ++m_depth;
        newLine();
    }

    void closes(char c)
    {
        if (m_flat > 0) {
            --m_flat;
            if (c == '}' && !m_out.endsWith('{'))
                m_out += ' ';
        } else {
            --m_depth;
            newLine();
        }
        m_out += c;
    }

    void newLine()
    {
        m_out += '\n';
        // Deep nesting would be indentation only: the text stays linear in the size of the body.
        m_out.append(2 * std::min<qsizetype>(m_depth, 40), ' ');
    }

    const QByteArray &m_body;
    QList<qsizetype> m_lengths;
    QByteArray m_out;
    qsizetype m_next = 0, m_depth = 0, m_flat = 0;
};

/// Whether Qt reads it; wrapped, because Qt refuses a scalar at the top.
bool isJson(const QByteArray &body)
{
    QJsonParseError error;
    QJsonDocument::fromJson('[' + body + ']', &error);
    return error.error == QJsonParseError::NoError && !body.trimmed().isEmpty();
}

/// Control characters as their symbols (U+2400 …), direction marks and the like as a replacement: nothing in a reply moves the text.
QString harmless(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    text.replace("\r\n"_L1, "\n"_L1);
    for (QChar &c : text) {
        if (c == u'\n' || c == u'\t')
            continue;
        if (c.unicode() < 0x20)
            c = QChar(0x2400 + c.unicode());
        else if (c.unicode() == 0x7f)
            c = QChar(0x2421);
        else if (c.category() == QChar::Other_Format || c.unicode() == 0x2028 || c.unicode() == 0x2029
            || c.category() == QChar::Other_Control)
            c = QChar(0xfffd);
    }
    return text;
}

QString broken(const QString &text)
{
    QString result;
    result.reserve(text.size() + text.size() / longestLine * 2);
    qsizetype length = 0;
    for (const QChar c : text) {
        if (length == longestLine && c != u'\n' && !c.isLowSurrogate()) {
            result += u"↩\n"_s;
            length = 0;
        }
        length = c == u'\n' ? 0 : std::min(length + 1, longestLine);
        result += c;
    }
    return result;
}

QString kindOf(const QByteArray &body)
{
    const QByteArray start = body.left(512).trimmed().toLower();
    if (start.startsWith("<!doctype html") || start.startsWith("<html"))
        return u"HTML"_s;
    const QByteArray first = body.left(4096);
    return first.contains('\0') ? Text::tr("binary") : Text::tr("text");
}

} // namespace

ReadableBody readable(const QByteArray &body)
{
    if (body.isEmpty())
        return {.kind = Text::tr("empty"), .text = {}};
    if (body.size() <= mostShownBytes && isJson(body))
        return {.kind = u"JSON"_s, .text = broken(harmless(Indenter(body).run())), .json = true};
    const QByteArray shown = body.left(mostShownBytes);
    const bool looksLikeJson = body.size() > mostShownBytes && (body.trimmed().startsWith('{') || body.trimmed().startsWith('['));
    return {.kind = looksLikeJson ? u"JSON"_s : kindOf(body),
        .text = broken(harmless(shown)),
        .json = false,
        .leftOut = body.size() - shown.size()};
}

} // namespace quorate
