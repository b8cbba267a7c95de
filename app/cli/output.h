// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>

namespace quorate {

/// How writing to standard output went. `Closed`: nobody reads any more ("| head"), which is no fault.
enum class Written { Yes, Closed, Failed };

/// Writes all of it to standard output, unbuffered, so that a reader of a pipe sees each report at once.
Written writeOut(const QByteArray &bytes);
/// "quorate: text" on standard error; every line break inside becomes a blank.
void complain(const QString &text);
/// Lines as they are on standard error.
void printError(const QString &text);

/// Severities may be coloured: a terminal, and NO_COLOR is not set.
[[nodiscard]] bool wantsColour();

/// The exit code after the last report: a reader that has gone changes nothing, a full disk is an error of use.
[[nodiscard]] int codeAfter(Written written, int code);

} // namespace quorate
