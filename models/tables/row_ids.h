// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QSet>
#include <QString>

namespace quorate {

/// Ids of the rows of one table: a server may send a name twice, a table must not have an id twice.
class RowIds {
public:
    /// `id`, or with an apostrophe or more behind it when it was given before.
    [[nodiscard]] QString unique(QString id)
    {
        while (m_given.contains(id))
            id += u'\'';
        m_given.insert(id);
        return id;
    }

private:
    QSet<QString> m_given;
};

} // namespace quorate
