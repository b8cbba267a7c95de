// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"

#include <span>

namespace quorate {

/// One row of the table from which the parser and the help are made.
struct Option {
    QLatin1String name; ///< "--format"
    QLatin1String shortName; ///< "-q"; mostly empty
    QLatin1String value; ///< "FILE"; empty: a switch; in brackets: may be left out
    QList<Command> commands; ///< where it may stand
    QLatin1String help;
    /// Stores the value; returns what is wrong with it, empty when nothing is.
    QString (*apply)(Arguments &arguments, const QString &value);
};

[[nodiscard]] std::span<const Option> options();
/// By name or short name; null when there is none.
[[nodiscard]] const Option *optionNamed(const QString &name);
[[nodiscard]] bool isFor(const Option &option, Command command);

inline constexpr std::array allCommands{
    Command::Window, Command::Status, Command::Doctor, Command::CheckConfig, Command::Accept, Command::Mute, Command::DemoServer};

/// For the whole program, or for one command.
[[nodiscard]] QString helpText(Command command);

} // namespace quorate
