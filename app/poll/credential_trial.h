// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/back_off.h"

#include <QByteArray>

#include <optional>

namespace quorate {

/// What the servers of one cluster make of its token. One that they rejected in three rounds is shown to one of them only, more and more
/// seldom, until one accepts it or its content changes (JUDGE section 3). Pure: reads no clock, keeps a digest and no token. Times are on
/// the boot clock.
class CredentialTrial {
public:
    static constexpr int patience = 3; ///< rounds

    /// The content that is sent from now on; another one than before begins anew. Absent: it can't be read, and nothing is sent meanwhile.
    void use(const std::optional<QByteArray> &token);
    /// Not what is in use: this has not been tried yet, or nothing could be read.
    [[nodiscard]] bool isAnother(const QByteArray &token) const { return m_unreadable || m_digest != digestOf(token); }
    /// Changes with the content: an answer to what was sent before says nothing of what is sent now.
    [[nodiscard]] int generation() const { return m_generation; }
    /// Could not be read when it was wanted last.
    [[nodiscard]] bool isUnreadable() const { return m_unreadable; }
    /// Whether another content is waited for.
    [[nodiscard]] bool isInDoubt() const { return m_rounds > 0 || m_rejected || m_unreadable; }

    /// Somebody wants it to be tried everywhere again.
    void forget();
    void rejected() { m_rejected = true; }
    void accepted();
    /// A round of all endpoints is over, or the next begins: it counts once, and not at all when anybody accepted the token in it.
    void endRound(Milliseconds now);

    [[nodiscard]] bool backsOff() const { return m_rounds >= patience; }
    [[nodiscard]] BackOff &backOff() { return m_backOff; }
    [[nodiscard]] const BackOff &backOff() const { return m_backOff; }

private:
    [[nodiscard]] static QByteArray digestOf(const QByteArray &token);

    QByteArray m_digest; ///< of the content in use
    bool m_unreadable = false;
    int m_generation = 0;
    int m_rounds = 0; ///< in which it was rejected
    bool m_rejected = false, m_accepted = false; ///< in this round
    BackOff m_backOff;
};

} // namespace quorate
