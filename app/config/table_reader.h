// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/mistakes.h"

#include <QSet>

#include <optional>

namespace quorate {

/// Reads one table key by key. A value of the wrong kind is a mistake and reads as absent; keys that nobody asked for are unknown.
class TableReader {
public:
    /// `path` is the table's own name in messages ("cluster[2]"), empty for the file. The table must outlive the reader.
    TableReader(const TomlValue &table, QString path, Mistakes &mistakes);

    [[nodiscard]] const TomlEntry *find(QLatin1String key);
    [[nodiscard]] const TomlEntry *find(QLatin1String key, TomlValue::Kind kind);
    /// A line of plain text: not empty, no control characters, no blanks around it.
    [[nodiscard]] std::optional<QString> text(QLatin1String key);
    [[nodiscard]] std::optional<QStringList> texts(QLatin1String key);
    [[nodiscard]] std::optional<qint64> integer(QLatin1String key, qint64 least, qint64 most);
    [[nodiscard]] std::optional<bool> boolean(QLatin1String key);
    /// From 0 up to, but not including, 1.
    [[nodiscard]] std::optional<double> share(QLatin1String key);
    [[nodiscard]] std::optional<Milliseconds> duration(QLatin1String key, Milliseconds least, Milliseconds most);

    /// Call last: what is left is not known. `elsewhere` tells of keys that exist, but not here.
    void finish(const QHash<QString, QString> &elsewhere = {});

    /// Asked for already.
    [[nodiscard]] bool isKnown(QLatin1String key) const { return m_known.contains(key); }
    [[nodiscard]] TomlPosition at() const { return m_table.at; }
    [[nodiscard]] QString name(const QString &key) const;
    void error(const TomlEntry &entry, const QString &text);
    /// Why `text` is no line of plain text; empty when it is one.
    [[nodiscard]] static QString lineProblem(const QString &text);

private:
    const TomlValue &m_table;
    QString m_path;
    Mistakes &m_mistakes;
    QStringList m_known;
};

} // namespace quorate
