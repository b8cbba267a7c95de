// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/endpoint_probe.h"
#include "app/cli/redaction.h"
#include "app/poll/engine.h"

#include <QHash>
#include <QSet>

namespace quorate {

/// What the doctor has found of one cluster so far.
struct Examination {
    ClusterConfig cluster;
    QString token; ///< how reading it went; empty: none is configured
    struct Walk {
        QList<ProbeStep> steps;
        bool over = false;
    };
    QHash<EndpointUrl, Walk> walks;
    QSet<EndpointUrl> polled; ///< their polls are over
    bool over = false; ///< nothing more will be found
    ClusterStatus status; ///< once it is over
};

/// For a person, as it comes: each endpoint in the order of the configuration with each step of the walk to it and each request, its time
/// and what it said; then why the cluster is what it is, and what to do. Endpoints are examined at the same time; one that is not yet its
/// turn waits with what it has.
class DoctorReport {
public:
    /// What can be told now and was not before. `replies` are those of the cluster.
    [[nodiscard]] QByteArray next(
        const Examination &examination, const QList<StoredReply> &replies, const Redaction &redaction, const Time &now);

private:
    QString newRows(const Examination &examination, const System &system, const QList<StoredReply> &replies);
    QString endpointRows(const Examination &examination, const System &system, const QList<StoredReply> &replies);
    QString replyRows(const System &system, const EndpointUrl &endpoint, const QList<StoredReply> &replies);

    bool m_begun = false, m_ended = false;
    qsizetype m_endpoint = 0; ///< whose turn it is
    bool m_named = false; ///< its URL was told
    qsizetype m_steps = 0; ///< of its walk that were told
    QSet<std::pair<QString, QString>> m_told; ///< replies, by endpoint and request
};

} // namespace quorate
