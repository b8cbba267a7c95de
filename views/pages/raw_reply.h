// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/id.h"
#include "models/status/reach.h"
#include "models/status/time.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace quorate {

/// The last reply of one request of one endpoint, as the raw-reply view shows it. Whoever fills it leaves secrets out: `curl` and
/// `vendorCommand` name the variable or file that holds a token, never the token.
struct RawReply {
    EndpointUrl endpoint;
    QString label; ///< short name of the endpoint (node name, broker); may be empty
    QString request; ///< the request's key ("leader"); the choice is kept by endpoint and key over refreshes
    QString path; ///< as asked ("/v1/status/leader")
    Reach reach = Reach::NotPolled; ///< as refined by the decoder
    int http = 0; ///< 0: no HTTP reply came
    QString error; ///< what was expected and what came; empty when understood
    std::optional<double> latency; ///< seconds
    QByteArray body; ///< as received, at most the fetcher's cap
    std::optional<Instant> at; ///< when the reply had come
    QString curl; ///< command line, ready for a shell
    QString vendorCommand; ///< empty where the system has none
    friend bool operator==(const RawReply &, const RawReply &) = default;
};

} // namespace quorate

Q_DECLARE_METATYPE(quorate::RawReply)
