// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/expectation.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace quorate::live {
using namespace Qt::StringLiterals;

namespace {
struct Step {
    QString text; ///< "warning: a ?b"
    bool optional = false, repeated = false, anywhere = false;
};

QStringList wordsOf(const QString &text) { return text.split(u' ', Qt::SkipEmptyParts); }

/// "~? step": the marks stand before the first space, and are marks only.
Step stepOf(const QString &part)
{
    static const QRegularExpression marked(u"^([?*~]+) +(.*)$"_s);
    const auto match = marked.match(part.trimmed());
    if (!match.hasMatch())
        return {part.trimmed()};
    const QString marks = match.captured(1);
    const bool repeated = marks.contains(u'*');
    return {match.captured(2), repeated || marks.contains(u'?'), repeated, marks.contains(u'~')};
}

QList<Step> stepsOf(const QString &expected)
{
    QList<Step> steps;
    for (const QString &part : expected.split(u'|', Qt::SkipEmptyParts))
        steps.append(stepOf(part));
    return steps;
}

bool isWord(const QString &wanted, const QString &word)
{
    const qsizetype any = wanted.indexOf(u'*');
    return any < 0 ? wanted == word : word.startsWith(wanted.left(any)) && word.endsWith(wanted.mid(any + 1));
}

/// "ok" and "warning: …" by their severity alone; another event by its first word.
QString kindOf(const QString &word) { return word.endsWith(u':') ? word.chopped(1) : word; }

/// The first word is the severity, or what kind of event it is.
bool isStep(const QString &wanted, const QString &told)
{
    QStringList given = wordsOf(told), wants = wordsOf(wanted);
    const QString kind = kindOf(given.takeFirst());
    const QStringList kinds = kindOf(wants.takeFirst()).split(u'/');
    if (std::none_of(kinds.begin(), kinds.end(), [&](const QString &one) { return isWord(one, kind); }))
        return false;
    QSet<QString> missing(given.begin(), given.end());
    for (const QString &want : wants) {
        const bool optional = want.startsWith(u'?');
        const QString word = optional ? want.mid(1) : want;
        const auto found = std::find_if(missing.begin(), missing.end(), [&](const QString &one) { return isWord(word, one); });
        if (found != missing.end())
            missing.erase(found);
        else if (!optional)
            return false;
    }
    return missing.isEmpty();
}

class Match {
public:
    Match(const QList<Step> &steps, const QStringList &told)
        : m_told(told)
    {
        for (const Step &step : steps)
            (step.anywhere ? m_anywhere : m_steps).append(step);
        m_used.fill(false, m_anywhere.size());
    }

    bool operator()() { return from(0, 0); }

    QString problem() const
    {
        const QString came = m_furthest < m_told.size() ? u"“%1” came"_s.arg(m_told.at(m_furthest)) : u"nothing more came"_s;
        return u"after %1 of %2 events %3 where %4 was expected"_s.arg(m_furthest).arg(m_told.size()).arg(came, m_waiting);
    }

private:
    bool from(qsizetype step, qsizetype event)
    {
        if (event > m_furthest || m_waiting.isEmpty()) {
            m_furthest = event;
            m_waiting = step < m_steps.size() ? u"“%1”"_s.arg(m_steps.at(step).text) : u"nothing more"_s;
        }
        if (event == m_told.size())
            return isOver(step);
        if (step < m_steps.size() && isStep(m_steps.at(step).text, m_told.at(event))
            && from(m_steps.at(step).repeated ? step : step + 1, event + 1))
            return true;
        for (qsizetype i = 0; i < m_anywhere.size(); ++i) {
            if (m_used.at(i) || !isStep(m_anywhere.at(i).text, m_told.at(event)))
                continue;
            m_used[i] = true;
            if (from(step, event + 1))
                return true;
            m_used[i] = false;
        }
        return step < m_steps.size() && m_steps.at(step).optional && from(step + 1, event);
    }

    bool isOver(qsizetype step) const
    {
        bool over = std::all_of(m_steps.cbegin() + step, m_steps.cend(), [](const Step &one) { return one.optional; });
        for (qsizetype i = 0; i < m_anywhere.size(); ++i)
            over = over && (m_used.at(i) || m_anywhere.at(i).optional);
        return over;
    }

    QList<Step> m_steps, m_anywhere;
    QList<bool> m_used; ///< of m_anywhere
    QStringList m_told;
    qsizetype m_furthest = 0; ///< as far as it fitted
    QString m_waiting; ///< for what, there
};
} // namespace

QString otherwise(const QString &expected, const QStringList &told)
{
    Match match(stepsOf(expected), told);
    return match() ? QString() : match.problem();
}

} // namespace quorate::live
