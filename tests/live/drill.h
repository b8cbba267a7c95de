// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "tests/live/watcher.h"

#include <functional>

namespace quorate::live {

/// A group of servers at the begin of a drill: L is its leader, A, B, C … its followers.
class Scene {
public:
    Scene(ConsulGroup &group, int leader);

    [[nodiscard]] int server(const QString &letter) const;
    [[nodiscard]] QStringList letters() const; ///< the followers, then the leader
    [[nodiscard]] QString withLetters(QString text) const; ///< "server-2" becomes "A"

    void kill(const QString &letters);
    void start(const QString &letters);
    void restart(const QString &letter); ///< as for an update: it ends, is away for two seconds, and is started again
    void freeze(const QString &letter) { group.freeze(server(letter)); }
    void thaw(const QString &letter) { group.thaw(server(letter)); }
    void cutOff(const QString &letter) { group.cutOff(server(letter)); }
    void reconnect(const QString &letter) { group.reconnect(server(letter)); }
    static void wait(int milliseconds); ///< while the watchers go on

    ConsulGroup &group;

private:
    QStringList m_letters; ///< by server
};

/// Something that is done to the servers, what both watchers come to show, and all that each of them tells on the way; see otherwise() of
/// expectation.h. A step that begins with ">?" may be left out by the slow watcher only: by its next look more is decided.
struct Stage {
    const char *done;
    std::function<void(Scene &)> act;
    const char *comesTo;
    const char *told; ///< at polls of 1 s
    const char *toldSlowly = nullptr; ///< at polls of 10 s; null: the same
    bool trouble = true; ///< from then on Ok is false, until the next stage
};

struct Drill {
    const char *name;
    QList<Stage> stages;
};

/// Drills on one group of servers, one after another.
struct Lane {
    const char *name;
    GroupOptions options;
    QList<Drill> drills;
};

/// What a program runs, all lanes side by side: most of it is waiting.
[[nodiscard]] QList<Lane> lanes();

/// Runs a drill with two watchers at once, polling each second and each ten. Returns what was otherwise than expected, with both timelines;
/// empty: nothing.
[[nodiscard]] QString otherwise(const Drill &drill, ConsulGroup &group);

} // namespace quorate::live
