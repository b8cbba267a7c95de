// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

namespace quorate::test {

/// Every mistake of `value` under `schema`, "$.clusters[0].severity: …"; empty when it is valid. Knows `type properties required enum const
/// items additionalProperties $ref (to #/$defs) pattern minimum minItems maxItems minLength format (date-time)`; any other keyword that
/// constrains is a mistake itself, so that nothing is believed to be checked that is not.
[[nodiscard]] QStringList schemaMistakes(const QJsonValue &value, const QJsonObject &schema);

} // namespace quorate::test
