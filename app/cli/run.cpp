// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run.h"

#include "app/cli/accept_command.h"
#include "app/cli/check_config_command.h"
#include "app/cli/demo_server_command.h"
#include "app/cli/doctor_command.h"
#include "app/cli/mute_command.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/cli/status_command.h"

#include <QLoggingCategory>

#include <cstdio>
#include <cstdlib>

namespace quorate {
using namespace Qt::StringLiterals;

int refuse(const UsageError &error)
{
    const QLatin1String command = name(error.command);
    complain(error.text);
    printError(u"Try \"quorate %1--help\"."_s.arg(command.isEmpty() ? QString() : command + u' '));
    return exitUsage;
}

void setLogLevel(LogLevel level)
{
    // Qt's own debug output would bury Quorate's.
    QString rules = u"*.debug=false\n*.info=false\n"_s;
    if (level <= LogLevel::Info)
        rules += u"quorate.*.info=true\n"_s;
    if (level == LogLevel::Debug)
        rules += u"quorate.*.debug=true\n"_s;
    if (level == LogLevel::Critical)
        rules += u"*.warning=false\n"_s;
    QLoggingCategory::setFilterRules(rules);
}

int runCommand(const Arguments &arguments)
{
    if (arguments.help)
        return codeAfter(writeOut(helpText(arguments.command).toUtf8()), 0);
    if (arguments.version)
        return codeAfter(writeOut("quorate " QUORATE_VERSION "\n"), 0);
    switch (arguments.command) {
    case Command::Status:
        return runStatus(arguments);
    case Command::Doctor:
        return runDoctor(arguments);
    case Command::CheckConfig:
        return runCheckConfig(arguments);
    case Command::Accept:
        return runAccept(arguments);
    case Command::Mute:
        return runMute(arguments);
    case Command::DemoServer:
        return runDemoServer(arguments);
    case Command::Window:
        break;
    }
    Q_UNREACHABLE();
}

void leave(int code)
{
    std::fflush(nullptr);
    std::_Exit(code);
}

} // namespace quorate
