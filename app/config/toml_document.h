// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "models/status/time.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace quorate {

/// Where something stands in the text. Line and column start at 1; columns count code points.
struct TomlPosition {
    int line = 0, column = 0;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 means the 0 that the comparison is made of
    friend auto operator<=>(const TomlPosition &, const TomlPosition &) = default;
};

struct TomlEntry;

/// A value of the file with its place. The parser library stays behind this type.
struct TomlValue {
    enum class Kind { String, Integer, Float, Boolean, Array, Table, DateTime };
    Kind kind = Kind::Table;
    TomlPosition at;
    QString string;
    qint64 integer = 0;
    double number = 0;
    bool boolean = false;
    std::optional<Instant> instant; ///< of a date and time with an offset
    QList<TomlValue> items; ///< of an array
    QList<TomlEntry> entries; ///< of a table, in the order of the file
};

struct TomlEntry {
    QString key;
    TomlPosition at; ///< of the key
    TomlValue value;
};

/// "a string", "an integer" …, for messages.
[[nodiscard]] QString words(TomlValue::Kind kind);

/// The whole text as a table, or the first syntax error. Accepts a UTF-8 byte order mark and CRLF; never quotes long pieces of the text.
[[nodiscard]] Result<TomlValue, ConfigMistake> parseToml(const QByteArray &text);

} // namespace quorate
