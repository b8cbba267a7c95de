// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/options.h"

#include "app/config/duration.h"
#include "app/config/nearest_name.h"
#include "app/config/paths.h"
#include "app/config/table_reader.h"
#include "app/demo/demo_clusters.h"
#include "models/systems/system.h"

#include <QDir>
#include <QRegularExpression>

#include <algorithm>
#include <vector>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString notOneOf(const QString &value, const QStringList &known)
{
    const QString nearest = nearestName(value, known);
    return u"\"%1\" is not one of %2"_s.arg(value, known.join(u", "_s))
        + (nearest.isEmpty() ? QString() : u"; did you mean \"%1\"?"_s.arg(nearest));
}

/// Seconds ("2", "0.5") as curl takes them, or a duration as in the configuration ("1m30s").
std::optional<Milliseconds> seconds(const QString &value)
{
    static const QRegularExpression number(u"\\A\\d{1,6}(\\.\\d{1,3})?\\z"_s);
    return parseDuration(number.match(value).hasMatch() ? value + u's' : value);
}

QString setSeconds(std::optional<Milliseconds> &to, const QString &value, Milliseconds least, Milliseconds most)
{
    to = seconds(value);
    if (to && *to >= least && *to <= most)
        return {};
    return u"\"%1\" is no number of seconds from %2 to %3"_s.arg(value).arg(double(least.count()) / 1000).arg(double(most.count()) / 1000);
}

QString absolute(const QString &path) { return resolvedPath(path, QDir::currentPath()); }

QString setFormat(Arguments &arguments, const QString &value)
{
    const QStringList names{u"text"_s, u"json"_s, u"nagios"_s, u"prometheus"_s};
    const auto index = names.indexOf(value);
    if (index < 0)
        return notOneOf(value, names);
    arguments.format = ReportFormat(index);
    return {};
}

QString setLogLevel(Arguments &arguments, const QString &value)
{
    const QStringList names{u"debug"_s, u"info"_s, u"warning"_s, u"critical"_s};
    const auto index = names.indexOf(value);
    if (index < 0)
        return notOneOf(value, names);
    arguments.logLevel = LogLevel(index);
    return {};
}

QString setSystem(Arguments &arguments, const QString &value)
{
    QStringList names;
    for (const System *system : systems())
        names.append(system->name);
    arguments.target.system = value;
    return names.contains(value) ? QString() : notOneOf(value, names);
}

QString setScenario(Arguments &arguments, const QString &value)
{
    arguments.scenario = value;
    if (isDemoScenario(value) || value == listScenarios)
        return {};
    if (!value.startsWith("code:"_L1))
        return notOneOf(value, demoScenarios() + QStringList{u"codes"_s, u"code:CODE"_s});
    return u"no reason code is called \"%1\"; \"quorate demo-server --scenario list\" names them%2"_s.arg(
        value.mid(5), nearestHint(value, codeScenarioNames()));
}

