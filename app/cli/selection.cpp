// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/selection.h"

#include "app/cli/output.h"
#include "app/config/endpoint_url.h"
#include "app/config/nearest_name.h"
#include "app/config/parse_config.h"
#include "app/config/paths.h"
#include "app/config/table_reader.h"
#include "app/config/tls_reader.h"
#include "app/poll/state_file.h"
#include "models/status/facts.h"
#include "models/systems/system.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

SelectionError oneLine(const QString &text) { return {{u"quorate: "_s + text}}; }

SelectionError mistakes(const QString &path, const ConfigErrors &errors)
{
    SelectionError error;
    for (const ConfigMistake &mistake : errors.mistakes)
        error.lines.append(mistakeLine(path, mistake));
    return error;
}

Result<Selection, SelectionError> fromFile(const Arguments &arguments)
{
    const QString path = configFile(arguments);
    const QString shown = shownPath(path);
    if (arguments.configPath.isEmpty() && !QFileInfo::exists(path))
        return oneLine(u"there is no configuration at %1; \"quorate check-config --example\" prints one to begin with; or try "
                       "\"quorate %2 --demo\", or --system and --url"_s.arg(shown, name(arguments.command)));
    QList<ConfigMistake> warnings;
    auto config = readConfig(path, systemNames(), &warnings);
    if (!config)
        return mistakes(shown, config.error());
    Selection selection;
    selection.config = std::move(config).value();
    // The report in text says them itself.
    const bool said = arguments.command == Command::Status && arguments.format == ReportFormat::Text && !arguments.quiet;
    for (const ConfigMistake &warning : std::as_const(warnings)) {
        if (!said)
            printError(mistakeLine(shown, warning));
        selection.notices.append({u"config-warning"_s, mistakeLine(shown, warning)});
    }
    if (selection.config.clusters.isEmpty())
        complain(u"no cluster is configured in %1"_s.arg(shown));
    const auto memory = readState(stateFilePath());
    if (memory)
        selection.memory = memory.value();
    else
        complain(u"the state of earlier runs is not used: "_s + memory.error().text);
    return selection;
}

Result<Selection, SelectionError> fromDemo(const Arguments &arguments)
{
    Selection selection;
    selection.demo = std::make_unique<DemoClusters>(arguments.scenario.isEmpty() ? u"tour"_s : arguments.scenario);
    if (!selection.demo->start(arguments.portBase))
        return oneLine(u"the simulated clusters can't be started: "_s + selection.demo->errorText());
    auto config = parseConfig(selection.demo->configuration().toUtf8(), QString(), systemNames());
    if (!config)
        return mistakes(u"demo"_s, config.error());
    selection.config = std::move(config).value();
    return selection;
}

QString tlsProblem(const TlsSettings &tls)
{
    const std::array<std::tuple<const char *, QString, PemKind>, 3> files{{{"--cacert", tls.caFile, PemKind::Certificate},
        {"--cert", tls.certificateFile, PemKind::Certificate}, {"--key", tls.keyFile, PemKind::PrivateKey}}};
    for (const auto &[option, path, kind] : files) {
        if (path.isEmpty())
            continue;
        if (const QString problem = pemProblem(path, kind); !problem.isEmpty())
            return QLatin1String(option) + u": "_s + problem;
    }
    // As curl has it: without --key, the certificate's file holds both.
    if (!tls.certificateFile.isEmpty() && tls.keyFile.isEmpty() && !pemProblem(tls.certificateFile, PemKind::PrivateKey).isEmpty())
        return u"--cert: there is no key in this file; give it with --key"_s;
    return {};
}

Result<Selection, SelectionError> fromUrls(const UrlTarget &target)
{
    ClusterConfig cluster;
    cluster.spec.system = target.system;
    const QString clusterName = target.name.isEmpty() ? target.system : target.name;
    if (const QString problem = TableReader::lineProblem(clusterName); !problem.isEmpty())
        return oneLine(u"--name: the text "_s + problem);
    cluster.spec.name = ClusterName(clusterName);
    QStringList identities;
    for (const QString &text : target.urls) {
        const auto url = checkEndpointUrl(text);
        if (!url)
            return oneLine(u"--url: "_s + url.error().text);
        if (identities.contains(url.value().identity))
            return oneLine(u"--url: %1 stands there twice"_s.arg(url.value().url.text()));
        identities.append(url.value().identity);
        cluster.spec.endpoints.append(url.value().url);
    }
    cluster.tls = target.tls;
    if (const QString problem = tlsProblem(cluster.tls); !problem.isEmpty())
        return oneLine(problem);
    if (cluster.tls.keyFile.isEmpty())
        cluster.tls.keyFile = cluster.tls.certificateFile;
    if (!target.tokenVariable.isEmpty())
        cluster.token = SecretFromEnvironment{target.tokenVariable};
    if (!target.tokenFile.isEmpty())
        cluster.token = SecretFromFile{target.tokenFile};
    cluster.spec.withToken = cluster.token.has_value();
    cluster.spec.timeout = target.timeout.value_or(cluster.spec.timeout);
    cluster.spec.expectedVoters = target.expectedVoters;
    Selection selection;
    selection.config.clusters = {cluster};
    return selection;
}

std::optional<SelectionError> keepNamed(Config &config, const QStringList &wanted)
{
    QStringList known;
    for (const ClusterConfig &cluster : std::as_const(config.clusters))
        known.append(cluster.spec.name.text());
    for (const QString &name : wanted) {
        if (!known.contains(name))
            return oneLine(u"no cluster is named \"%1\""_s.arg(boundedText(name, 80)) + nearestHint(name, known));
    }
    if (!wanted.isEmpty())
        config.clusters.removeIf([&](const ClusterConfig &cluster) { return !wanted.contains(cluster.spec.name.text()); });
    return std::nullopt;
}

} // namespace

QStringList systemNames()
{
    QStringList names;
    for (const System *system : systems())
        names.append(system->name);
    return names;
}

QString configFile(const Arguments &arguments)
{
    return arguments.configPath.isEmpty() ? configPath() : QDir::cleanPath(QDir::current().absoluteFilePath(arguments.configPath));
}

Result<Selection, SelectionError> selectClusters(const Arguments &arguments)
{
    auto selected = !arguments.target.urls.isEmpty() ? fromUrls(arguments.target)
        : arguments.demo                             ? fromDemo(arguments)
                                                     : fromFile(arguments);
    if (!selected)
        return selected;
    Selection selection = std::move(selected).value();
    if (auto error = keepNamed(selection.config, arguments.clusters))
        return *error;
    return selection;
}

} // namespace quorate
