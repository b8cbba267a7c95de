// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace quorate::bench {

/// In a child: CPU microseconds of one whole poll (request, decode, step, merge into the models of the overview and of one cluster page; no
/// painting) and of one bare QNetworkAccessManager GET of the same reply, measured in turns. Tells "whole", "bare", "ratio" and its spread.
int measurePolls(int endpoints);

} // namespace quorate::bench
