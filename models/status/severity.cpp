// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/severity.h"

namespace quorate {
using namespace Qt::StringLiterals;

QLatin1String name(Severity severity)
{
    switch (severity) {
    case Severity::Ok:
        return "ok"_L1;
    case Severity::Warning:
        return "warning"_L1;
    case Severity::Unknown:
        return "unknown"_L1;
    case Severity::Critical:
        return "critical"_L1;
    }
    Q_UNREACHABLE();
}

std::optional<Severity> severityFromName(QStringView text)
{
    for (const Severity severity : allSeverities) {
        if (text == name(severity))
            return severity;
    }
    return std::nullopt;
}

} // namespace quorate
