// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/credential_trial.h"

#include <QCryptographicHash>

namespace quorate {

QByteArray CredentialTrial::digestOf(const QByteArray &token) { return QCryptographicHash::hash(token, QCryptographicHash::Sha256); }

void CredentialTrial::use(const std::optional<QByteArray> &token)
{
    m_unreadable = !token;
    if (!token || digestOf(*token) == m_digest)
        return;
    ++m_generation;
    m_digest = digestOf(*token);
    forget();
}

void CredentialTrial::forget()
{
    m_rounds = 0;
    m_rejected = m_accepted = false;
}

void CredentialTrial::accepted()
{
    forget();
    m_accepted = true;
}

void CredentialTrial::endRound(Milliseconds now)
{
    const bool counts = m_rejected && !m_accepted;
    m_rejected = m_accepted = false;
    if (!counts || backsOff())
        return;
    if (++m_rounds == patience)
        m_backOff.begin(now);
}

} // namespace quorate
