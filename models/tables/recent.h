// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/roles.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QVariant>

#include <optional>

namespace quorate {

/// The last ten minutes of many numbers, by key: what sparklines, rates and directions are made of. Times in ms on the boot clock.
/// Bounded: at most one point in `resolution` ms of each number.
class Recent {
public:
    static constexpr qint64 span = 600'000;
    static constexpr qint64 resolution = 4'000;

    /// A sample is taken once: an `at` that is not newer than the last one is ignored. NaN: asked, no answer.
    void add(const QString &key, qint64 at, double value);
    /// Forgets what is older than the span before `now`, and numbers that have nothing left.
    void trim(qint64 now);
    /// Forgets every number whose key begins with `prefix`.
    void forget(const QString &prefix);

    [[nodiscard]] QList<Sparkline::Point> points(const QString &key) const { return m_series.value(key); }
    /// Change per second over the last minute (least squares); absent with fewer than 3 points or less than 10 s of them.
    [[nodiscard]] std::optional<double> slope(const QString &key) const;

private:
    QHash<QString, QList<Sparkline::Point>> m_series;
};

/// Points only come at the end and go at the beginning: their number and the newest say whether two lists of a number are the same.
[[nodiscard]] bool sameSeries(const QList<Sparkline::Point> &a, const QList<Sparkline::Point> &b);

/// The same points, seen from `now`; a hole of more than three usual steps (at least 30 s) is a gap.
[[nodiscard]] Sparkline sparkline(const QList<Sparkline::Point> &points, qint64 now, std::optional<double> limit = std::nullopt);
/// The same up to the newest point, as a cell has it; invalid with fewer than two points.
[[nodiscard]] QVariant sparklineToNewest(const QList<Sparkline::Point> &points, std::optional<double> limit = std::nullopt);

} // namespace quorate
