// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"

#include "app/cli/options.h"
#include "app/config/duration.h"
#include "app/config/nearest_name.h"
#include "models/judge/maintenance.h"
#include "models/status/facts.h"

#include <QSet>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

constexpr Milliseconds leastMute = std::chrono::minutes(1);

QString shown(const QString &word) { return boundedText(word, 80); }

class Parser {
public:
    explicit Parser(QStringList words)
        : m_rest(std::move(words))
    {
    }
    Result<Arguments, UsageError> parse();

private:
    [[nodiscard]] QString option(const QString &word);
    [[nodiscard]] QString valueOf(const Option &option, const std::optional<QString> &attached, QString &value);
    [[nodiscard]] QString place();
    [[nodiscard]] QString commandNamed(const QString &word);
    [[nodiscard]] QString operands();
    [[nodiscard]] QString muteOperands();
    [[nodiscard]] QString targetProblem() const;
    [[nodiscard]] QString combinationProblem() const;
    [[nodiscard]] bool has(const char *option) const { return m_given.contains(QLatin1String(option)); }

    QStringList m_rest, m_operands;
    QList<QString> m_given; ///< names of the options, in order
    Arguments m_arguments;
};

Result<Arguments, UsageError> Parser::parse()
{
    bool onlyOperands = false, commandSeen = false;
    while (!m_rest.isEmpty()) {
        const QString word = m_rest.takeFirst();
        QString problem;
        if (!onlyOperands && word == "--"_L1)
            onlyOperands = true;
        else if (!onlyOperands && word.size() > 1 && word.startsWith(u'-'))
            problem = option(word);
        else if (!std::exchange(commandSeen, true))
            problem = commandNamed(word);
        else
            m_operands.append(word);
        if (!problem.isEmpty())
            return UsageError{problem, m_arguments.command};
    }
    if (const QString problem = place(); !problem.isEmpty())
        return UsageError{problem, m_arguments.command};
    if (m_arguments.help || m_arguments.version)
        return m_arguments;
    const QStringList problems{operands(), targetProblem(), combinationProblem()}; // in this order
    for (const QString &problem : problems) {
        if (!problem.isEmpty())
            return UsageError{problem, m_arguments.command};
    }
    return m_arguments;
}

QString Parser::commandNamed(const QString &word)
{
    QStringList names;
    for (const Command command : allCommands) {
        if (command != Command::Window && word == name(command)) {
            m_arguments.command = command;
            return {};
        }
        if (command != Command::Window)
            names.append(name(command));
    }
    return u"unknown command \"%1\""_s.arg(shown(word)) + nearestHint(word, names);
}

QString Parser::option(const QString &word)
{
    const qsizetype equals = word.startsWith("--"_L1) ? word.indexOf(u'=') : -1;
    const QString optionName = equals < 0 ? word : word.left(equals);
    const Option *known = optionNamed(optionName);
    if (!known) {
        QStringList names;
        for (const Option &row : options()) {
            if (m_arguments.command == Command::Window || isFor(row, m_arguments.command))
                names.append(row.name);
        }
        const QString nearest = nearestName(optionName, names);
        return u"unknown option \"%1\""_s.arg(shown(optionName))
            + (nearest.isEmpty() ? QString() : u"; did you mean \"%1\"?"_s.arg(nearest));
    }
    m_given.append(known->name);
    QString value;
    if (const QString problem = valueOf(*known, equals < 0 ? std::nullopt : std::optional(word.mid(equals + 1)), value); !problem.isEmpty())
        return problem;
    const QString problem = known->apply(m_arguments, value);
    return problem.isEmpty() ? QString() : u"%1: %2"_s.arg(known->name, boundedText(problem, 300));
}

QString Parser::valueOf(const Option &option, const std::optional<QString> &attached, QString &value)
{
    if (option.value.isEmpty())
        return attached ? u"%1 takes no value"_s.arg(option.name) : QString();
    if (attached) {
        value = *attached;
        return value.isEmpty() ? u"%1 needs a value: %1=%2"_s.arg(option.name, option.value) : QString();
    }
    if (option.value.startsWith(u'[')) { // may be left out: only a number is taken for it, anything else is the next word
        if (!m_rest.isEmpty() && !m_rest.first().isEmpty() && m_rest.first().front().isDigit())
            value = m_rest.takeFirst();
        return {};
    }
    if (m_rest.isEmpty() || m_rest.first().isEmpty() || m_rest.first().startsWith("--"_L1))
        return u"%1 needs a value: %1 %2"_s.arg(option.name, option.value);
    value = m_rest.takeFirst();
    return {};
}

