// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/prometheus_text.h"

#include "models/report/display_width.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace quorate {

namespace {
QByteArray escaped(const QString &value)
{
    QByteArray text = plainLine(value).toUtf8();
    return text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
}

QByteArray number(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "+Inf" : "-Inf";
    return QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}
} // namespace

void PrometheusText::gauge(QLatin1String family, QLatin1String help, const PrometheusLabels &labels, double value)
{
    add(family, help, labels, number(value));
}

void PrometheusText::gauge(QLatin1String family, QLatin1String help, const PrometheusLabels &labels, qint64 value)
{
    add(family, help, labels, QByteArray::number(value));
}

void PrometheusText::add(QLatin1String family, QLatin1String help, const PrometheusLabels &labels, const QByteArray &value)
{
    QByteArray series(family.data(), family.size());
    QByteArray inside;
    for (const auto &[label, text] : labels)
        inside += (inside.isEmpty() ? "" : ",") + QByteArray(label.data(), label.size()) + "=\"" + escaped(text) + '"';
    if (!inside.isEmpty())
        series += '{' + inside + '}';
    if (m_series.contains(series))
        return;
    m_series.insert(series);
    auto found = std::find_if(m_families.begin(), m_families.end(), [&](const Family &known) { return known.name == family; });
    if (found == m_families.end())
        found = m_families.insert(m_families.end(), Family{family, help, {}});
    found->samples += series + ' ' + value + '\n';
}

QByteArray PrometheusText::text() const
{
    QByteArray text;
    for (const Family &family : m_families) {
        const QByteArray name(family.name.data(), family.name.size());
        text += "# HELP " + name + ' ' + family.help.data() + "\n# TYPE " + name + " gauge\n" + family.samples;
    }
    return text;
}

} // namespace quorate
