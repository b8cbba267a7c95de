// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/systems/system.h"

#include <QDir>
#include <QFile>
#include <QTest>

// Replies to be decoded, and short texts of what was understood, so that tables of both can be read.
namespace quorate::test {
using namespace Qt::StringLiterals;

inline Reply reply(int http, const QByteArray &body, const Headers &headers = {})
{
    Reply made;
    made.reach = Reach::Answered;
    made.http = http;
    made.body = body;
    made.headers = headers;
    return made;
}

/// JSON written with apostrophes for quotes, so that it can be read.
inline QByteArray json(const char *text) { return QByteArray(text).replace('\'', '"'); }

inline QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(QUORATE_FIXTURES "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no fixture %s", qPrintable(name));
    return file.readAll();
}

/// Bodies of a folder of fixtures, by file name; descriptions beside them are none.
inline QStringList fixtureNames(const QString &folder)
{
    QStringList names = QDir(QStringLiteral(QUORATE_FIXTURES "/") + folder).entryList(QDir::Files, QDir::Name);
    names.removeIf([](const QString &name) { return name.endsWith(".meta"_L1); });
    return names;
}

inline QString tell(ComponentState state)
{
    switch (state) {
    case ComponentState::Healthy:
        return u"healthy"_s;
    case ComponentState::Degraded:
        return u"degraded"_s;
    case ComponentState::Failed:
        return u"failed"_s;
    case ComponentState::Disabled:
        return u"disabled"_s;
    case ComponentState::NotUnderstood:
        return u"?"_s;
    }
    Q_UNREACHABLE();
}

/// "controller.api=healthy etcd=? version=failed", in the order of the list.
inline QString tell(const std::optional<QList<ComponentFact>> &components)
{
    if (!components)
        return u"absent"_s;
    QStringList told;
    for (const ComponentFact &component : *components)
        told << (component.group.isEmpty() ? component.name : component.group + u'.' + component.name) + u'=' + tell(component.state);
    return told.join(u' ');
}

inline const ComponentFact *componentNamed(const Facts &facts, const QString &name)
{
    for (const ComponentFact &component : *facts.components) {
        if (component.name == name)
            return &component;
    }
    return nullptr;
}

/// "path" of each request, the primary one with a star.
inline QString tell(const QList<Request> &requests)
{
    QStringList told;
    for (const Request &request : requests)
        told << (request.primary ? u"*"_s : QString()) + request.path;
    return told.join(u' ');
}

/// A server as a function of the path, and one poll of it: everything asked, in order. `remembered` is as it is kept between polls.
inline QList<Request> poll(const System &system, QString &remembered, const std::function<Reply(const Request &)> &server)
{
    PollState state;
    state.remembered = remembered;
    for (QList<Request> next = system.plan(state); !next.isEmpty(); next = system.plan(state)) {
        for (const Request &request : next) {
            state.asked.append(request);
            const Reply answer = server(request);
            Decoded decoded;
            decoded.reach = answer.reach;
            if (answer.reach == Reach::Answered)
                decoded = system.decode(request, answer);
            state.answers.append({request, decoded.reach, answer.http, decoded.facts});
            if (decoded.remember)
                remembered = *decoded.remember;
        }
        if (state.asked.size() > 10)
            qFatal("the plan does not end");
    }
    return state.asked;
}

} // namespace quorate::test
