// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/endpoint_probe.h"
#include "app/cli/redaction.h"
#include "app/poll/engine.h"

#include <QHash>

namespace quorate {

/// All that the doctor found of one cluster.
struct Examination {
    ClusterConfig cluster;
    ClusterStatus status;
    QString token; ///< how reading it went; empty: none is configured
    QHash<EndpointUrl, QList<ProbeStep>> steps;
    QList<StoredReply> replies;
};

/// For a person: each endpoint with each step, its time and what it said; then why the cluster is what it is, and what to do.
[[nodiscard]] QByteArray doctorReport(const Examination &examination, const Redaction &redaction, const Time &now);

} // namespace quorate
