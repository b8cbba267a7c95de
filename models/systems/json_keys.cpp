// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/json_keys.h"

#include <QByteArrayList>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <vector>

namespace quorate {

namespace {
/// Without the escapes; two spellings of one key become the same bytes.
QByteArray unescaped(QByteArrayView quoted)
{
    return QJsonDocument::fromJson(QByteArray("[").append(quoted).append(']')).array().at(0).toString().toUtf8();
}

/// Goes through a document from left to right, once, and looks at nothing but brackets and strings.
class KeyReader {
public:
    explicit KeyReader(QByteArrayView json)
        : m_json(json)
    {
    }
    std::optional<QString> repeated();

private:
    struct Open {
        bool object = false;
        size_t firstKey = 0; ///< in m_keys
    };
    [[nodiscard]] qsizetype endOfString() const;
    void takeString();
    std::optional<QByteArrayView> close();

    QByteArrayView m_json;
    qsizetype m_at = 0;
    bool m_keyNext = false;
    std::vector<Open> m_open;
    std::vector<QByteArrayView> m_keys; ///< of all open objects, the innermost last
    QByteArrayList m_unescaped; ///< keeps the bytes of keys that were written with escapes
};

/// One past the closing quote.
qsizetype KeyReader::endOfString() const
{
    for (qsizetype quote = m_at;;) {
        quote = m_json.indexOf('"', quote + 1);
        if (quote < 0)
            return m_json.size();
        qsizetype backslashes = 0;
        while (m_json.at(quote - 1 - backslashes) == '\\')
            ++backslashes;
        if (backslashes % 2 == 0)
            return quote + 1;
    }
}

void KeyReader::takeString()
{
    const qsizetype end = endOfString();
    const QByteArrayView quoted = m_json.sliced(m_at, end - m_at);
    m_at = end;
    if (!m_keyNext)
        return;
    m_keyNext = false;
    QByteArrayView key = quoted.sliced(1, std::max<qsizetype>(0, quoted.size() - 2));
    if (key.contains('\\')) {
        m_unescaped.append(unescaped(quoted));
        key = m_unescaped.constLast();
    }
    m_keys.push_back(key);
}

std::optional<QByteArrayView> KeyReader::close()
{
    if (m_open.empty())
        return std::nullopt;
    const auto first = m_keys.begin() + std::ptrdiff_t(m_open.back().firstKey);
    std::sort(first, m_keys.end());
    const auto twice = std::adjacent_find(first, m_keys.end());
    if (twice != m_keys.end())
        return *twice;
    m_keys.erase(first, m_keys.end());
    m_open.pop_back();
    return std::nullopt;
}

std::optional<QString> KeyReader::repeated()
{
    while (m_at < m_json.size()) {
        const char c = m_json.at(m_at);
        if (c == '"') {
            takeString();
            continue;
        }
        ++m_at;
        if (c == '{' || c == '[') {
            m_open.push_back({c == '{', m_keys.size()});
            m_keyNext = c == '{';
        } else if (c == ',') {
            m_keyNext = !m_open.empty() && m_open.back().object;
        } else if (c == '}' || c == ']') {
            if (const auto twice = close())
                return QString::fromUtf8(*twice);
            m_keyNext = false;
        }
    }
    return std::nullopt;
}
} // namespace

std::optional<QString> repeatedKey(QByteArrayView json) { return KeyReader(json).repeated(); }

} // namespace quorate
