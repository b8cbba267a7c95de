// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/recent.h"

#include <algorithm>
#include <cmath>

namespace quorate {

void Recent::add(const QString &key, qint64 at, double value)
{
    QList<Sparkline::Point> &points = m_series[key];
    if (!points.isEmpty() && at <= points.last().at)
        return;
    // Two samples within the resolution become one: the newest, unless the older one had no answer, which must not be lost.
    if (points.size() > 1 && at - points.at(points.size() - 2).at < resolution) {
        if (std::isnan(points.last().value))
            value = points.last().value;
        points.removeLast();
    }
    points.append({at, value});
    while (points.first().at < at - span)
        points.removeFirst();
}

void Recent::trim(qint64 now)
{
    for (auto it = m_series.begin(); it != m_series.end();) {
        while (!it->isEmpty() && it->first().at < now - span)
            it->removeFirst();
        it = it->isEmpty() ? m_series.erase(it) : std::next(it);
    }
}

void Recent::forget(const QString &prefix)
{
    m_series.removeIf([&](auto it) { return it.key().startsWith(prefix); });
}

std::optional<double> Recent::slope(const QString &key) const
{
    const QList<Sparkline::Point> all = m_series.value(key);
    QList<Sparkline::Point> last;
    for (const Sparkline::Point &point : all) {
        if (point.at >= all.last().at - 60'000 && !std::isnan(point.value))
            last.append(point);
    }
    if (last.size() < 3 || last.last().at - last.first().at < 10'000)
        return std::nullopt;
    double meanT = 0, meanV = 0;
    for (const Sparkline::Point &point : last) {
        meanT += double(point.at - last.first().at) / double(last.size());
        meanV += point.value / double(last.size());
    }
    double above = 0, below = 0;
    for (const Sparkline::Point &point : last) {
        const double t = double(point.at - last.first().at) - meanT;
        above += t * (point.value - meanV);
        below += t * t;
    }
    return above / below * 1000;
}

bool sameSeries(const QList<Sparkline::Point> &a, const QList<Sparkline::Point> &b)
{
    return a.size() == b.size() && (a.isEmpty() || a.constLast().at == b.constLast().at);
}

Sparkline sparkline(const QList<Sparkline::Point> &points, qint64 now, std::optional<double> limit)
{
    Sparkline line;
    line.points = points;
    line.from = now - Recent::span;
    line.to = now;
    line.limit = limit;
    if (points.size() > 2) {
        QList<qint64> steps;
        for (qsizetype i = 1; i < points.size(); ++i)
            steps.append(points.at(i).at - points.at(i - 1).at);
        std::nth_element(steps.begin(), steps.begin() + steps.size() / 2, steps.end());
        line.gapMs = std::max<qint64>(30'000, 3 * steps.at(steps.size() / 2));
    }
    return line;
}

QVariant sparklineToNewest(const QList<Sparkline::Point> &points, std::optional<double> limit)
{
    return points.size() > 1 ? QVariant::fromValue(sparkline(points, points.constLast().at, limit)) : QVariant();
}

} // namespace quorate
