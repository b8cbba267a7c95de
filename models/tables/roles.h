// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/severity.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace quorate {

/// What a cell says beside its text. Models hand out values; one delegate (views/delegates) turns them into shapes and colours.
enum Role {
    IdRole = Qt::UserRole + 1, ///< QString: stable identity of the row; selection, order and changes are kept by it
    SortRole, ///< the raw value: number, text or Severity as int; an invalid QVariant sorts last
    SeverityRole, ///< quorate::Severity: the shape left of the text (in a wordless cell: alone)
    DisabledRole, ///< bool: a neutral dash in the shape's place
    InkRole, ///< quorate::Severity: the text in that severity's ink (Ok: no ink)
    StrongRole, ///< bool: DemiBold (names, severity words that are not Ok, values over their limit)
    QuietRole, ///< bool: secondary text
    RowTintRole, ///< quorate::Severity: tints the whole row (Ok: none)
    CellTintRole, ///< quorate::Severity: tints this cell only (probe and matrix tables)
    DerivedRole, ///< quorate::Severity: a second shape at the right edge: ours, beside what is reported (Ok: none)
    PendingRole, ///< bool: hollow shape, being checked
    MaintenanceRole, ///< bool: planned work goes on: a quiet symbol (sidebar)
    SparklineRole, ///< quorate::Sparkline, drawn left of the text
    BulletRole, ///< quorate::Bullet, a value against its limit, drawn left of the text
    ShareRole, ///< quorate::Share, parts of a total, instead of text
    MarkRole, ///< quorate::MatrixMark, instead of text
    SilentRole, ///< bool: hatched (a server that did not answer)
    LeaderRole, ///< bool: the elected leader's column, tinted
    ElideMiddleRole, ///< bool: paths and URLs
    ChangedRole, ///< qint64: monotonic ms of the newest change of the shown value; the highlight fades from it
    RichSearchRole, ///< QString: text the filter looks at in place of the display text
    SecondLineRole, ///< QString: a quiet second line (reason lists)
};

/// The last 10 minutes of one number, from zero. Times in ms on the boot clock, oldest first.
struct Sparkline {
    struct Point {
        qint64 at = 0;
        double value = 0; ///< NaN: asked, no answer (a short critical mark at the foot)
    };
    QList<Point> points; ///< a hole of more than `gapMs` between two points is drawn as a gap
    qint64 from = 0, to = 0; ///< the span shown
    qint64 gapMs = 30'000;
    std::optional<double> limit;
};

/// A value against its limit (LOOK section 12: bullet).
struct Bullet {
    double value = 0;
    std::optional<double> limit;
    double maximum = 1; ///< full width
    Severity severity = Severity::Ok;
};

/// Parts of a total, in the order waiting, running, done, failed, other (LOOK section 4: queue parts).
struct Share {
    enum class Part { Done, Running, Waiting, Failed, Other };
    QList<std::pair<Part, qint64>> parts;
    qint64 total = 0;
};

enum class MatrixMark { None, Names, Leads, NamesOther, LeadsOther, NamesNobody, SplitYoung };

} // namespace quorate

Q_DECLARE_METATYPE(quorate::Sparkline)
Q_DECLARE_METATYPE(quorate::Bullet)
Q_DECLARE_METATYPE(quorate::Share)
Q_DECLARE_METATYPE(quorate::MatrixMark)
