// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/evidence_asker.h"

#include <QThreadPool>

#include <memory>
#include <utility>

namespace quorate {

namespace {
/// Leaked on purpose: joining it would wait for a bus or a name server that hangs.
QThreadPool &evidencePool()
{
    static QThreadPool *const pool = [] {
        auto *threads = new QThreadPool;
        threads->setMaxThreadCount(4);
        return threads;
    }();
    return *pool;
}
} // namespace

EvidenceAsker::EvidenceAsker(EvidenceSource source, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
{
}

void EvidenceAsker::ask(const NetworkQuestion &question)
{
    if (m_asking || m_stopped)
        return;
    m_asking = true;
    // The pool's thread never touches the asker, which may be gone by then: it deletes a messenger that lives in this thread.
    auto *messenger = new QObject;
    auto evidence = std::make_shared<NetworkEvidence>();
    connect(messenger, &QObject::destroyed, this, [this, evidence] {
        m_asking = false;
        if (!m_stopped)
            Q_EMIT gathered(*evidence);
    });
    evidencePool().start([source = m_source, question, evidence, messenger] {
        *evidence = source(question);
        messenger->deleteLater();
    });
}

void EvidenceAsker::stop() { m_stopped = true; }

} // namespace quorate
