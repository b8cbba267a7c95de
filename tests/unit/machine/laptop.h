// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

#include <QMap>

// A laptop that watches clusters, and what happens to it, without waiting.
namespace quorate::test {

/// Where it is. What it is told of its network by the system goes with it.
enum class Network {
    Up, ///< everything that runs is reached
    Off, ///< nothing is up but loopback
    Portal, ///< a captive portal redirects plain HTTP to login.example and breaks TLS
    WithoutVpn, ///< up, but the names of the clusters are not found
};

class Laptop {
public:
    /// "site: http://a http://b": a cluster and its endpoints, all polled every `interval`.
    explicit Laptop(const QStringList &clusters, Milliseconds interval = Milliseconds(10'000), JudgeMode mode = JudgeMode::OverTime);

    Fleet fleet;
    Time now;
    QList<Event> events;
    Network network = Network::Up;
    std::optional<NetworkEvidence> evidence; ///< instead of what goes with the network

    /// How a server answers while it is reached: "ok", "refused", "timeout", "bad-gateway", "failed" (a part of it). By URL; empty: all.
    void becomes(const QString &word, const QString &url = {});
    /// Time passes: polls as the engine does it, evidence where the judge wants it, a tick every second.
    void pass(Milliseconds time);
    /// It is closed, and opened again.
    void sleep(Milliseconds time);
    /// The program is stopped and goes on.
    void stop(Milliseconds time) { now = now + time; }
    void setClock(Milliseconds by) { now.wall += by; }
    /// Each endpoint once, now.
    void round();
    void tell(const Input &input);

    [[nodiscard]] ClusterStatus status(const QString &cluster) const;
    /// "unknown because machine-offline(portal login.example)"; notes and what is being checked are left out.
    [[nodiscard]] QString verdict(const QString &cluster) const;
    [[nodiscard]] QString verdict() const { return verdict(fleet.clusters.first().spec.name.text()); }
    [[nodiscard]] QStringList notices() const;
    /// Of what people are told: "site ok -> critical", "clock-stepped +3600". Since the last time.
    [[nodiscard]] QStringList told();
    /// All changes of the verdict, told or not: "ok -> unknown (muted)".
    [[nodiscard]] QStringList recorded() const;

private:
    [[nodiscard]] Observation reply(const ClusterState &cluster, const EndpointState &endpoint) const;
    [[nodiscard]] NetworkEvidence found() const;
    void poll(const ClusterName &cluster);
    void pollDue();
    void follow();

    QMap<QString, QString> m_words; ///< by URL
    QMap<QString, Milliseconds> m_polled; ///< monotonic clock, by URL
    qsizetype m_told = 0;
};

} // namespace quorate::test
