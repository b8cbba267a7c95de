// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/result.h"

#include <QByteArray>

namespace quorate {

struct ExampleError {
    enum class Kind { Exists, NotWritable } kind = Kind::NotWritable;
    QString text;
};

/// The commented example: valid as it is, without any cluster.
[[nodiscard]] QByteArray exampleConfiguration();

/// Writes the example to `path`, readable by its owner alone, with the folders it needs. Never overwrites. Returns the path.
[[nodiscard]] Result<QString, ExampleError> writeExample(const QString &path);

} // namespace quorate
