// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/bufstream/html_table.h"

#include <algorithm>
#include <array>

namespace quorate::bufstream {
using namespace Qt::StringLiterals;

namespace {
// What a hostile page may make us keep.
constexpr qsizetype cellLimit = 32, looksLimit = 32, textLimit = 8192, valueLimit = 400;

bool isLetter(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }

QString decoded(QStringView entity)
{
    struct Named {
        QLatin1String name;
        char16_t character;
    };
    static constexpr std::array named{Named{"amp"_L1, u'&'}, Named{"lt"_L1, u'<'}, Named{"gt"_L1, u'>'}, Named{"quot"_L1, u'"'},
        Named{"apos"_L1, u'\''}, Named{"nbsp"_L1, u' '}, Named{"check"_L1, u'✓'}, Named{"cross"_L1, u'✗'}};
    const auto found = std::find_if(named.begin(), named.end(), [&](const Named &n) { return entity == n.name; });
    if (found != named.end())
        return QString(QChar(found->character));
    if (!entity.startsWith(u'#'))
        return {};
    const bool hexadecimal = entity.mid(1).startsWith(u'x', Qt::CaseInsensitive);
    bool ok = false;
    const uint code = entity.mid(hexadecimal ? 2 : 1).toUInt(&ok, hexadecimal ? 16 : 10);
    if (!ok || code == 0 || code > QChar::LastValidCodePoint || QChar::isSurrogate(code))
        return {};
    const char32_t character = code;
    return QString::fromUcs4(&character, 1);
}

/// An entity that is not known stays as it was written.
QString withoutEntities(QStringView text)
{
    constexpr qsizetype longestEntity = 10;
    QString result;
    while (!text.isEmpty()) {
        const qsizetype ampersand = text.indexOf(u'&');
        result += text.left(ampersand < 0 ? text.size() : ampersand);
        if (ampersand < 0)
            break;
        text = text.mid(ampersand);
        const qsizetype end = text.left(longestEntity).indexOf(u';');
        const QString character = end < 0 ? QString() : decoded(text.mid(1, end - 1));
        result += character.isEmpty() ? u"&"_s : character;
        text = text.mid(character.isEmpty() ? 1 : end + 1);
    }
    return result;
}

struct Tag {
    QString name; ///< lower case
    bool closing = false;
    QList<QPair<QString, QString>> attributes;
};

/// Reads a page from left to right, once.
class Scanner {
public:
    Scanner(QStringView page, qsizetype limit)
        : m_page(page)
        , m_limit(limit)
    {
    }
    HtmlTables tables();

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_page.size(); }
    void skipPast(QStringView mark);
    void skipSpaces();
    Tag readTag();
    QString readAttributeValue();
    void apply(const Tag &tag);
    void addText(QStringView text);
    void endRow();

