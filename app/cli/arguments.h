// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "models/status/result.h"
#include "models/status/time.h"

#include <QSize>
#include <QStringList>

#include <optional>

namespace quorate {

enum class Command { Window, Status, Doctor, CheckConfig, Accept, Mute, DemoServer };
enum class ReportFormat { Text, Json, Nagios, Prometheus };
enum class LogLevel { Debug, Info, Warning, Critical };

/// A cluster that stands on the command line instead of in a file (`--system`, `--url` and what belongs to them).
struct UrlTarget {
    QString system;
    QStringList urls;
    QString name; ///< empty: the system's
    std::optional<Milliseconds> timeout;
    TlsSettings tls;
    QString tokenVariable, tokenFile;
    std::optional<int> expectedVoters;
};

/// The command line as a value (DESIGN section 7).
struct Arguments {
    Command command = Command::Window;
    bool help = false, version = false;
    LogLevel logLevel = LogLevel::Warning;

    QString configPath; ///< as typed; empty: the usual place
    QStringList clusters; ///< only these; empty: all
    UrlTarget target; ///< when target.urls is not empty
    bool demo = false;
    QString scenario; ///< of the demo; empty: the usual one; listScenarios: of demo-server alone
    quint16 portBase = 0;

    ReportFormat format = ReportFormat::Text;
    bool exitCode = false, quiet = false, schema = false, watch = false;
    std::optional<Milliseconds> watchEvery; ///< absent: the shortest interval of the clusters
    QStringList whatIf; ///< peers that would fail; not empty: that is what status tells
    bool agents = false; ///< accept: the agents that are there, too
    QString saveReplies; ///< folder
    QString muteName; ///< cluster, URL or host; empty: tell what is muted
    std::optional<Milliseconds> muteFor; ///< absent: no longer
    QString note; ///< of the maintenance
    bool example = false; ///< of check-config: print it and leave

    QString pictureFolder; ///< absolute; not empty: render every page there and leave
    QSize pictureSize{1366, 768};
    std::optional<Milliseconds> pictureAfter; ///< since every cluster was seen; absent: a few seconds
    bool dark = false;
};

struct UsageError {
    QString text; ///< one line: what is wrong, with the nearest known name
    Command command = Command::Window; ///< whose help tells more
};

/// In place of a scenario: which ones there are.
inline constexpr QLatin1String listScenarios{"list"};

/// `words` without the program's name. Nothing is printed, nothing exits. `--help` and `--version` win over missing things, not over
/// unknown ones.
[[nodiscard]] Result<Arguments, UsageError> parseArguments(const QStringList &words);

/// From main()'s parameters, without the program's name.
[[nodiscard]] QStringList argumentWords(int argc, char **argv);

/// False: runCommand() does it all, with at most a QCoreApplication; true: a window or pictures are wanted.
[[nodiscard]] bool needsGui(const Arguments &arguments);

/// "status"; empty for the window.
[[nodiscard]] QLatin1String name(Command command);

} // namespace quorate
