// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QList>
#include <QPair>
#include <QSet>
#include <QString>

#include <optional>

namespace quorate {

using PrometheusLabels = QList<QPair<QLatin1String, QString>>;

/// Prometheus' text exposition: families in the order of their first sample, each with HELP and TYPE once and all its samples together; a
/// series is written once, its first value wins.
class PrometheusText {
public:
    /// All families are gauges: a status has no counters.
    void gauge(QLatin1String family, QLatin1String help, const PrometheusLabels &labels, double value);
    void gauge(QLatin1String family, QLatin1String help, const PrometheusLabels &labels, qint64 value);
    /// No sample where the value is not known.
    template <class Number>
    void gauge(QLatin1String family, QLatin1String help, const PrometheusLabels &labels, const std::optional<Number> &value)
    {
        if (value)
            gauge(family, help, labels, *value);
    }
    [[nodiscard]] QByteArray text() const;

private:
    struct Family {
        QLatin1String name, help;
        QByteArray samples;
    };
    void add(QLatin1String family, QLatin1String help, const PrometheusLabels &labels, const QByteArray &value);

    QList<Family> m_families;
    QSet<QByteArray> m_series;
};

} // namespace quorate
