// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/mistakes.h"

#include <algorithm>
#include <tuple>

namespace quorate {

void Mistakes::error(TomlPosition at, const QString &key, const QString &text)
{
    m_errors.append({.line = at.line, .column = at.column, .key = key, .text = text});
}

void Mistakes::warning(TomlPosition at, const QString &key, const QString &text)
{
    m_warnings.append({.line = at.line, .column = at.column, .key = key, .text = text, .warning = true});
}

QList<ConfigMistake> Mistakes::errors() const { return sorted(m_errors); }

QList<ConfigMistake> Mistakes::warnings() const { return sorted(m_warnings); }

QList<ConfigMistake> sorted(QList<ConfigMistake> mistakes)
{
    std::stable_sort(mistakes.begin(), mistakes.end(),
        [](const auto &a, const auto &b) { return std::tie(a.line, a.column) < std::tie(b.line, b.column); });
    return mistakes;
}

} // namespace quorate
