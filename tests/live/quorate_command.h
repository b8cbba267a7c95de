// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QString>
#include <QTemporaryDir>

#include <functional>

namespace quorate::live {

/// One cluster as `quorate status --format json` shows it, with what the stories ask of it.
class Shown {
public:
    explicit Shown(QJsonObject cluster)
        : m_cluster(std::move(cluster))
    {
    }
    [[nodiscard]] QString severity() const;
    [[nodiscard]] bool has(const char *code) const; ///< a reason that is not folded
    [[nodiscard]] int count(const char *code) const;
    [[nodiscard]] QString raft(const char *key) const; ///< "agreement", "leader", "margin" …; empty: absent
    [[nodiscard]] QStringList missing() const;
    [[nodiscard]] QString reach(const QString &url) const;
    [[nodiscard]] QString peer(const QString &address, const char *key) const; ///< "role", "state" … of a peer
    /// Everything that tells, in a line: for the message of a test that failed.
    [[nodiscard]] QString told() const;

private:
    [[nodiscard]] QJsonObject group() const;
    QJsonObject m_cluster;
};

/// The real command with a configuration of one cluster, a home of its own and no past.
class QuorateCommand {
public:
    /// `more` is appended to the cluster's block.
    QuorateCommand(const QStringList &urls, const QString &more = {});

    [[nodiscard]] Shown status();
    /// Asks again and again until `wanted`, at most `limit` milliseconds; every answer on the way must pass `always`. Tells whether it
    /// came.
    [[nodiscard]] bool until(
        const std::function<bool(const Shown &)> &wanted, int limit = 60'000,
        const std::function<bool(const Shown &)> &always = [](const Shown &) { return true; });
    /// The last answer, and how long until() took.
    [[nodiscard]] QString told() const;

    QProcessEnvironment environment;

private:
    QTemporaryDir m_home;
    QString m_told;
};

} // namespace quorate::live
