// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/cluster_spec.h"
#include "models/status/observation.h"

#include <QMap>
#include <QSet>

namespace quorate {

/// Which sections and components one endpoint used to report, and which of them it leaves out now (JUDGE section 6 and 7). What one request
/// tells is never looked for in the answers to another. Remembers at most 2,000 components a request and 16 requests.
class SectionHistory {
public:
    /// Answers that were understood; others tell nothing.
    void take(const Observation &observation);

    struct Gone {
        QString name; ///< "queues", or a component as reasons call it
        bool section = false;
        Time since, newest; ///< of the first answer without it, and the last
    };
    /// Absent for as long as section-vanished and component-vanished must last, sorted by name; sections first.
    [[nodiscard]] QList<Gone> vanished(const Limits &limits = {}) const;
    /// Absent from the newest answer.
    [[nodiscard]] QList<Gone> absent() const { return absentFor({}, {}); }
    /// Another version may report other things.
    void forget() { m_requests.clear(); }

    /// Every time that is kept, to be moved along with the wall clock.
    template <class Move>
    void moveTimes(const Move &move)
    {
        for (Answers &answers : m_requests) {
            move(answers.at);
            for (QMap<QString, Absence> *absent : {&answers.absentSections, &answers.absentComponents}) {
                for (Absence &absence : *absent) {
                    move(absence.since);
                    move(absence.counted);
                }
            }
        }
    }

private:
    struct Absence {
        int refreshes = 0;
        Time since, counted;
    };
    struct Answers {
        QList<ComponentFact> newest; ///< as told: the same ones need no second look
        QSet<QString> sections, components; ///< ever told
        QMap<QString, Absence> absentSections, absentComponents;
        std::optional<Time> at;
    };
    [[nodiscard]] QList<Gone> absentFor(const HoldLimit &ofSection, const HoldLimit &ofComponent) const;
    static void compare(const QSet<QString> &told, const QSet<QString> &known, QMap<QString, Absence> &absent, const Time &at);

    QMap<QString, Answers> m_requests;
};

} // namespace quorate
