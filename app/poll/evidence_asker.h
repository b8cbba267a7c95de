// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/network_evidence.h"

#include <QObject>

namespace quorate {

/// Asks for evidence in threads of its own, so that nobody waits; one question at a time.
class EvidenceAsker final : public QObject {
    Q_OBJECT
public:
    explicit EvidenceAsker(EvidenceSource source, QObject *parent = nullptr);

    [[nodiscard]] bool isAsking() const { return m_asking; }
    void ask(const NetworkQuestion &question); ///< answered by gathered()
    void stop(); ///< an answer under way is dropped

Q_SIGNALS:
    void gathered(const quorate::NetworkEvidence &evidence);

private:
    EvidenceSource m_source;
    bool m_asking = false;
    bool m_stopped = false;
};

} // namespace quorate
