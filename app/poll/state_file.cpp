// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/state_file.h"

#include "models/judge/maintenance.h"
#include "models/judge/memory.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr int version = 1;
constexpr int lockWait = 1'000; ///< ms; it is held for a write of a few KiB
constexpr qint64 largest = 16 * 1024 * 1024;

QJsonArray toJson(const QList<Maintenance> &list)
{
    QJsonArray array;
    for (const Maintenance &maintenance : list) {
        QJsonArray endpoints;
        for (const EndpointUrl &endpoint : maintenance.endpoints)
            endpoints.append(endpoint.text());
        QJsonObject object{{u"until"_s, toRfc3339(maintenance.until)}, {u"endpoints"_s, endpoints}};
        if (maintenance.asked)
            object.insert(u"asked"_s, toRfc3339(*maintenance.asked));
        if (!maintenance.note.isEmpty())
            object.insert(u"note"_s, maintenance.note);
        array.append(object);
    }
    return array;
}

/// What is over is left behind.
QList<Maintenance> maintenanceFrom(const QJsonArray &array)
{
    const Instant now = currentTime().wall;
    QList<Maintenance> list;
    for (const QJsonValue &value : array) {
        const auto until = fromRfc3339(value[u"until"].toString());
        if (!until)
            continue;
        Maintenance maintenance{*until, {}, boundedText(value[u"note"].toString(), 200), fromRfc3339(value[u"asked"].toString())};
        for (const QJsonValue &endpoint : value[u"endpoints"].toArray())
            maintenance.endpoints.append(EndpointUrl(endpoint.toString()));
        if (!isForgotten(maintenance, now))
            list.append(maintenance);
    }
    return mergedMaintenance(list, {});
}

QJsonObject toJson(const ClusterMemory &memory)
{
    QJsonObject object{{u"severity"_s, name(memory.lastSeverity)}};
    if (memory.largestVoters > 0)
        object.insert(u"largest_voters"_s, memory.largestVoters);
    if (memory.sizeAccepted)
        object.insert(u"size_accepted"_s, toRfc3339(*memory.sizeAccepted));
    if (memory.acceptedOf > 0)
        object.insert(u"accepted_of"_s, memory.acceptedOf);
    if (memory.agentsAccepted)
        object.insert(u"agents_accepted"_s, toRfc3339(*memory.agentsAccepted));
    if (memory.lastSince)
        object.insert(u"since"_s, toRfc3339(*memory.lastSince));
    if (memory.lastSeen)
        object.insert(u"seen"_s, toRfc3339(*memory.lastSeen));
    QJsonObject dead;
    for (auto queue = memory.deadLettersKnown.begin(); queue != memory.deadLettersKnown.end(); ++queue)
        dead.insert(queue.key(), queue.value());
    if (!dead.isEmpty())
        object.insert(u"dead_letters_known"_s, dead);
    QJsonObject since;
    for (auto queue = memory.deadLettersSince.begin(); queue != memory.deadLettersSince.end(); ++queue)
        since.insert(queue.key(), toRfc3339(*queue));
    if (!since.isEmpty())
        object.insert(u"dead_letters_since"_s, since);
    QJsonObject instead;
    for (auto queue = memory.deadLettersInstead.begin(); queue != memory.deadLettersInstead.end(); ++queue)
        instead.insert(queue.key(), queue.value());
    if (!instead.isEmpty())
        object.insert(u"dead_letters_instead"_s, instead);
    QJsonObject remembered;
    for (auto endpoint = memory.remembered.begin(); endpoint != memory.remembered.end(); ++endpoint)
        remembered.insert(endpoint.key().text(), endpoint.value());
    if (!remembered.isEmpty())
        object.insert(u"remembered"_s, remembered);
    if (!memory.maintenance.isEmpty())
        object.insert(u"maintenance"_s, toJson(memory.maintenance));
    return object;
}

