// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "app/config/toml_document.h"

namespace quorate {

/// Collects every mistake of one reading, so that a person mends all of them at once.
class Mistakes {
public:
    void error(TomlPosition at, const QString &key, const QString &text);
    void warning(TomlPosition at, const QString &key, const QString &text);
    [[nodiscard]] bool any() const { return !m_errors.isEmpty(); }
    /// In the order of the file.
    [[nodiscard]] QList<ConfigMistake> errors() const;
    [[nodiscard]] QList<ConfigMistake> warnings() const;

private:
    QList<ConfigMistake> m_errors, m_warnings;
};

/// In the order of the file.
[[nodiscard]] QList<ConfigMistake> sorted(QList<ConfigMistake> mistakes);

} // namespace quorate
