// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/demo_server_command.h"

#include "app/cli/output.h"
#include "app/cli/run.h"
#include "app/cli/stop_signals.h"
#include "app/demo/demo_clusters.h"

#include <QEventLoop>
#include <QSocketNotifier>

#include <algorithm>
#include <array>

#include <sys/stat.h>
#include <unistd.h>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

int listAll()
{
    QString text = u"Three clusters that break and heal:\n  %1\n"
                   "Every reason code at once, each in a cluster of its own:\n  codes\n"
                   "One reason code:\n"_s.arg(demoScenarios().join(u' '));
    qsizetype widest = 0;
    for (const QString &name : codeScenarioNames())
        widest = std::max(widest, name.size());
    const QStringList names = codeScenarioNames();
    for (qsizetype i = 0; i < names.size(); ++i)
        text += u"  %1  %2\n"_s.arg(names.at(i).leftJustified(widest), QString(codeScenarios()[size_t(i)].shows));
    return codeAfter(writeOut(text.toUtf8()), 0);
}

/// A person's terminal, or another program's pipe. A program in the background that reads from its terminal is stopped by it.
bool mayReadInput()
{
    if (::isatty(STDIN_FILENO) != 0)
        return ::tcgetpgrp(STDIN_FILENO) == ::getpgrp();
    struct stat input { };
    return ::fstat(STDIN_FILENO, &input) == 0 && (S_ISFIFO(input.st_mode) || S_ISSOCK(input.st_mode));
}

QString heading(const DemoClusters &clusters, const QString &scenario)
{
    QString text = u"# Simulated clusters, scenario %1; Ctrl-C ends them.\n"_s.arg(scenario);
    for (const QString &url : clusters.urls())
        text += u"# %1\n"_s.arg(url);
    const QStringList descriptions = clusters.descriptions();
    for (const QString &line : descriptions)
        text += u"# %1\n"_s.arg(line);
    if (!descriptions.isEmpty() && mayReadInput())
        text += u"# Return heals them, and breaks them again.\n"_s;
    return text + u'\n';
}

/// Each line on standard input is a turn.
class Turns final : public QObject {
public:
    explicit Turns(DemoClusters &clusters)
        : m_clusters(clusters)
        , m_input(STDIN_FILENO, QSocketNotifier::Read)
    {
        connect(&m_input, &QSocketNotifier::activated, this, &Turns::read);
    }

private:
    void read()
    {
        std::array<char, 256> bytes{};
        const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        if (count <= 0) {
            m_input.setEnabled(false);
            return;
        }
        if (std::count(bytes.begin(), bytes.begin() + count, '\n') % 2 == 0)
            return;
        const bool heals = m_clusters.phase() == DemoPhase::Raised;
        m_clusters.show(heals ? DemoPhase::Cured : DemoPhase::Raised);
        (void)writeOut(heals ? "# healed\n" : "# broken\n");
    }

    DemoClusters &m_clusters;
    QSocketNotifier m_input;
};

} // namespace

int runDemoServer(const Arguments &arguments)
{
    if (arguments.scenario == listScenarios)
        return listAll();
    const QString scenario = arguments.scenario.isEmpty() ? u"tour"_s : arguments.scenario;
    DemoClusters clusters(scenario);
    if (!clusters.start(arguments.portBase)) {
        complain(clusters.errorText());
        return exitUsage;
    }
    StopSignals stop;
    QEventLoop loop;
    QObject::connect(&stop, &StopSignals::stopped, &loop, &QEventLoop::quit);
    // A reader that has gone ("| head") got what it wanted; the clusters stay.
    if (writeOut((heading(clusters, scenario) + clusters.configuration()).toUtf8()) == Written::Failed)
        return exitUsage;
    std::optional<Turns> turns;
    if (!clusters.descriptions().isEmpty() && mayReadInput())
        turns.emplace(clusters);
    loop.exec();
    return 0;
}

} // namespace quorate
