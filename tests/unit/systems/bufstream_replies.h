// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/systems/bufstream/bufstream.h"
#include "tests/unit/systems/replies.h"

// Replies of Bufstream to be decoded.
namespace quorate::test {

inline const System &system() { return bufstreamSystem(); }

inline Request first() { return system().plan({}).constFirst(); }

inline Decoded decode(int http, const QByteArray &body) { return system().decode(first(), reply(http, body)); }

/// One probe in a JSON array, with the status as it is written in JSON.
inline QByteArray probe(const QByteArray &status) { return "[{\"name\":\"etcd\",\"status\":" + status + ",\"message\":\"m\"}]"; }

inline QByteArray page(const QByteArray &statusCell)
{
    return "<table><tr><th>NAME<th>STATUS<th>MESSAGE<tr><td>etcd" + statusCell + "<td>m</table>";
}

} // namespace quorate::test
