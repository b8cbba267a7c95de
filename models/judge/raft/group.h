// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/raft/server.h"

namespace quorate::raft {

/// What is known of whether a voter is in touch with the leader.
enum class Touch { Live, NotLive, NoEvidence };

/// A server of the membership, with what it shows itself and what autopilot says of it.
struct Peer {
    RaftMember member;
    QString subject; ///< how reasons call it: its name where that is unique, else its address
    const Server *server = nullptr; ///< its own endpoint; null: not asked
    std::optional<AutopilotServer> reported;
    Touch touch = Touch::NoEvidence;

    [[nodiscard]] bool answers() const { return server && server->answers; }
    [[nodiscard]] bool isEndpointDown() const { return server && server->reachClass == ReachClass::Down; }
    /// Seconds since it last heard from the leader: its own word, else autopilot's.
    [[nodiscard]] std::optional<double> lastContact() const;
    /// Its own term, else that of its last entry as autopilot has it.
    [[nodiscard]] std::optional<quint64> term() const;
};

/// All views of one group merged (JUDGE section 5). Holds pointers into `servers`: not to be copied.
struct Group {
    Group() = default;
    Q_DISABLE_COPY_MOVE(Group)

    QList<Server> servers; ///< every distinct one behind the endpoints
    Forwarded forwarded;
    QList<Peer> peers; ///< the membership, by address
    QList<const Server *> outside; ///< configured servers that are not in the membership
    bool membersKnown = false; ///< somebody who answers tells the membership
    bool votersKnown = false; ///< the membership says who votes
    QMap<QString, int> named; ///< leaders named by the views, with how often
    QString leader; ///< address; empty: nobody is named
    QString doubt; ///< what speaks against the leader that is named; empty: nothing
    bool confirmed = false; ///< the leader answers as one, or a call that it must serve went through
    std::optional<quint64> term; ///< the leader's, else the highest among those that name it
    RaftViews views;
    Agreement agreement = Agreement::Unseen;
    bool settling = false; ///< a leader has only just been elected: how its followers are doing is not judged yet
    double lastContactLimit = 0.2; ///< seconds
    qint64 trailingLimit = 250; ///< entries
    Milliseconds freshFrom{}; ///< boot clock: what was told before counts for nothing
    int voters = 0, live = 0, quorum = 0;
    int withoutEvidence = 0; ///< voters of which nothing tells whether they are live
    std::optional<int> margin;
    int expected = 0;
    QList<const Server *> missing; ///< those of `outside` that the expected size lacks

    [[nodiscard]] const Peer *peerAt(const QString &address) const;
    [[nodiscard]] const Peer *peerOf(const Server &server) const;
    /// How reasons call a server: as its peer, else by its name where no other has that, else by its address or URL.
    [[nodiscard]] QString subjectOf(const Server &server) const;
    /// Peer name for an address, else the address.
    [[nodiscard]] QString nameOf(const QString &address) const;
    [[nodiscard]] bool anybodyAnswers() const;
    /// Voters that are expected and are not there; negative when there are more.
    [[nodiscard]] int gone() const;
    /// Nobody among those that answer names a leader.
    [[nodiscard]] bool isLeaderless() const;
};

/// What the group calls too much, unless `spec` says so: as its leader told, else another of its servers.
void chooseLimits(Group &group, const ClusterSpec &spec);

// In this order: each fills its part from the ones before.
void chooseMembership(Group &group);
void chooseLeader(Group &group);
void judgeAgreement(Group &group);
void countVoters(Group &group, const ClusterSpec &spec, const ClusterMemory &memory);

} // namespace quorate::raft
