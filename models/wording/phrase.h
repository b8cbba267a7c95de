// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

#include <QCoreApplication>
#include <QLocale>
#include <QString>
#include <QStringList>

// Marks both forms for lupdate as one numerus message: the translator gives as many plural forms as the language has.
#define QUORATE_PLURAL(one, many) (one), QT_TRANSLATE_N_NOOP("quorate::wording", many)

namespace quorate::wording {

/// tr() of this layer, and the building blocks that the sentences share.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(quorate::wording)
};

/// The form of a text for `n`, with `%1` where the number goes: `plural(n, QUORATE_PLURAL("%1 server", "%1 servers"))`. Without a
/// translation the two English forms are used, so that texts are right where no translator is installed.
[[nodiscard]] QString pluralForm(qint64 n, const char *one, const char *many);
/// The same, with the number filled in.
[[nodiscard]] QString plural(qint64 n, const char *one, const char *many);

/// The locale of numbers and dates: the default one; plain English where that is "C", which has no group separators.
[[nodiscard]] QLocale locale();

/// Facts joined by " · "; empty ones are left out.
[[nodiscard]] QString facts(const QStringList &list);
/// Server text inside a sentence: one line, without its own full stop at the end, cut after `limit` characters.
[[nodiscard]] QString quoted(const QString &serverText, qsizetype limit = 160);
/// A name inside a sentence, short enough for the first fact.
[[nodiscard]] QString shortName(const QString &name, qsizetype limit = 40);
/// "a, b and 5 more".
[[nodiscard]] QString listOf(const QStringList &names, qsizetype shown = 3);

/// "3 brokers", "1 server": what the system's endpoints are called.
[[nodiscard]] QString endpointsNoun(const QString &system, qint64 n);
/// "fra-c-1" for one endpoint; empty for none.
[[nodiscard]] QString endpointName(const ClusterStatus &cluster, const QString &url);
/// Short names of the reason's endpoints, else of its subject when that is a URL.
[[nodiscard]] QStringList endpointNames(const ClusterStatus &cluster, const Reason &reason);
/// The endpoint that a reason is about, when it is only one; null otherwise.
[[nodiscard]] const EndpointStatus *onlyEndpoint(const ClusterStatus &cluster, const Reason &reason);
/// "of 3 brokers" numbers of a reason: its own, else counted from its endpoints.
struct Share {
    qint64 count = 0, of = 0;
};
[[nodiscard]] Share share(const ClusterStatus &cluster, const Reason &reason);
/// " on 2 of 3 brokers", " on 1 of 3 brokers: a"; empty when the cluster has one endpoint only.
[[nodiscard]] QString where(const ClusterStatus &cluster, const Reason &reason);
/// The fact that follows where(): their names, when they are some but not all: "a, b".
[[nodiscard]] QString whichOnes(const ClusterStatus &cluster, const Reason &reason);

} // namespace quorate::wording
