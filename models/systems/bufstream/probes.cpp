// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/bufstream/probes.h"

#include "models/systems/component_word.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace quorate::bufstream {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype wordLimit = 100;

/// Two numbers of a message; absent when they do not fit. `mark` stands in every text that matches: most have none.
std::optional<std::pair<qint64, qint64>> pairIn(const QString &message, QLatin1String mark, const QRegularExpression &pattern)
{
    if (!message.contains(mark))
        return std::nullopt;
    const auto match = pattern.match(message);
    bool ok = match.hasMatch(), ok2 = ok;
    const std::pair numbers(match.capturedView(1).toLongLong(&ok), match.capturedView(2).toLongLong(&ok2));
    return ok && ok2 ? std::optional(numbers) : std::nullopt;
}

// What its tables show, on every broker. New names come; these are not known to go.
constexpr std::array knownProbes{"etcd"_L1, "kafka_server"_L1, "metadata_storage"_L1, "metadata_storage_migrations"_L1, "object_storage"_L1,
    "postgresql"_L1, "spanner"_L1};

bool isKnown(const ComponentFact &probe)
{
    QString name = probe.name.toLower();
    name.replace(u' ', u'_').replace(u'-', u'_');
    return std::any_of(knownProbes.begin(), knownProbes.end(), [&](QLatin1String known) { return name == known; });
}

/// It counts members, but not so that some of a whole can be meant: "4/3", "-1/3", more digits than a number has.
bool countsNonsense(const ComponentFact &probe)
{
    static const QRegularExpression count(u"\\d ?/ ?-?\\d+ member"_s);
    const auto &members = probe.numbers.members;
    return members ? members->first > members->second : probe.message.contains(" member"_L1) && probe.message.contains(count);
}

bool understood(const ComponentFact &probe) { return probe.state != ComponentState::NotUnderstood; }

std::optional<QString> versionOf(const QList<ComponentFact> &probes)
{
    const auto found = std::find_if(
        probes.begin(), probes.end(), [](const ComponentFact &p) { return p.name.compare("version"_L1, Qt::CaseInsensitive) == 0; });
    return found == probes.end() ? std::nullopt : found->numbers.version;
}
} // namespace

ComponentNumbers numbersIn(const QString &message)
{
    static const QRegularExpression members(u"(?:^|[\\s:(])(\\d+) ?/ ?(\\d+) member(?:\\(s\\)|s)? healthy"_s);
    static const QRegularExpression migrations(u"^Migrations: current: (\\d+), target: (\\d+)"_s);
    static const QRegularExpression connections(u"\\bconnections: (\\d+)/(\\d+)"_s);
    static const QRegularExpression version(u"^Version: v?(\\S+)"_s);
    ComponentNumbers numbers{pairIn(message, " member"_L1, members), pairIn(message, "Migrations: "_L1, migrations),
        pairIn(message, "connections: "_L1, connections), {}};
    if (message.startsWith("Version: "_L1)) {
        const auto match = version.match(message);
        numbers.version = match.hasMatch() ? std::optional(match.captured(1)) : std::nullopt;
    }
    return numbers;
}

void Probes::add(QStringView name, const Reading &reading, QStringView message)
{
    if (list.size() >= probeLimit) {
        ++leftOut;
        return;
    }
    ComponentFact probe;
    probe.name = boundedName(name);
    probe.reported = boundedText(reading.reported, wordLimit);
    probe.state = reading.state;
    probe.message = boundedText(message);
    probe.numbers = numbersIn(probe.message);
    if (probe.state == ComponentState::Healthy && countsNonsense(probe))
        probe.state = ComponentState::NotUnderstood;
    list.append(probe);
}

void Probes::add(Probes &&more)
{
    list += more.list;
    leftOut += more.leftOut;
    if (list.size() > probeLimit) {
        leftOut += list.size() - probeLimit;
        list.resize(probeLimit);
    }
    if (more.overall)
        say(*more.overall);
}

void Probes::say(const Reading &word)
{
    if (!overall || overall->state == ComponentState::Healthy)
        overall = word;
}

bool Probes::allUnderstood() const { return !list.isEmpty() && std::all_of(list.begin(), list.end(), understood); }

bool Probes::areBufstreams() const { return std::any_of(list.begin(), list.end(), isKnown); }

Facts Probes::facts() &&
{
    if (leftOut > 0) {
        ComponentFact rest;
        rest.name = u"(%1 more)"_s.arg(leftOut);
        rest.message = u"only the first %1 probes are read"_s.arg(probeLimit);
        list.append(rest);
    }
    makeUnique(list);
    Facts facts;
    facts.version = versionOf(list);
    if (overall) {
        facts.reported = boundedText(overall->reported, wordLimit);
        facts.reportedState = overall->state;
    }
    facts.components = std::move(list);
    return facts;
}

} // namespace quorate::bufstream