/// Options may stand before the command, so this is known only at the end.
QString Parser::place()
{
    QSet<QString> once;
    for (const QString &given : std::as_const(m_given)) {
        const Option &option = *optionNamed(given);
        if (!isFor(option, m_arguments.command)) {
            QStringList where;
            for (const Command command : option.commands)
                where.append(command == Command::Window ? u"the window"_s : u"quorate "_s + name(command));
            return u"%1 belongs to %2"_s.arg(given, where.join(u" and "_s));
        }
        if (!option.value.isEmpty() && given != "--url"_L1 && once.contains(given))
            return u"%1 stands there twice"_s.arg(given);
        once.insert(given);
    }
    return {};
}

QString Parser::operands()
{
    switch (m_arguments.command) {
    case Command::Window:
        return {};
    case Command::Status:
    case Command::Doctor:
        // "--url A B" as well as "--url A --url B": beside URLs there are no names of clusters.
        (m_arguments.target.urls.isEmpty() ? m_arguments.clusters : m_arguments.target.urls) += m_operands;
        return {};
    case Command::Accept:
        if (m_operands.size() != 1)
            return u"accept takes the name of one cluster, not %1"_s.arg(m_operands.size());
        m_arguments.clusters = m_operands;
        return {};
    case Command::Mute:
        return muteOperands();
    case Command::CheckConfig:
        if (m_operands.size() > 1)
            return u"check-config takes one file, not %1"_s.arg(m_operands.size());
        if (!m_operands.isEmpty() && has("--config"))
            return u"--config and \"%1\" exclude each other"_s.arg(shown(m_operands.first()));
        if (!m_operands.isEmpty())
            m_arguments.configPath = m_operands.first();
        return {};
    case Command::DemoServer:
        return m_operands.isEmpty() ? QString() : u"demo-server takes no \"%1\""_s.arg(shown(m_operands.first()));
    }
    Q_UNREACHABLE();
}

/// Nothing, or a name and how long.
QString Parser::muteOperands()
{
    if (m_operands.isEmpty())
        return has("--note") ? u"--note needs a name and a time"_s : QString();
    if (m_operands.size() != 2)
        return u"mute takes a name and a time, like \"quorate mute consul-prod 2h\", or \"off\" instead of the time"_s;
    if (m_operands.first().isEmpty())
        return u"the name is empty"_s;
    m_arguments.muteName = m_operands.first();
    const QString &time = m_operands.last();
    if (time == "off"_L1)
        return has("--note") ? u"--note and \"off\" exclude each other"_s : QString();
    m_arguments.muteFor = parseDuration(time);
    if (!m_arguments.muteFor)
        return u"\"%1\" is not a time; write 30m, 2h, 1d or off"_s.arg(shown(time));
    if (*m_arguments.muteFor < leastMute || *m_arguments.muteFor > longestMute)
        return u"%1 is out of range; write %2 to %3"_s.arg(shown(time), durationText(leastMute), durationText(longestMute));
    return {};
}

QString Parser::targetProblem() const
{
    const bool url = has("--url");
    if (url && !has("--system"))
        return u"--url needs --system: bufstream, consul or osapi"_s;
    for (const char *option : {"--system", "--name", "--timeout", "--cacert", "--cert", "--key", "--insecure", "--servername",
             "--token-env", "--token-file", "--expected-voters"}) {
        if (has(option) && !url)
            return u"%1 needs --url"_s.arg(QLatin1String(option));
    }
    for (const char *option : {"--config", "--demo"}) {
        if (has(option) && url)
            return u"%1 and --url exclude each other"_s.arg(QLatin1String(option));
    }
    if (has("--expected-voters") && m_arguments.target.system != "consul"_L1)
        return u"--expected-voters is for consul; nobody votes in %1"_s.arg(m_arguments.target.system);
    if (has("--token-env") && has("--token-file"))
        return u"--token-env and --token-file exclude each other"_s;
    if (has("--key") && !has("--cert"))
        return u"--key needs --cert"_s;
    return {};
}

QString Parser::combinationProblem() const
{
    if (has("--config") && has("--demo"))
        return u"--config and --demo exclude each other"_s;
    if (has("--scenario") && !has("--demo") && m_arguments.command != Command::DemoServer)
        return u"--scenario needs --demo"_s;
    if (m_arguments.scenario == listScenarios && m_arguments.command != Command::DemoServer)
        return u"--scenario list is for demo-server"_s;
    for (const char *option : {"--format", "--watch", "--schema"}) {
        if (has(option) && has("--what-if"))
            return u"%1 and --what-if exclude each other"_s.arg(QLatin1String(option));
    }
    for (const char *option : {"--size", "--dark", "--after"}) {
        if (has(option) && !has("--picture"))
            return u"%1 needs --picture"_s.arg(QLatin1String(option));
    }
    return {};
}

} // namespace

Result<Arguments, UsageError> parseArguments(const QStringList &words) { return Parser(words).parse(); }

QStringList argumentWords(int argc, char **argv)
{
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    return words;
}

bool needsGui(const Arguments &arguments) { return arguments.command == Command::Window && !arguments.help && !arguments.version; }

} // namespace quorate
