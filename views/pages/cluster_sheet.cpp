// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/cluster_sheet.h"

#include "models/wording/phrase.h"
#include "models/wording/wording.h"
#include "views/theme/metrics.h"

#include <QAbstractItemModel>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {

QStringList severityWords()
{
    QStringList words;
    for (const Severity severity : allSeverities)
        words += wording::severityWord(severity);
    return words;
}

QString whyTitle(const QString &name, Severity severity, bool paused)
{
    if (paused)
        return ClusterSheet::tr("%1 is paused").arg(name);
    switch (severity) {
    case Severity::Ok:
        return ClusterSheet::tr("%1 is Ok").arg(name);
    case Severity::Warning:
        return ClusterSheet::tr("Why %1 is a Warning").arg(name);
    case Severity::Unknown:
        return ClusterSheet::tr("Why %1 is Unknown").arg(name);
    case Severity::Critical:
        return ClusterSheet::tr("Why %1 is Critical").arg(name);
    }
    Q_UNREACHABLE();
}

QString reasonCounts(const ClusterStatus &cluster)
{
    int criticals = 0, unknowns = 0, warnings = 0;
    for (const Reason &reason : cluster.reasons) {
        if (reason.foldedUnder)
            continue;
        criticals += reason.clusterSeverity == Severity::Critical;
        unknowns += reason.clusterSeverity == Severity::Unknown;
        warnings += reason.clusterSeverity == Severity::Warning;
    }
    QStringList parts;
    if (criticals > 0)
        parts += ClusterSheet::tr("%1 critical").arg(wording::count(qint64(criticals)));
    if (unknowns > 0)
        parts += ClusterSheet::tr("%1 unknown").arg(wording::count(qint64(unknowns)));
    if (warnings > 0)
        parts += wording::plural(warnings, QUORATE_PLURAL("%1 warning", "%1 warnings"));
    if (!cluster.checking.isEmpty())
        parts += wording::plural(cluster.checking.size(), QUORATE_PLURAL("%1 being checked", "%1 being checked"));
    return parts.join(u", "_s);
}

int paneHeight(const QWidget *widget, int rows, double rowHeights, bool header)
{
    const Metrics metrics(widget->font());
    return 2 + metrics.paneTitle() + (header ? metrics.header() : 0) + rows * metrics.px(rowHeights);
}

QStringList longestTexts(const QAbstractItemModel &model, int column, QStringList specimens)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row) {
        // A name from a server may be any length; the column stops at a reasonable one.
        QString text = model.index(row, column).data().toString().left(40);
        for (QChar &c : text) {
            if (c.isDigit()) // digits are equally wide: a number that counts on moves no column
                c = u'8';
        }
        if (!texts.contains(text))
            texts += text;
    }
    // The widest is one of the longest.
    std::stable_sort(texts.begin(), texts.end(), [](const QString &a, const QString &b) { return a.size() > b.size(); });
    return specimens + texts.first(std::min<qsizetype>(5, texts.size()));
}

} // namespace quorate
