// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/check_config_command.h"

#include "app/cli/output.h"
#include "app/cli/run.h"
#include "app/cli/selection.h"
#include "app/config/example.h"
#include "app/config/mistakes.h"
#include "app/config/parse_config.h"

#include <QFileInfo>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

QString counted(qsizetype number, const QString &one, const QString &many)
{
    return QString::number(number) + u' ' + (number == 1 ? one : many);
}

QString praise(const QString &file, const Config &config)
{
    qsizetype endpoints = 0;
    for (const ClusterConfig &cluster : config.clusters)
        endpoints += cluster.spec.endpoints.size();
    return u"%1: no mistake; %2, %3"_s.arg(
        file, counted(config.clusters.size(), u"cluster"_s, u"clusters"_s), counted(endpoints, u"endpoint"_s, u"endpoints"_s));
}

} // namespace

int runCheckConfig(const Arguments &arguments)
{
    if (arguments.example)
        return codeAfter(writeOut(exampleConfiguration()), 0);
    const QString path = configFile(arguments);
    const QString shown = arguments.configPath.isEmpty() ? path : arguments.configPath; // as typed: an editor jumps to it
    const auto text = readConfigFile(path);
    if (!text) {
        complain(mistakeLine(shown, text.error()));
        if (!QFileInfo::exists(path))
            printError(u"\"quorate check-config --example\" prints one to begin with."_s);
        return exitUsage;
    }
    QList<ConfigMistake> mistakes;
    const auto config = parseConfig(text.value(), path, systemNames(), &mistakes);
    if (!config)
        mistakes += config.error().mistakes;
    QStringList lines;
    for (const ConfigMistake &mistake : sorted(mistakes))
        lines.append(mistakeLine(shown, mistake));
    if (config)
        lines.append(praise(shown, config.value()));
    return codeAfter(writeOut(lines.join(u'\n').toUtf8() + '\n'), config ? 0 : 1);
}

} // namespace quorate
