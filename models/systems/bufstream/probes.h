// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/facts.h"

#include <QJsonValue>

namespace quorate::bufstream {

/// A status as it was said, and what it means.
struct Reading {
    QString reported;
    ComponentState state = ComponentState::NotUnderstood;
};

/// More probes than this are counted, not kept: one component that is not understood stands for them.
inline constexpr qsizetype probeLimit = 1000;

/// The probes of one reply, as they are read.
struct Probes {
    QList<ComponentFact> list;
    std::optional<Reading> overall; ///< the word beside the list, where there is one
    qsizetype leftOut = 0;

    /// `name` and `message` as sent; the message's numbers are read too.
    void add(QStringView name, const Reading &reading, QStringView message);
    /// Those of another list of the same reply.
    void add(Probes &&more);
    /// A word for the whole. Of several, a good one counts least.
    void say(const Reading &word);
    [[nodiscard]] bool allUnderstood() const;
    /// One of them is a probe that Bufstream is known to have. Health pages of other products have the same shapes and other names.
    [[nodiscard]] bool areBufstreams() const;
    /// What was read, with names made unique.
    [[nodiscard]] Facts facts() &&;
};

/// "3/3 member(s) healthy", "Migrations: current: 1, target: 1", "connections: 20/100", "Version: v0.2.0".
[[nodiscard]] ComponentNumbers numbersIn(const QString &message);

/// Null when the document has no probe in any of the shapes A to H of the wire notes.
[[nodiscard]] std::optional<Probes> probesInJson(const QJsonValue &document);
/// Null when the page has no table of probes (a login page, an error page) or breaks off.
[[nodiscard]] std::optional<Probes> probesInPage(QByteArrayView html);
/// Null when the text is not the table of `bufstream admin status`.
[[nodiscard]] std::optional<Probes> probesInText(QByteArrayView text);

} // namespace quorate::bufstream
