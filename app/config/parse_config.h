// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"

#include <QByteArray>

namespace quorate {

/// A configuration is written by hand; anything longer is another file.
inline constexpr qint64 maximumConfigBytes = 1024 * 1024;

/// TOML → Config, or every mistake of meaning in the order of the file (of syntax: the first). `path` is where the text came from, for
/// relative paths and for the check who can read it; empty for a text that is no file. `systems` are the known names.
/// `warnings`, when given, receives what is accepted but should be mended, also when there are errors.
[[nodiscard]] Result<Config, ConfigErrors> parseConfig(
    const QByteArray &text, const QString &path, const QStringList &systems, QList<ConfigMistake> *warnings = nullptr);

/// The file's bytes, or why not (line 0).
[[nodiscard]] Result<QByteArray, ConfigMistake> readConfigFile(const QString &path);

/// Both in one.
[[nodiscard]] Result<Config, ConfigErrors> readConfig(
    const QString &path, const QStringList &systems, QList<ConfigMistake> *warnings = nullptr);

/// "~/.config/quorate/config.toml:12:5: cluster[2].interval: a duration needs a unit; write "10s"".
[[nodiscard]] QString mistakeLine(const QString &path, const ConfigMistake &mistake);

} // namespace quorate
