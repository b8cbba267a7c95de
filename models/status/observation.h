// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/facts.h"
#include "models/status/id.h"
#include "models/status/reach.h"
#include "models/status/time.h"

#include <QByteArray>
#include <QList>
#include <QPair>

namespace quorate {

/// Which check of TLS failed (PROOFS b; from QSslError enums, never from texts).
enum class TlsProblem { None, SelfSigned, UnknownCa, Expired, NotYetValid, WrongHost, ClientCertificateMissing, NotTls, Other };

using Headers = QList<QPair<QByteArray, QByteArray>>;
/// First value of a header, name compared without case; empty when there is none.
[[nodiscard]] QByteArray headerValue(const Headers &headers, QByteArrayView name);

/// The bytes of one answer, or how the request failed before there were any. Made by the fetcher.
struct Reply {
    /// `Answered` whenever a whole HTTP reply came, whatever its status; else how it failed. Decoders refine it.
    Reach reach = Reach::NotPolled;
    int http = 0; ///< status code; 0 when none came
    Headers headers;
    QByteArray body;
    Milliseconds latency{};        ///< from sending to the last byte (or to the failure)
    double latencySeconds = 0;     ///< the same, finer
    QString error;                 ///< plain words: what was expected and what came ("connection refused by 10.1.2.3:8500"); empty when answered
    TlsProblem tls = TlsProblem::None;
    std::optional<Instant> certificateExpires; ///< of the server's certificate, where TLS was spoken
    QString certificateSubject;
    Time finished;
};

/// One per reply: what was asked, how it ended and what was understood. The judge's only food.
struct Observation {
    ClusterName cluster;
    EndpointUrl endpoint;
    QString request;      ///< the request's key ("leader", "status"); the same request always has the same key
    QString path;         ///< as asked, for display ("/v1/status/leader")
    bool primary = false; ///< reach, latency and http of the endpoint are this request's (JUDGE section 2)
    bool forwarded = false; ///< leader-forwarded: its failure is `raft-forward-failed`, never `endpoint-partial`
    /// Asked once in a while: what it tells lasts until it is asked again, and its failure says nothing about the endpoint.
    bool occasional = false;
    /// Nothing was sent: what the endpoint said when it was last asked, and why it is left in peace now. No sign of life.
    bool toldAgain = false;
    Time at;              ///< when the attempt concluded
    double latencySeconds = 0;
    Reach reach = Reach::NotPolled; ///< refined by the decoder
    int http = 0;
    QString error;        ///< for people: what was expected, what came; the server's own words where it sent some
    TlsProblem tls = TlsProblem::None;
    std::optional<Instant> certificateExpires;
    std::optional<Instant> serverDate; ///< Date header
    std::optional<double> retryAfterSeconds;
    /// Plain HTTP only: the host it was redirected to, or a digest of a body that was not understood. The same on several endpoints is a
    /// captive portal (JUDGE section 4).
    QByteArray portalMark;
    bool endpointDone = false; ///< the last observation of this endpoint's poll
    Facts facts;          ///< empty unless reach is Answered (or a decoder understood part of it)
};

} // namespace quorate

Q_DECLARE_METATYPE(quorate::Observation)
