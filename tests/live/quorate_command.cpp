// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/quorate_command.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

namespace quorate::live {
using namespace Qt::StringLiterals;

namespace {
constexpr int commandLimit = 30'000;
constexpr int pause = 100; ///< milliseconds between two commands

QString words(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toDouble())
        : value.isBool()    ? (value.toBool() ? u"true"_s : u"false"_s)
                            : value.toString();
}
} // namespace

QString Shown::severity() const { return m_cluster[u"severity"_s].toString(); }

int Shown::count(const char *code) const
{
    int found = 0;
    for (const QJsonValue reason : m_cluster[u"reasons"_s].toArray())
        found += reason[u"code"_s].toString() == QLatin1String(code) && reason[u"folded_under"_s].isUndefined() ? 1 : 0;
    return found;
}

bool Shown::has(const char *code) const { return count(code) > 0; }

QJsonObject Shown::group() const { return m_cluster[u"raft"_s].toArray().at(0).toObject(); }

QString Shown::raft(const char *key) const { return words(group().value(QLatin1String(key))); }

QStringList Shown::missing() const
{
    QStringList names;
    for (const QJsonValue name : group().value("missing"_L1).toArray())
        names.append(name.toString());
    return names;
}

QString Shown::reach(const QString &url) const
{
    for (const QJsonValue endpoint : m_cluster[u"endpoints"_s].toArray()) {
        if (endpoint[u"url"_s].toString() == url)
            return endpoint[u"reach"_s].toString();
    }
    return {};
}

QString Shown::peer(const QString &address, const char *key) const
{
    for (const QJsonValue peer : group().value("peers"_L1).toArray()) {
        if (peer[u"address"_s].toString() == address)
            return words(peer[QLatin1String(key)]);
    }
    return {};
}

QString Shown::told() const
{
    QStringList lines{severity() + u": "_s + m_cluster[u"headline"_s].toString()};
    for (const QJsonValue reason : m_cluster[u"reasons"_s].toArray())
        lines.append(
            u"  %1 %2 %3"_s.arg(reason[u"cluster_severity"_s].toString(), reason[u"code"_s].toString(), reason[u"text"_s].toString()));
    for (const QJsonValue endpoint : m_cluster[u"endpoints"_s].toArray())
        lines.append(u"  %1 %2 %3"_s.arg(endpoint[u"url"_s].toString(), endpoint[u"reach"_s].toString(), endpoint[u"error"_s].toString()));
    lines.append(u"  raft: %1 leader %2, %3 of %4 live, margin %5, expected %6, missing %7"_s.arg(
        raft("agreement"), raft("leader"), raft("live"), raft("voters"), raft("margin"), raft("expected"), missing().join(u',')));
    return lines.join(u'\n');
}

QuorateCommand::QuorateCommand(const QStringList &urls, const QString &more)
    : environment(QProcessEnvironment::systemEnvironment())
{
    QFile file(m_home.filePath(u"config.toml"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s can't be written", qPrintable(file.fileName()));
    QStringList quoted;
    for (const QString &url : urls)
        quoted.append(u'"' + url + u'"');
    const QStringList lines{u"[[cluster]]"_s, u"name = \"live\""_s, u"system = \"consul\""_s,
        u"endpoints = [%1]"_s.arg(quoted.join(u", "_s)), u"interval = \"1s\""_s, u"timeout = \"2s\""_s, more};
    file.write(lines.join(u'\n').toUtf8() + '\n');
    for (const auto &name : {"XDG_STATE_HOME"_L1, "XDG_CONFIG_HOME"_L1, "XDG_CACHE_HOME"_L1})
        environment.insert(name, m_home.path());
}

Shown QuorateCommand::status()
{
    QProcess command;
    command.setProcessEnvironment(environment);
    command.start(
        QStringLiteral(QUORATE_COMMAND), {u"status"_s, u"--config"_s, m_home.filePath(u"config.toml"_s), u"--format"_s, u"json"_s});
    const bool finished = command.waitForFinished(commandLimit);
    const QByteArray output = command.readAllStandardOutput();
    const QJsonObject fleet = QJsonDocument::fromJson(output).object();
    const Shown shown(fleet[u"clusters"_s].toArray().at(0).toObject());
    m_told = finished && !fleet.isEmpty()
        ? shown.told()
        : u"no answer: "_s + command.errorString() + QString::fromUtf8(command.readAllStandardError() + output);
    return shown;
}

bool QuorateCommand::until(const std::function<bool(const Shown &)> &wanted, int limit, const std::function<bool(const Shown &)> &always)
{
    QElapsedTimer timer;
    for (timer.start(); timer.elapsed() < limit; QTest::qWait(pause)) {
        const Shown shown = status();
        if (!always(shown)) {
            m_told.prepend(u"must never be shown, %1 ms after the start:\n"_s.arg(timer.elapsed()));
            return false;
        }
        if (wanted(shown))
            return true;
    }
    m_told.prepend(u"waited %1 ms for nothing; the last answer:\n"_s.arg(timer.elapsed()));
    return false;
}

QString QuorateCommand::told() const { return m_told; }

} // namespace quorate::live
