// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"
#include "app/demo/demo_clusters.h"
#include "models/judge/fleet.h"
#include "models/status/status.h"

#include <memory>

namespace quorate {

/// The clusters that a command is about.
struct Selection {
    Config config;
    QList<Notice> notices; ///< about the configuration; told on stderr as well
    Memory memory; ///< of earlier runs; only of clusters of a file
    std::unique_ptr<DemoClusters> demo; ///< answers as long as it lives
};

struct SelectionError {
    QStringList lines; ///< for stderr
};

/// The file, the demo or the URLs of the command line; of these only the named clusters. Warnings go to stderr.
[[nodiscard]] Result<Selection, SelectionError> selectClusters(const Arguments &arguments);

/// What is registered, for the configuration's check.
[[nodiscard]] QStringList systemNames();

/// The file that `--config` names, else the usual one. Absolute.
[[nodiscard]] QString configFile(const Arguments &arguments);

} // namespace quorate