    QStringView m_page;
    qsizetype m_limit = 0, m_at = 0;
    QList<HtmlRow> m_rows;
    HtmlRow m_row;
    QList<int> m_tables; ///< open ones
    int m_tableCount = 0;
    bool m_inCell = false, m_inTitle = false, m_inPage = false;
};

void Scanner::skipPast(QStringView mark)
{
    const qsizetype found = m_page.indexOf(mark, m_at, Qt::CaseInsensitive);
    m_at = found < 0 ? m_page.size() : found + mark.size();
}

void Scanner::skipSpaces()
{
    while (!atEnd() && m_page.at(m_at).isSpace())
        ++m_at;
}

QString Scanner::readAttributeValue()
{
    skipSpaces();
    const QChar quote = atEnd() ? QChar() : m_page.at(m_at);
    const qsizetype from = quote == u'"' || quote == u'\'' ? ++m_at : m_at;
    if (quote == u'"' || quote == u'\'') {
        const qsizetype end = m_page.indexOf(quote, m_at);
        m_at = end < 0 ? m_page.size() : end + 1;
        return withoutEntities(m_page.mid(from, std::min((end < 0 ? m_page.size() : end) - from, valueLimit)));
    }
    while (!atEnd() && !m_page.at(m_at).isSpace() && m_page.at(m_at) != u'>')
        ++m_at;
    return withoutEntities(m_page.mid(from, std::min(m_at - from, valueLimit)));
}

Tag Scanner::readTag()
{
    Tag tag;
    ++m_at; // <
    tag.closing = !atEnd() && m_page.at(m_at) == u'/';
    m_at += tag.closing ? 1 : 0;
    const auto word = [this] {
        const qsizetype from = m_at;
        while (!atEnd() && !m_page.at(m_at).isSpace() && m_page.at(m_at) != u'>' && m_page.at(m_at) != u'=' && m_page.at(m_at) != u'/')
            ++m_at;
        return m_page.mid(from, std::min(m_at - from, valueLimit)).toString().toLower();
    };
    tag.name = word();
    for (skipSpaces(); !atEnd() && m_page.at(m_at) != u'>'; skipSpaces()) {
        const QString name = word();
        skipSpaces();
        if (!atEnd() && m_page.at(m_at) == u'=') {
            ++m_at;
            const QString value = readAttributeValue();
            if (tag.attributes.size() < looksLimit)
                tag.attributes.append({name, value});
        } else if (name.isEmpty()) {
            ++m_at; // a stray slash
        }
    }
    ++m_at; // >
    return tag;
}

void Scanner::endRow()
{
    for (HtmlCell &cell : m_row.cells)
        cell.text = cell.text.simplified();
    if (!m_row.cells.isEmpty())
        m_rows.append(std::exchange(m_row, {}));
    m_inCell = m_inTitle = false;
}

void Scanner::apply(const Tag &tag)
{
    const bool isCell = tag.name == "td"_L1 || tag.name == "th"_L1;
    if (tag.name == "tr"_L1 || tag.name == "table"_L1)
        endRow();
    if (tag.name == "table"_L1 && !tag.closing)
        m_tables.append(++m_tableCount);
    else if (tag.name == "table"_L1 && !m_tables.isEmpty())
        m_tables.removeLast();
    if (tag.name == "html"_L1)
        m_inPage = !tag.closing;
    if (isCell)
        m_inCell = !tag.closing && m_row.cells.size() < cellLimit;
    if (isCell && m_inCell) {
        m_row.table = m_tables.isEmpty() ? 0 : m_tables.last();
        m_row.cells.append(HtmlCell{});
    }
    m_inTitle = m_inCell && tag.name == "title"_L1 && !tag.closing;
    if (m_inCell && !tag.closing) {
        HtmlCell &cell = m_row.cells.last();
        cell.looks += tag.attributes.mid(0, std::max<qsizetype>(0, looksLimit - cell.looks.size()));
        if (tag.name == "br"_L1 || tag.name == "p"_L1 || tag.name == "div"_L1 || tag.name == "li"_L1)
            cell.text += u' ';
    }
}

void Scanner::addText(QStringView text)
{
    if (!m_inCell || text.isEmpty())
        return;
    HtmlCell &cell = m_row.cells.last();
    const QString shown = withoutEntities(text.left(std::max<qsizetype>(0, textLimit - cell.text.size())));
    if (!m_inTitle)
        cell.text += shown;
    else if (cell.looks.size() < looksLimit)
        cell.looks.append({u"title"_s, shown});
}

HtmlTables Scanner::tables()
{
    while (!atEnd() && m_rows.size() < m_limit) {
        const qsizetype open = m_page.indexOf(u'<', m_at);
        addText(m_page.mid(m_at, open < 0 ? -1 : open - m_at));
        m_at = open < 0 ? m_page.size() : open;
        if (atEnd())
            break;
        const QChar next = m_at + 1 < m_page.size() ? m_page.at(m_at + 1) : QChar();
        if (m_page.mid(m_at).startsWith("<!--"_L1)) {
            skipPast(u"-->");
        } else if (next == u'!' || next == u'?') {
            skipPast(u">");
        } else if (isLetter(next) || next == u'/') {
            const Tag tag = readTag();
            if (!tag.closing && (tag.name == "script"_L1 || tag.name == "style"_L1)) {
                skipPast(tag.name == "script"_L1 ? u"</script" : u"</style");
                skipPast(u">");
            }
            apply(tag);
        } else {
            addText(u"<");
            ++m_at;
        }
    }
    const bool cut = !atEnd() && m_rows.size() >= m_limit;
    endRow();
    return {m_rows.mid(0, m_limit), m_tables.isEmpty() && !m_inPage && !cut};
}
} // namespace

HtmlTables htmlTables(QStringView page, qsizetype limit) { return Scanner(page, limit).tables(); }

} // namespace quorate::bufstream
