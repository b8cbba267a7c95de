// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/wording/over_time.h"
#include "models/wording/phrase.h"

namespace quorate {

// How components, and the endpoints that report them, stand in tables. Pure.

/// Reported and derived together; a disabled component is neutral.
[[nodiscard]] inline Severity overall(const ComponentStatus &component)
{
    return component.disabled ? Severity::Ok : worst(component.severity, component.derived);
}

/// What we derive, where that is worse than what is reported; else Ok.
[[nodiscard]] inline Severity derivedBeyond(const ComponentStatus &component)
{
    return component.derived > component.severity ? component.derived : Severity::Ok;
}

/// What is to be read of it: its message, after what is being checked.
[[nodiscard]] inline QString messageOf(const ComponentStatus &component)
{
    return wording::facts({component.pending ? wording::checking(*component.pending) : QString(), component.message});
}

/// Short name of an endpoint, else its URL.
[[nodiscard]] inline QString labelOf(const EndpointStatus &endpoint)
{
    return endpoint.label.isEmpty() ? endpoint.url.text() : endpoint.label;
}

} // namespace quorate
