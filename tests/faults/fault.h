// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/demo/stub_server.h"
#include "tests/support/certificates.h"
#include "tests/support/one_round.h"

namespace quorate {

/// For faults that end by the deadline.
inline constexpr Milliseconds soon{400};

inline const QString faultToken = QStringLiteral("s3cret-t0ken/quorate");

/// What a system's document is called where something else came.
[[nodiscard]] QString expectedOf(const QString &system);

/// A fault and its surroundings: the cluster "sick" with one endpoint, and in the same engine the cluster "well", which must not notice.
/// Two engines ask at once, one as the command line does and one as the window does.
class FaultRound {
public:
    explicit FaultRound(const QString &system);

    /// The sick server gives `answer` to the request that decides, or to every request; the healthy one to the rest.
    void answer(const StubAnswer &answer, bool everywhere = false);
    ClusterConfig &sick() { return m_sick; }
    /// Runs the round.
    const RoundResult &run(EngineOptions options = {});
    /// The first rule that is broken, empty when all hold, on the command line and in the window: the round ends; the endpoint has this
    /// reach, or one of these; its error holds all these words, is plain and is shown; neither endpoint nor cluster is Ok; the other
    /// cluster is; the token is nowhere.
    [[nodiscard]] QString broken(Reach reach, const QStringList &words) { return broken(QList{reach}, words); }
    [[nodiscard]] QString broken(const QList<Reach> &reaches, const QStringList &words);
    /// The same without a certain reach: it may have answered.
    [[nodiscard]] QString brokenRule();
    /// Of a reply that may be understood: the round ends, every text is plain and bounded, the other cluster is Ok, the token is nowhere.
    [[nodiscard]] QString brokenSurroundings();
    [[nodiscard]] EndpointStatus endpoint() const { return cluster().endpoints.value(0); }
    [[nodiscard]] ClusterStatus cluster() const { return m_result.cluster(QStringLiteral("sick")); } ///< on the command line
    [[nodiscard]] const RoundResult &result() const { return m_result; }
    [[nodiscard]] StubServer &server() { return m_server; }

private:
    QString m_system;
    std::optional<StubAnswer> m_answer;
    bool m_everywhere = false;
    StubServer m_server;
    StubServer m_well;
    ClusterConfig m_sick;
    RoundResult m_result; ///< what the command line prints is made of
    FleetStatus m_window; ///< what the window shows
    QStringList m_table; ///< the window's row of the sick endpoint
};

/// The fault's endpoint is this server, speaking TLS.
void useTls(FaultRound &fault, StubServer &server, const Certificates &certificates, const QSslConfiguration &tls);

} // namespace quorate
