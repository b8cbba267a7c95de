// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>

#include <algorithm>

namespace quorate {

/// Brings the columns `held` of a model to `wanted` by single insertions and removals, without a reset: `first` is the section of the first
/// of them. `insert(section, change)` and `remove(section, change)` wrap the change in the model's begin and end signals.
/// Elements have a member `id`, unique in each list; a column that changed its place is removed and inserted anew.
template <class Column, class Insert, class Remove>
bool mergeColumns(QList<Column> &held, const QList<Column> &wanted, int first, Insert insert, Remove remove)
{
    const auto has = [](const QList<Column> &list, const auto &id) {
        return std::any_of(list.cbegin(), list.cend(), [&](const Column &column) { return column.id == id; });
    };
    for (qsizetype i = held.size() - 1; i >= 0; --i) {
        if (!has(wanted, held.at(i).id))
            remove(first + int(i), [&] { held.removeAt(i); });
    }
    bool renamed = false;
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (i < held.size() && held.at(i).id == wanted.at(i).id) {
            renamed = renamed || !(held.at(i) == wanted.at(i));
            held[i] = wanted.at(i);
            continue;
        }
        for (qsizetype j = i + 1; j < held.size(); ++j) {
            if (held.at(j).id == wanted.at(i).id) {
                remove(first + int(j), [&] { held.removeAt(j); });
                break;
            }
        }
        insert(first + int(i), [&] { held.insert(i, wanted.at(i)); });
    }
    return renamed;
}

} // namespace quorate
