// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/verdict.h"

namespace quorate {

// A cluster that is not watched for a while: this machine sleeps, is offline, or did not run.

/// From now on it is not watched, or was not until now. What it was is kept to be compared with.
void beginAbsence(ClusterState &cluster, const Time &now);
/// It is watched again: what is not known within the time that evidence counts is told of as it is.
void endAbsence(ClusterState &cluster, const Time &now);

/// From now on it is asked otherwise (resumed, other endpoints, a shorter interval): what is not known until then is no news.
void lookAnew(ClusterState &cluster, const Time &now);

/// How its endpoints were reached says nothing any more: they count as not polled. `answering` ones are left as they are. True: something
/// is forgotten, which is to be asked again.
bool forgetReach(ClusterState &cluster, bool answering, const Time &now);

/// Of the events of a verdict: nobody is told what happens while a cluster is not watched, nor when it is again and as it was.
void muteAbsence(ClusterState &cluster, const Verdict &verdict, QList<Event> &events, const Time &now);

} // namespace quorate
