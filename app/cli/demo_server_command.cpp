// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/demo_server_command.h"

#include "app/cli/output.h"
#include "app/cli/run.h"
#include "app/cli/stop_signals.h"
#include "app/demo/demo_clusters.h"

#include <QEventLoop>

namespace quorate {
using namespace Qt::StringLiterals;

int runDemoServer(const Arguments &arguments)
{
    const QString scenario = arguments.scenario.isEmpty() ? u"tour"_s : arguments.scenario;
    DemoClusters clusters(scenario);
    if (!clusters.start(arguments.portBase)) {
        complain(clusters.errorText());
        return exitUsage;
    }
    QString text = u"# Simulated clusters, scenario %1; Ctrl-C ends them.\n"_s.arg(scenario);
    for (const QString &url : clusters.urls())
        text += u"# %1\n"_s.arg(url);
    StopSignals stop;
    QEventLoop loop;
    QObject::connect(&stop, &StopSignals::stopped, &loop, &QEventLoop::quit);
    // A reader that has gone ("| head") got what it wanted; the clusters stay.
    if (writeOut((text + u'\n' + clusters.configuration()).toUtf8()) == Written::Failed)
        return exitUsage;
    loop.exec();
    return 0;
}

} // namespace quorate
