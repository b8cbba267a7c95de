// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/options.h"

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

struct Description {
    QLatin1String usage, text;
};

Description describe(Command command)
{
    switch (command) {
    case Command::Window:
        return {"quorate [OPTION...]"_L1,
            "Opens the window: every configured cluster, its state and why.\n\n"
            "Commands, which need no display (\"quorate COMMAND --help\" tells more):\n"
            "  status         one round of polls, then the verdict\n"
            "  doctor         each step of each request, and what its failure means\n"
            "  check-config   every mistake of the configuration with its line and column\n"
            "  accept         takes a cluster's size and dead letters as they are now for right\n"
            "  mute           maintenance of a cluster or an endpoint until a time\n"
            "  demo-server    the simulated clusters alone"_L1};
    case Command::Status:
        return {"quorate status [CLUSTER...] [OPTION...]\n       quorate status --system S --url URL... [OPTION...]"_L1,
            "Polls every configured cluster (or the named ones, or the URLs) once and prints the verdict."_L1};
    case Command::Doctor:
        return {"quorate doctor [CLUSTER...] [OPTION...]\n       quorate doctor --system S --url URL... [OPTION...]"_L1,
            "Shows each step of each request: name, connection, TLS, HTTP, what was understood; and what to do about a failure."_L1};
    case Command::CheckConfig:
        return {"quorate check-config [FILE]\n       quorate check-config --example"_L1,
            "Reads the configuration and names every mistake as FILE:LINE:COLUMN. Exits with 1 if there is one."_L1};
    case Command::Accept:
        return {"quorate accept CLUSTER [--agents] [--config FILE]"_L1,
            "Polls the cluster once and remembers what it has now as right: the number of its Raft voters, which is no longer too small, "
            "and\n"
            "the dead letters of its queues, which are known from now on; with --agents also that no other agents are missed. A window that is open takes it over within seconds."_L1};
    case Command::Mute:
        return {"quorate mute NAME TIME [--note TEXT] [--config FILE]\n       quorate mute NAME off\n       quorate mute"_L1,
            "Puts a cluster (its name) or an endpoint (its URL or host) in maintenance for a time like 30m, 2h or 1d, 30d at most: it is\n"
            "judged and recorded as ever, but nobody is told. \"off\" ends it; without a name, lists what is in maintenance. Nothing is\n"
            "polled; a window that is open takes it over within seconds."_L1};
    case Command::DemoServer:
        return {"quorate demo-server [OPTION...]"_L1,
            "Runs the simulated clusters on loopback until Ctrl-C, and prints their URLs and a configuration for them.\n"
            "--scenario code:CODE raises one reason code, and heals and breaks with each Return; --scenario codes raises all of them,\n"
            "each in a cluster of its own; --scenario list names them."_L1};
    }
    Q_UNREACHABLE();
}

QString optionHead(const Option &option)
{
    QString head = u"  "_s + option.name;
    if (!option.shortName.isEmpty())
        head += u", "_s + option.shortName;
    return option.value.isEmpty() ? head : head + u' ' + option.value;
}

} // namespace

QLatin1String name(Command command)
{
    switch (command) {
    case Command::Window:
        return {};
    case Command::Status:
        return "status"_L1;
    case Command::Doctor:
        return "doctor"_L1;
    case Command::CheckConfig:
        return "check-config"_L1;
    case Command::Accept:
        return "accept"_L1;
    case Command::Mute:
        return "mute"_L1;
    case Command::DemoServer:
        return "demo-server"_L1;
    }
    Q_UNREACHABLE();
}

QString helpText(Command command)
{
    const Description description = describe(command);
    QString text = u"Usage: %1\n\n%2\n\nOptions:\n"_s.arg(description.usage, description.text);
    for (const Option &option : options()) {
        if (isFor(option, command))
            text += optionHead(option).leftJustified(24) + u"  "_s + option.help + u'\n';
    }
    return text;
}

} // namespace quorate