ClusterMemory fromJson(const QJsonObject &object)
{
    ClusterMemory memory;
    memory.largestVoters = std::max(0, object[u"largest_voters"].toInt());
    memory.sizeAccepted = fromRfc3339(object[u"size_accepted"].toString());
    memory.acceptedOf = std::max(0, object[u"accepted_of"].toInt());
    memory.agentsAccepted = fromRfc3339(object[u"agents_accepted"].toString());
    memory.lastSeverity = severityFromName(object[u"severity"].toString()).value_or(Severity::Unknown);
    memory.lastSince = fromRfc3339(object[u"since"].toString());
    memory.lastSeen = fromRfc3339(object[u"seen"].toString());
    const QJsonObject dead = object[u"dead_letters_known"].toObject();
    for (auto queue = dead.begin(); queue != dead.end(); ++queue) {
        if (const qint64 known = queue.value().toInteger(-1); known >= 0)
            memory.deadLettersKnown.insert(queue.key(), known);
    }
    const QJsonObject since = object[u"dead_letters_since"].toObject();
    for (auto queue = since.begin(); queue != since.end(); ++queue) {
        const auto at = fromRfc3339(queue.value().toString());
        if (at && memory.deadLettersKnown.contains(queue.key()))
            memory.deadLettersSince.insert(queue.key(), *at);
    }
    const QJsonObject instead = object[u"dead_letters_instead"].toObject();
    for (auto queue = instead.begin(); queue != instead.end(); ++queue) {
        if (const qint64 configured = queue.value().toInteger(); configured > 0 && memory.deadLettersKnown.contains(queue.key()))
            memory.deadLettersInstead.insert(queue.key(), configured);
    }
    const QJsonObject remembered = object[u"remembered"].toObject();
    for (auto endpoint = remembered.begin(); endpoint != remembered.end(); ++endpoint)
        memory.remembered.insert(EndpointUrl(endpoint.key()), endpoint.value().toString());
    memory.maintenance = maintenanceFrom(object[u"maintenance"].toArray());
    return memory;
}
} // namespace

QString stateFilePath()
{
    const QString configured = qEnvironmentVariable("XDG_STATE_HOME");
    const QString base = QDir::isAbsolutePath(configured) ? configured : QDir::homePath() + u"/.local/state"_s;
    return base + u"/quorate/state.json"_s;
}

Result<Memory, StateFileError> readState(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return Memory();
    if (!file.open(QIODevice::ReadOnly))
        return StateFileError{StateFileError::Kind::Unreadable, u"%1 cannot be read: %2"_s.arg(path, file.errorString())};
    const QJsonObject root = QJsonDocument::fromJson(file.read(largest)).object();
    if (root[u"version"].toInt() != version)
        return StateFileError{StateFileError::Kind::NotUnderstood,
            u"%1 is damaged or of another version (1 was expected); what was remembered of the clusters is lost"_s.arg(path)};
    Memory memory;
    const QJsonObject clusters = root[u"clusters"].toObject();
    for (auto cluster = clusters.begin(); cluster != clusters.end(); ++cluster)
        memory.insert(ClusterName(cluster.key()), fromJson(cluster.value().toObject()));
    return memory;
}

std::optional<StateFileError> writeState(const QString &path, const Memory &memory)
{
    QJsonObject clusters;
    for (auto cluster = memory.begin(); cluster != memory.end(); ++cluster)
        clusters.insert(cluster.key().text(), toJson(cluster.value()));
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    file.setDirectWriteFallback(false);
    const QByteArray bytes = QJsonDocument(QJsonObject{{u"version"_s, version}, {u"clusters"_s, clusters}}).toJson();
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || file.write(bytes) != bytes.size()
        || !file.commit())
        return StateFileError{StateFileError::Kind::Unwritable, u"%1 cannot be written: %2"_s.arg(path, file.errorString())};
    return std::nullopt;
}

Result<Memory, StateFileError> mergeState(const QString &path, const Memory &memory)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QLockFile lock(path + u".lock"_s);
    lock.setStaleLockTime(0); // only a program that is gone has left it behind
    if (!lock.tryLock(lockWait))
        return StateFileError{StateFileError::Kind::Unwritable,
            lock.error() == QLockFile::LockFailedError ? u"%1 is being written by another program"_s.arg(path)
                                                       : u"%1 cannot be locked for writing"_s.arg(path)};
    const auto known = readState(path);
    const Memory both = known ? merged(known.value(), memory) : memory;
    if (known && both == known.value())
        return both;
    if (const auto error = writeState(path, both))
        return *error;
    return both;
}

} // namespace quorate
