// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/result.h"
#include "models/status/status.h"

#include <QJsonObject>

#include <functional>

namespace quorate {

/// Sentences come from models/wording, which this layer can't see.
struct Schema1Texts {
    std::function<QString(const ClusterStatus &, const Reason &)> reason;
    std::function<QString(const ClusterStatus &)> headline;
};

struct SchemaError {
    enum class Kind { NotAnObject, WrongVersion, WrongType } kind = Kind::NotAnObject;
    QString text;
};

/// The tree of DESIGN section 7. Keys that are not known are absent; lists are put in the schema's order. Integers beyond 2^53 are exact up
/// to 2^63 − 1; above that Qt's JSON has doubles only, so an unsigned number is its nearest double (exact to 53 bits). A number that is not
/// finite is absent.
[[nodiscard]] QJsonObject toSchema1(const FleetStatus &status, const Schema1Texts &texts);
[[nodiscard]] QJsonObject toSchema1(const ClusterStatus &status, const Schema1Texts &texts);
/// Unknown keys and reason codes are ignored; a missing optional key stays absent. Texts are not read back. What the schema does not carry
/// has its default: a reason's detail and names, labels, limits, clocks, errors of single requests.
[[nodiscard]] Result<FleetStatus, SchemaError> fromSchema1(const QJsonObject &object);

} // namespace quorate
