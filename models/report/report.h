// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/systems/system.h"

#include <QByteArray>
#include <QStringList>

namespace quorate {

// A status in the form that a reader wants: people at a terminal, scripts, nagios, prometheus, a ticket. Pure; UTF-8; every text is plain
// and on one line, whatever a server sent. Each report ends with a line break.

/// For a terminal: one headed block a cluster, its reasons, the main table of its system, and the endpoints that do not answer. `brief`:
/// the headers and reasons only. `colour`: severities in ANSI colours, for a terminal that wants them.
[[nodiscard]] QByteArray textReport(const FleetStatus &fleet, const Time &now, bool brief = false, bool colour = false);

/// `Name Status Message` as `bufstream admin status` prints it; one table a broker, headed by its URL when there are several.
[[nodiscard]] QByteArray vendorTable(const ClusterStatus &cluster);

/// Schema 1; indented, or compact on one line.
[[nodiscard]] QByteArray jsonReport(const FleetStatus &fleet, bool compact = false);
/// The JSON Schema (draft 2020-12) that jsonReport() fulfils.
[[nodiscard]] QByteArray schema1Document();

/// One line of the nagios plugin interface: "QUORATE CRITICAL - text | perfdata".
[[nodiscard]] QByteArray nagiosReport(const FleetStatus &fleet);

/// Prometheus' text exposition format 0.0.4; severities as state sets.
[[nodiscard]] QByteArray prometheusReport(const FleetStatus &fleet);

/// A table for a ticket; cells are escaped, so that they show as what they are.
[[nodiscard]] QString markdownTable(const QStringList &headers, const QList<QStringList> &rows);
/// Tab-separated, for a spreadsheet; tabs and line breaks inside cells become spaces.
[[nodiscard]] QString plainTable(const QStringList &headers, const QList<QStringList> &rows);

/// A curl command for a POSIX shell that sends the same request, without secrets: the token is `$NAME` where its variable is known, else
/// `<token>`; headers that carry credentials are left out.
[[nodiscard]] QString curlCommand(const Request &request, const CommandTarget &target);
[[nodiscard]] QString curlCommand(const QString &path, const Headers &headers, const CommandTarget &target);

} // namespace quorate
