// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QString>
#include <QStringList>

#include <utility>

namespace quorate::bench {

/// What a child measured, in its order.
class Measured {
public:
    void add(const QString &name, double value) { m_values.append({name, value}); }
    [[nodiscard]] const QList<std::pair<QString, double>> &all() const { return m_values; }
    /// 0: it was not measured.
    [[nodiscard]] double operator[](QStringView name) const
    {
        for (const auto &[known, value] : m_values) {
            if (known == name)
                return value;
        }
        return 0;
    }

private:
    QList<std::pair<QString, double>> m_values;
};

/// In the child: one line on stdout, read by the parent.
void tell(const QString &name, double value);

/// Runs a program (empty: this one) to its end, offscreen and with a home of its own, and reads what it tells. The child finds the moment
/// of its start in QUORATE_BENCH_SPAWNED. Empty when it failed; its complaints go to stderr.
[[nodiscard]] Measured measure(const QStringList &arguments, const QString &program = {});

/// Milliseconds from spawn to exit, absent output; 0 when the program failed.
[[nodiscard]] double runTime(const QString &program, const QStringList &arguments);

/// In the child: milliseconds since the parent spawned it.
[[nodiscard]] double millisecondsSinceSpawn();

} // namespace quorate::bench
