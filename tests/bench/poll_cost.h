// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

namespace quorate::bench {

/// CPU seconds for one bare QNetworkAccessManager GET, as a mean over `rounds` rounds of all URLs (a first round is not counted).
[[nodiscard]] double bareGetCost(const QStringList &urls, int rounds);
/// CPU seconds for one whole poll: request, decode, step, merge into the models of the overview and the cluster page; no painting.
[[nodiscard]] double wholePollCost(const QStringList &urls, int rounds);
/// Resident memory in MiB after `rounds` rounds of polling `urls`.
[[nodiscard]] double polledMemory(const QStringList &urls, int rounds);


} // namespace quorate::bench
