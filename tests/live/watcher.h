// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/engine.h"
#include "tests/live/consul_group.h"

#include <QElapsedTimer>

namespace quorate::live {

/// Everything that counts, worst first: "warning: endpoint-down(server-2) raft-margin-zero", "ok". Notes and what is folded are left out.
[[nodiscard]] QString told(Severity severity, const QList<Reason> &reasons, const ConsulGroup &group);

/// "restarted(server-2)", "leader-changed(server-1 server-3)", "membership-changed(-server-2)", or a verdict as above.
[[nodiscard]] QString told(const Event &event, const ConsulGroup &group);

/// One engine as the window has it, over the servers of a group, and everything that it told. For the thread that made it.
class Watcher {
public:
    Watcher(const ConsulGroup &group, Milliseconds interval);

    struct Told {
        qint64 at = 0; ///< milliseconds since the watcher began
        QString text;
        bool event = false; ///< told to people; otherwise for the reader of the timeline
    };
    [[nodiscard]] Milliseconds interval() const { return m_interval; }
    [[nodiscard]] QStringList events() const; ///< since the last forget()
    void forget(); ///< what was told so far
    void remark(const QString &what); ///< a line of the timeline: what was done to the servers
    [[nodiscard]] QString timeline() const;

    /// What is shown now; " …" at the end while something is being checked. The notes only where asked for.
    [[nodiscard]] QString shown() const;
    [[nodiscard]] const ClusterStatus &status() const { return m_status; }
    [[nodiscard]] bool isHealthy() const; ///< Ok was told, nothing is being checked, all servers vote, are in touch and name one leader
    /// From now on Ok is false where nothing is being checked; empty: it was not shown. JUDGE's limit for noticing is two intervals and the
    /// time limit.
    void expectTrouble();
    void expectNoMore();
    [[nodiscard]] QString falseGreen() const { return m_falseGreen; }

private:
    void take(const FleetUpdate &update);

    const ConsulGroup &m_group;
    Milliseconds m_interval;
    QElapsedTimer m_clock;
    Engine m_engine;
    ClusterStatus m_status;
    QString m_shown;
    QList<Told> m_told;
    qsizetype m_forgotten = 0;
    qint64 m_troubleFrom = -1; ///< after it, Ok is false
    QString m_falseGreen;
};

} // namespace quorate::live
