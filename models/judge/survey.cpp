// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/survey.h"

#include "models/judge/endpoint_state.h"
#include "models/judge/machine.h"

#include <QUrl>

namespace quorate {

namespace {
bool wasSent(const Observation &attempt)
{
    return !attempt.toldAgain && attempt.reach != Reach::NotPolled && attempt.reach != Reach::NoSecret;
}

/// False: this one says that all is well with the network.
bool take(Survey &survey, const EndpointState &endpoint)
{
    if (endpoint.onThisMachine)
        return true;
    const Observation *attempt = attemptOf(endpoint);
    if (!attempt) {
        survey.unasked = true;
        return true;
    }
    survey.asked = survey.asked || wasSent(*attempt);
    const bool answeredSince = endpoint.answered && endpoint.answered->boot >= attempt->at.boot;
    if (!attempt->portalMark.isEmpty() && !answeredSince) {
        survey.marks[attempt->portalMark].insert(QUrl(endpoint.url.text()).host());
        ++survey.marked;
        return true;
    }
    const bool answers = isAnswer(*attempt);
    survey.heard = survey.heard || answers || answeredSince;
    survey.http = survey.http || (answers ? attempt->http != 0 || attempt->reach == Reach::Answered : answeredSince);
    return !survey.http;
}
} // namespace

Survey surveyOf(const ClusterState &cluster)
{
    Survey survey;
    for (const EndpointState &endpoint : cluster.endpoints) {
        if (!take(survey, endpoint))
            break;
    }
    return survey;
}

Survey surveyOf(const Fleet &fleet)
{
    Survey survey;
    for (const ClusterState &cluster : fleet.clusters) {
        if (cluster.paused())
            continue;
        for (const EndpointState &endpoint : cluster.endpoints) {
            if (!take(survey, endpoint))
                return survey;
        }
    }
    return survey;
}

} // namespace quorate