QString setPortBase(Arguments &arguments, const QString &value)
{
    bool ok = false;
    const uint port = value.toUInt(&ok);
    if (!ok || port < 1 || port > 65'000)
        return u"\"%1\" is no port from 1 to 65000"_s.arg(value);
    arguments.portBase = quint16(port);
    return {};
}

QString setVoters(Arguments &arguments, const QString &value)
{
    bool ok = false;
    const int voters = value.toInt(&ok);
    if (!ok || voters < 1 || voters > 1'000)
        return u"\"%1\" is no number of voters from 1 to 1000"_s.arg(value);
    arguments.target.expectedVoters = voters;
    return {};
}

QString setWhatIf(Arguments &arguments, const QString &value)
{
    for (const QString &peer : value.split(u',')) {
        if (peer.trimmed().isEmpty())
            return u"\"%1\" is no list like node-1,node-2"_s.arg(value);
        arguments.whatIf.append(peer.trimmed());
    }
    return {};
}

QString setTokenVariable(Arguments &arguments, const QString &value)
{
    static const QRegularExpression variable(u"\\A[A-Za-z_][A-Za-z0-9_]*\\z"_s);
    arguments.target.tokenVariable = value;
    // Perhaps the token itself, by mistake: not repeated.
    return variable.match(value).hasMatch() ? QString()
                                            : u"this is no name of an environment variable; the token itself does not belong here"_s;
}

QString setSize(Arguments &arguments, const QString &value)
{
    static const QRegularExpression size(u"\\A(\\d{2,5})x(\\d{2,5})\\z"_s);
    const auto match = size.match(value);
    arguments.pictureSize = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    const bool fits = match.hasMatch() && QSize(10'000, 10'000).expandedTo(arguments.pictureSize) == QSize(10'000, 10'000);
    return fits ? QString() : u"\"%1\" is no size like 1366x768, at most 10000x10000"_s.arg(value);
}

const QList<Command> everywhere(allCommands.begin(), allCommands.end());
const QList<Command> polling{Command::Status, Command::Doctor};
const QList<Command> window{Command::Window};
const QList<Command> status{Command::Status};

const std::vector<Option> &table()
{
    static const std::vector<Option> rows{
        {"--config"_L1, {}, "FILE"_L1,
            {Command::Window, Command::Status, Command::Doctor, Command::CheckConfig, Command::Accept, Command::Mute},
            "the configuration, instead of the usual one"_L1,
            [](Arguments &a, const QString &v) {
                a.configPath = absolute(v);
                return QString();
            }},
        {"--demo"_L1, {}, {}, {Command::Window, Command::Status, Command::Doctor}, "the simulated clusters instead of a configuration"_L1,
            [](Arguments &a, const QString &) {
                a.demo = true;
                return QString();
            }},
        {"--scenario"_L1, {}, "NAME"_L1, {Command::Window, Command::Status, Command::Doctor, Command::DemoServer},
            "what happens to the simulated clusters (tour), or code:CODE; \"demo-server --scenario list\" names them all"_L1, setScenario},
        {"--picture"_L1, {}, "DIR"_L1, window, "render every page into PNG files in DIR, and leave"_L1,
            [](Arguments &a, const QString &v) {
                a.pictureFolder = absolute(v);
                return QString();
            }},
        {"--size"_L1, {}, "WxH"_L1, window, "with --picture: the window's size (1366x768)"_L1, setSize},
        {"--after"_L1, {}, "SECONDS"_L1, window, "with --picture: wait so long first, such as for what is being checked (6)"_L1,
            [](Arguments &a, const QString &v) { return setSeconds(a.pictureAfter, v, 0s, 1h); }},
        {"--dark"_L1, {}, {}, window, "with --picture: the dark palette"_L1,
            [](Arguments &a, const QString &) {
                a.dark = true;
                return QString();
            }},

        {"--system"_L1, {}, "S"_L1, polling, "the system behind --url: bufstream, consul or osapi"_L1, setSystem},
        {"--url"_L1, {}, "URL"_L1, polling, "ask this endpoint instead of a configuration; may be repeated"_L1,
            [](Arguments &a, const QString &v) {
                a.target.urls.append(v);
                return QString();
            }},
        {"--name"_L1, {}, "N"_L1, polling, "with --url: the cluster's name in the report"_L1,
            [](Arguments &a, const QString &v) {
                a.target.name = v;
                return QString();
            }},
        {"--timeout"_L1, {}, "S"_L1, polling, "with --url: total seconds for one request (10)"_L1,
            [](Arguments &a, const QString &v) { return setSeconds(a.target.timeout, v, 100ms, 300s); }},
        {"--cacert"_L1, {}, "FILE"_L1, polling, "with --url: certificate authority, PEM"_L1,
            [](Arguments &a, const QString &v) {
                a.target.tls.caFile = absolute(v);
                return QString();
            }},
        {"--cert"_L1, {}, "FILE"_L1, polling, "with --url: client certificate, PEM"_L1,
            [](Arguments &a, const QString &v) {
                a.target.tls.certificateFile = absolute(v);
                return QString();
            }},
        {"--key"_L1, {}, "FILE"_L1, polling, "with --url: the client certificate's key, PEM"_L1,
            [](Arguments &a, const QString &v) {
                a.target.tls.keyFile = absolute(v);
                return QString();
            }},
        {"--insecure"_L1, {}, {}, polling, "with --url: do not check the server's certificate"_L1,
            [](Arguments &a, const QString &) {
                a.target.tls.insecure = true;
                return QString();
            }},
        {"--servername"_L1, {}, "N"_L1, polling, "with --url: the name that the certificate must be for"_L1,
            [](Arguments &a, const QString &v) {
                a.target.tls.serverName = v;
                return QString();
            }},
        {"--token-env"_L1, {}, "NAME"_L1, polling, "with --url: the environment variable that holds the token"_L1, setTokenVariable},
        {"--token-file"_L1, {}, "F"_L1, polling, "with --url: the file that holds the token"_L1,
            [](Arguments &a, const QString &v) {
                a.target.tokenFile = absolute(v);
                return QString();
            }},
        {"--expected-voters"_L1, {}, "N"_L1, polling, "with --url: how many Raft voters there should be"_L1, setVoters},

        {"--format"_L1, {}, "F"_L1, status, "text, json (schema 1), nagios or prometheus"_L1, setFormat},
        {"--exit-code"_L1, {}, {}, status, "exit 0 Ok, 1 Warning, 2 Critical, 3 Unknown"_L1,
            [](Arguments &a, const QString &) {
                a.exitCode = true;
                return QString();
            }},
        {"--quiet"_L1, "-q"_L1, {}, status, "print nothing; implies --exit-code"_L1,
            [](Arguments &a, const QString &) {
                a.quiet = a.exitCode = true;
                return QString();
            }},
        {"--watch"_L1, {}, "[SECONDS]"_L1, status,
            "repeat, judging over time; json: one document a line; Ctrl-C leaves with the verdict's code"_L1,
            [](Arguments &a, const QString &v) {
                a.watch = true;
                return v.isEmpty() ? QString() : setSeconds(a.watchEvery, v, 1s, 24h);
            }},
        {"--agents"_L1, {}, {}, {Command::Accept}, "the agents that are there now, too: those that left are missed no more"_L1,
            [](Arguments &a, const QString &) {
                a.agents = true;
                return QString();
            }},
        {"--what-if"_L1, {}, "ADDR,ADDR"_L1, status, "what would be left if these Raft peers failed (names or addresses)"_L1, setWhatIf},
        {"--schema"_L1, {}, {}, status, "print the JSON Schema of --format json, and leave"_L1,
            [](Arguments &a, const QString &) {
                a.schema = true;
                return QString();
            }},
        {"--note"_L1, {}, "TEXT"_L1, {Command::Mute}, "why; shown beside the time"_L1,
            [](Arguments &a, const QString &v) {
                a.note = v;
                const QString problem = TableReader::lineProblem(v);
                return problem.isEmpty() ? QString() : u"the text "_s + problem;
            }},
        {"--save-replies"_L1, {}, "DIR"_L1, {Command::Doctor}, "save every reply there, without secrets, for a bug report"_L1,
            [](Arguments &a, const QString &v) {
                a.saveReplies = absolute(v);
                return QString();
            }},
        {"--example"_L1, {}, {}, {Command::CheckConfig}, "print a commented configuration to begin with, and leave"_L1,
            [](Arguments &a, const QString &) {
                a.example = true;
                return QString();
            }},
        {"--port-base"_L1, {}, "N"_L1, {Command::DemoServer}, "the first of nine ports (free ones)"_L1, setPortBase},

        {"--help"_L1, "-h"_L1, {}, everywhere, "this text"_L1,
            [](Arguments &a, const QString &) {
                a.help = true;
                return QString();
            }},
        {"--version"_L1, {}, {}, everywhere, "the version"_L1,
            [](Arguments &a, const QString &) {
                a.version = true;
                return QString();
            }},
        {"--log-level"_L1, {}, "L"_L1, everywhere, "debug, info, warning or critical, on stderr (warning)"_L1, setLogLevel},
    };
    return rows;
}

} // namespace

std::span<const Option> options() { return table(); }

const Option *optionNamed(const QString &name)
{
    const auto &rows = table();
    const auto found = std::find_if(
        rows.begin(), rows.end(), [&](const Option &o) { return o.name == name || (!o.shortName.isEmpty() && o.shortName == name); });
    return found == rows.end() ? nullptr : &*found;
}

bool isFor(const Option &option, Command command) { return option.commands.contains(command); }

} // namespace quorate
