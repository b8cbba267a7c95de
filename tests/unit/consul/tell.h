// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/systems/consul/consul.h"

#include <QFile>
#include <QTest>

// Small text forms, so that tables of replies and facts can be read.
namespace quorate::test {
using namespace Qt::StringLiterals;

inline Request request(const QString &key)
{
    Request made;
    made.key = key;
    made.path = u"/v1/"_s + key;
    made.primary = key == u"leader";
    made.forwarded = key == u"autopilot";
    made.occasional = key == u"limits";
    return made;
}

inline Reply reply(int http, const QByteArray &body, const Headers &headers = {})
{
    Reply made;
    made.reach = Reach::Answered;
    made.http = http;
    made.body = body;
    made.headers = headers;
    return made;
}

inline QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(QUORATE_FIXTURES "/consul/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// "HTTP/1.1 200 OK" and header lines, as captured.
inline Headers headersOf(const QByteArray &captured)
{
    Headers headers;
    const auto lines = captured.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(": ");
        if (colon > 0)
            headers.append({line.first(colon), line.sliced(colon + 2).trimmed()});
    }
    return headers;
}

inline QString tell(const RaftMember &member)
{
    QString told = (member.voter ? u""_s : u"(non-voter)"_s) + (member.leader ? u"*"_s : QString());
    told += member.unknownToGossip ? u"?"_s : member.name;
    return told + u'@' + member.address;
}

inline QString tell(const AutopilotServer &server)
{
    QString told = (server.leader ? u"*"_s : QString()) + server.name + u':' + server.serfStatus + (server.healthy ? QString() : u"!"_s);
    told += server.unreachable ? u" unreachable"_s : u" %1ms"_s.arg(qRound(server.lastContactSeconds.value_or(-1) * 1000));
    return told + (server.lastIndex ? u" i%1"_s.arg(*server.lastIndex) : QString());
}

/// Everything of a view that is known, in a fixed order: "server=true leader=127.0.0.2:8300 …".
inline QString tell(const Facts &facts)
{
    QStringList told;
    const auto add = [&](const char *name, const QString &value) { told.append(QLatin1String(name) + u'=' + value); };
    const auto addNumber = [&](const char *name, const std::optional<quint64> &value) {
        if (value)
            add(name, QString::number(*value));
    };
    const auto addBool = [&](const char *name, const std::optional<bool> &value) {
        if (value)
            add(name, *value ? u"true"_s : u"false"_s);
    };
    const auto addText = [&](const char *name, const std::optional<QString> &value) {
        if (value)
            add(name, *value);
    };
    const RaftView view = facts.raft.value_or(RaftView{});
    addBool("server", view.server);
    addText("id", view.id ? std::optional(view.id->left(8)) : std::nullopt);
    addText("name", view.name);
    addText("dc", view.datacenter);
    addText("address", view.address);
    addText("leader", view.leader);
    addText("peers", view.peers ? std::optional(view.peers->join(u',')) : std::nullopt);
    addText("state", view.state);
    addBool("leads", view.saysLeader);
    addNumber("term", view.term);
    addNumber("commit", view.commit);
    addNumber("applied", view.applied);
    addNumber("last", view.lastLog);
    addNumber("pending", view.fsmPending);
    if (view.lastContactSeconds)
        add("contact", QString::number(*view.lastContactSeconds));
    if (view.neverContacted)
        add("contact", u"never"_s);
    if (view.gossipFailed)
        add("failed", QString::number(*view.gossipFailed));
    if (view.membership) {
        QStringList members;
        for (const RaftMember &member : *view.membership)
            members.append(tell(member));
        add("members", members.join(u','));
    }
    if (view.autopilot) {
        add("autopilot", view.autopilot->healthy ? u"healthy"_s : u"unhealthy"_s);
        if (view.autopilot->failureTolerance)
            add("tolerates", QString::number(*view.autopilot->failureTolerance));
        QStringList servers;
        for (const AutopilotServer &server : view.autopilot->servers.value_or(QList<AutopilotServer>{}))
            servers.append(tell(server));
        add("servers", view.autopilot->servers ? u'[' + servers.join(u", ") + u']' : u"absent"_s);
    }
    if (view.limits && view.limits->lastContactSeconds)
        add("contact-limit", QString::number(*view.limits->lastContactSeconds));
    if (view.limits && view.limits->trailingEntries)
        add("trailing-limit", QString::number(*view.limits->trailingEntries));
    addBool("known-leader", view.knownLeader);
    if (view.headerLastContactSeconds)
        add("header-contact", QString::number(*view.headerLastContactSeconds));
    addText("version", facts.version);
    if (!facts.narrowed.isEmpty())
        add("narrowed", facts.narrowed.join(u','));
    return told.join(u' ');
}

inline Decoded decode(const QString &key, const Reply &reply) { return consulSystem().decode(request(key), reply); }

} // namespace quorate::test
