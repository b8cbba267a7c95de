// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/systems/system.h"

namespace quorate {

/// One poll of one endpoint: what the system's plan wants next, and when it is over. Knows no network.
class EndpointPoll {
public:
    /// While the servers reject the token, only what is answered whatever the token is asked for, without it.
    enum class Asks { Everything, WithoutToken };
    /// `polls`: of this endpoint before this one.
    EndpointPoll(const System &system, const QString &remembered, int polls = 0, Asks asks = Asks::Everything);

    /// Requests to send now: those of the plan that were not asked yet in this poll.
    [[nodiscard]] QList<Request> next();
    void concluded(const Answer &answer);
    /// Nothing is in flight, and next() gave nothing more.
    [[nodiscard]] bool isOver() const { return m_inFlight == 0; }

private:
    const System &m_system;
    Asks m_asks;
    PollState m_state;
    int m_inFlight = 0;
};

/// Whether how an endpoint is reached can be told without the token.
[[nodiscard]] bool isReachedWithoutToken(const System &system, const QString &remembered);

/// The reply understood: decoded when a whole HTTP reply came, else how it failed. Retry-After is read where the decoder did not.
[[nodiscard]] Decoded understood(const System &system, const Request &request, const Reply &reply);

/// The judge's food, made of a reply. Cluster, endpoint and endpointDone are the caller's.
[[nodiscard]] Observation observationOf(const Request &request, const Reply &reply, const Decoded &decoded);

/// Every occurrence of the token that a server echoes is replaced, in the body and in the headers, before anybody reads them.
void redact(Reply &reply, const QByteArray &token);

} // namespace quorate
