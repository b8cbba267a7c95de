// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/component_word.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <array>
#include <utility>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
struct Word {
    QLatin1String text;
    ComponentState state;
};
constexpr std::array words{
    Word{"healthy"_L1, ComponentState::Healthy},
    Word{"ok"_L1, ComponentState::Healthy},
    Word{"okay"_L1, ComponentState::Healthy},
    Word{"up"_L1, ComponentState::Healthy},
    Word{"pass"_L1, ComponentState::Healthy},
    Word{"passed"_L1, ComponentState::Healthy},
    Word{"passing"_L1, ComponentState::Healthy},
    Word{"ready"_L1, ComponentState::Healthy},
    Word{"good"_L1, ComponentState::Healthy},
    Word{"success"_L1, ComponentState::Healthy},
    Word{"serving"_L1, ComponentState::Healthy},
    Word{"warning"_L1, ComponentState::Degraded},
    Word{"warn"_L1, ComponentState::Degraded},
    Word{"degraded"_L1, ComponentState::Degraded},
    Word{"error"_L1, ComponentState::Failed},
    Word{"err"_L1, ComponentState::Failed},
    Word{"unhealthy"_L1, ComponentState::Failed},
    Word{"not_healthy"_L1, ComponentState::Failed},
    Word{"failed"_L1, ComponentState::Failed},
    Word{"failure"_L1, ComponentState::Failed},
    Word{"failing"_L1, ComponentState::Failed},
    Word{"fail"_L1, ComponentState::Failed},
    Word{"critical"_L1, ComponentState::Failed},
    Word{"fatal"_L1, ComponentState::Failed},
    Word{"down"_L1, ComponentState::Failed},
    Word{"bad"_L1, ComponentState::Failed},
    Word{"unavailable"_L1, ComponentState::Failed},
    Word{"not_ready"_L1, ComponentState::Failed},
    Word{"not_ok"_L1, ComponentState::Failed},
    Word{"not_serving"_L1, ComponentState::Failed},
    Word{"disabled"_L1, ComponentState::Disabled},
};

std::optional<ComponentState> exact(QStringView word)
{
    const auto found = std::find_if(words.begin(), words.end(), [&](const Word &w) { return word == w.text; });
    return found == words.end() ? std::nullopt : std::optional(found->state);
}

/// "status" of "STATUS_HEALTHY": a type's name. Everything else before the word changes its meaning.
bool isEnumPrefix(QStringView part)
{
    constexpr std::array prefixes{
        "probe"_L1, "check"_L1, "component"_L1, "health"_L1, "level"_L1, "result"_L1, "severity"_L1, "serving"_L1};
    return part.endsWith("status"_L1) || part.endsWith("state"_L1)
        || std::any_of(prefixes.begin(), prefixes.end(), [&](QLatin1String prefix) { return part == prefix; });
}
} // namespace

ComponentState stateOfWord(QStringView word)
{
    constexpr qsizetype longestWord = 64;
    if (word.size() > longestWord)
        return ComponentState::NotUnderstood;
    if (const auto state = exact(word)) // nearly every word there is
        return *state;
    QString normal = word.trimmed().toString().toLower();
    normal.replace(u' ', u'_').replace(u'-', u'_');
    for (QStringView rest = normal;;) {
        if (const auto state = exact(rest))
            return *state;
        const qsizetype end = rest.indexOf(u'_');
        if (end < 0 || !isEnumPrefix(rest.left(end)))
            return ComponentState::NotUnderstood;
        rest = rest.mid(end + 1);
    }
}

QString boundedName(QStringView name)
{
    const QString bounded = boundedText(name, nameLimit);
    return bounded.isEmpty() ? u"(unnamed)"_s : bounded;
}

void makeUnique(QList<ComponentFact> &components)
{
    using Key = std::pair<QString, QString>;
    QSet<Key> taken;
    QHash<Key, int> count;
    for (ComponentFact &component : components) {
        const Key wanted{component.group, component.name};
        for (Key key = wanted; taken.contains(key); key = Key{component.group, component.name})
            component.name = u"%1 (%2)"_s.arg(wanted.second).arg(++count[wanted] + 1);
        taken.insert(Key{component.group, component.name});
    }
}

} // namespace quorate
