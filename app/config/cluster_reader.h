// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/secret_reader.h"

#include <QHash>

namespace quorate {

/// What `[defaults]` gives to every cluster.
struct ClusterDefaults {
    Milliseconds interval = ClusterSpec().interval;
    Milliseconds timeout = ClusterSpec().timeout;
    double criticalShare = ClusterSpec().criticalShare;
    std::optional<qint64> deadLettersKnown, backlogLimit; ///< of clusters that have queues
    Limits limits;
    std::optional<ReferenceAddress> reference; ///< of the machine
};
[[nodiscard]] ClusterDefaults readDefaults(const TomlValue &table, Mistakes &mistakes);

/// Reads the `[[cluster]]` tables one after another and remembers what must be unique.
class ClusterReader {
public:
    ClusterReader(ClusterDefaults defaults, ConfigOrigin origin, QStringList systems, Mistakes &mistakes);

    /// `index` counts from 1, for messages ("cluster[2].interval").
    [[nodiscard]] ClusterConfig read(const TomlValue &table, int index);
    /// Every key of a cluster: told when one stands outside.
    [[nodiscard]] static QStringList keys();

private:
    void readName(TableReader &table, ClusterSpec &spec);
    void readSystem(TableReader &table, ClusterSpec &spec);
    void readLimits(TableReader &table, ClusterSpec &spec);
    void refuseForeign(TableReader &table, const ClusterSpec &spec) const;
    /// Whether one of them is https.
    bool readEndpoints(TableReader &table, ClusterSpec &spec);
    QString addPattern(const TomlValue &pattern, ClusterSpec &spec, QHash<QString, int> &firstLine, bool &https);

    ClusterDefaults m_defaults;
    ConfigOrigin m_origin;
    QStringList m_systems;
    Mistakes &m_mistakes;
    QHash<QString, int> m_nameLines;
    qsizetype m_endpoints = 0;
};

} // namespace quorate
