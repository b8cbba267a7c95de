// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/nearest_name.h"

#include <algorithm>
#include <vector>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

/// Insertions, deletions, replacements and swaps of neighbours.
int distance(const QString &a, const QString &b)
{
    const auto columns = size_t(b.size()) + 1;
    std::vector<int> older(columns), previous(columns), current(columns);
    for (size_t j = 0; j < columns; ++j)
        previous[j] = int(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        current[0] = int(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = size_t(j);
            const int change = a[i - 1] == b[j - 1] ? 0 : 1;
            current[at] = std::min({previous[at] + 1, current[at - 1] + 1, previous[at - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                current[at] = std::min(current[at], older[at - 2] + 1);
        }
        older.swap(previous);
        previous.swap(current);
    }
    return previous[columns - 1];
}

} // namespace

QString nearestName(const QString &word, const QStringList &known)
{
    constexpr qsizetype longest = 100; // nobody mistypes more; keeps the work small for garbage
    if (word.isEmpty() || word.size() > longest)
        return {};
    QString best;
    int fewest = std::max(1, int(word.size()) / 3) + 1;
    for (const QString &name : known) {
        if (name.size() > longest)
            continue;
        const int mistakes = distance(word.toLower(), name.toLower());
        if (mistakes < fewest) {
            fewest = mistakes;
            best = name;
        }
    }
    return best;
}

QString nearestHint(const QString &word, const QStringList &known)
{
    const QString nearest = nearestName(word, known);
    if (!nearest.isEmpty())
        return u"; did you mean \"%1\"?"_s.arg(nearest);
    if (known.isEmpty())
        return {};
    constexpr qsizetype shown = 20; // a person reads no more of them
    const QString rest = known.size() > shown ? u" and %1 more"_s.arg(known.size() - shown) : QString();
    return u"; known are "_s + known.first(std::min(shown, known.size())).join(u", "_s) + rest;
}

} // namespace quorate
