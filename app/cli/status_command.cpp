// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/status_command.h"

#include "app/cli/output.h"
#include "app/cli/run.h"
#include "app/cli/selection.h"
#include "app/cli/status_watch.h"
#include "app/cli/what_if_report.h"
#include "app/poll/engine.h"
#include "models/report/report.h"

#include <QEventLoop>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

bool wantsExitCode(const Arguments &arguments) { return arguments.exitCode || arguments.format == ReportFormat::Nagios; }

/// One Bufstream broker asked by its URL: the table that `bufstream admin status --url` prints. Without an answer there is nothing to put
/// in it.
bool wantsVendorTable(const Arguments &arguments, const FleetStatus &fleet)
{
    return arguments.target.system == "bufstream"_L1 && arguments.target.urls.size() == 1 && fleet.clusters.size() == 1
        && !fleet.clusters.first().components.isEmpty();
}

int once(const Arguments &arguments, const Selection &selection)
{
    EngineOptions options;
    options.mode = JudgeMode::OneShot;
    Engine engine(options);
    engine.setMemory(selection.memory);
    engine.setNotices(selection.notices);
    engine.setConfig(selection.config);
    if (!selection.config.clusters.isEmpty()) {
        QEventLoop round; // the command's own loop: there is no other
        QObject::connect(&engine, &Engine::roundFinished, &round, &QEventLoop::quit, Qt::QueuedConnection);
        engine.runOnce();
        round.exec();
    }
    const FleetStatus fleet = engine.status();
    engine.stop();
    if (!arguments.whatIf.isEmpty())
        return reportWhatIf(arguments, fleet);
    const int code = wantsExitCode(arguments) ? exitCodeOf(worst(fleet.clusters)) : 0;
    return codeAfter(writeOut(reportFor(arguments, fleet, currentTime())), code);
}

} // namespace

int exitCodeOf(Severity severity)
{
    switch (severity) {
    case Severity::Ok:
        return 0;
    case Severity::Warning:
        return 1;
    case Severity::Critical:
        return 2;
    case Severity::Unknown:
        return 3;
    }
    Q_UNREACHABLE();
}

QByteArray reportFor(const Arguments &arguments, const FleetStatus &fleet, const Time &now)
{
    if (arguments.quiet)
        return {};
    switch (arguments.format) {
    case ReportFormat::Text:
        return wantsVendorTable(arguments, fleet) ? vendorTable(fleet.clusters.first()) : textReport(fleet, now, false, wantsColour());
    case ReportFormat::Json:
        return jsonReport(fleet, arguments.watch);
    case ReportFormat::Nagios:
        return nagiosReport(fleet);
    case ReportFormat::Prometheus:
        return prometheusReport(fleet);
    }
    Q_UNREACHABLE();
}

int runStatus(const Arguments &arguments)
{
    if (arguments.schema)
        return codeAfter(writeOut(schema1Document()), 0);
    const auto selection = selectClusters(arguments);
    if (!selection) {
        for (const QString &line : selection.error().lines)
            printError(line);
        return exitUsage;
    }
    return arguments.watch ? watchStatus(arguments, selection.value()) : once(arguments, selection.value());
}

} // namespace quorate
