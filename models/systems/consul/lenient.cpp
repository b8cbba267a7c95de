// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/consul/lenient.h"

namespace quorate::consul {

namespace {
bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Whether a value ends with this byte, so that a string after it must be the next key.
bool endsValue(char c) { return c == '}' || c == ']' || c == '"' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

/// One past the closing quote of the string that begins at `from`; the end of the text when it never closes.
qsizetype endOfString(QByteArrayView json, qsizetype from)
{
    for (qsizetype i = from + 1; i < json.size(); ++i) {
        if (json.at(i) == '\\')
            ++i;
        else if (json.at(i) == '"')
            return i + 1;
    }
    return json.size();
}
} // namespace

QByteArray withCommasRepaired(QByteArrayView json)
{
    QByteArray repaired;
    repaired.reserve(json.size() + 8);
    qsizetype last = -1; // of the last byte in `repaired` that is no space
    for (qsizetype i = 0; i < json.size();) {
        const char c = json.at(i);
        if (c == '"') {
            if (last >= 0 && endsValue(repaired.at(last)))
                repaired.insert(last + 1, ',');
            const qsizetype end = endOfString(json, i);
            repaired.append(json.sliced(i, end - i));
            last = repaired.size() - 1;
            i = end;
            continue;
        }
        if ((c == '}' || c == ']') && last >= 0 && repaired.at(last) == ',')
            repaired.remove(last, 1);
        repaired.append(c);
        if (!isSpace(c))
            last = repaired.size() - 1;
        ++i;
    }
    return repaired;
}

} // namespace quorate::consul
