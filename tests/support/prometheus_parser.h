// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

namespace quorate::test {

struct PrometheusSample {
    QString family;
    QMap<QString, QString> labels;
    double value = 0;
};

struct PrometheusDocument {
    QList<PrometheusSample> samples;
    QString mistake; ///< empty: valid
};

/// Prometheus' text exposition format 0.0.4, strictly: HELP and TYPE before the samples of a family, once; a family's samples together;
/// names and labels of the allowed characters; only the escapes that there are; no series twice; a line break after the last line.
[[nodiscard]] PrometheusDocument parsePrometheus(const QByteArray &text);

} // namespace quorate::test
