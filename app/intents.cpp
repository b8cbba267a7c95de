// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intents.h"

#include "app/poll/state_file.h"
#include "models/wording/maintenance.h"
#include "views/main_window.h"

#include <algorithm>
#include <memory>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

Intent::Kind kindOf(Acceptance::Kind kind)
{
    switch (kind) {
    case Acceptance::Kind::Size:
        return Intent::Kind::AcceptSize;
    case Acceptance::Kind::DeadLetters:
        return Intent::Kind::AcceptDeadLetters;
    case Acceptance::Kind::Agents:
        return Intent::Kind::AcceptAgents;
    }
    Q_UNREACHABLE();
}

/// What was accepted becomes what it was, as of now: the newest acceptance wins, also in the file that another process may write.
void takeBack(ClusterMemory &own, const ClusterMemory &former, const Acceptance &acceptance, Instant now)
{
    if (acceptance.kind == Acceptance::Kind::Size) {
        own.largestVoters = former.largestVoters;
        own.acceptedOf = former.acceptedOf;
        own.sizeAccepted = now;
        return;
    }
    for (const QString &queue : own.deadLettersKnown.keys()) {
        if (!acceptance.subject.isEmpty() && queue != acceptance.subject)
            continue;
        own.deadLettersKnown[queue] = former.deadLettersKnown.value(queue, 0);
        own.deadLettersSince[queue] = now;
    }
}

} // namespace

Intents::Intents(MainWindow *window, Engine *engine, std::function<const Config &()> config, QString stateFile, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_engine(engine)
    , m_config(std::move(config))
    , m_stateFile(std::move(stateFile))
{
    connect(window, &MainWindow::pauseWanted, this, [this](const ClusterName &cluster, bool paused) {
        apply({paused ? Intent::Kind::Pause : Intent::Kind::Resume, cluster, {}});
    });
    connect(window, &MainWindow::acceptWanted, this, &Intents::accept);
    connect(window, &MainWindow::undoWanted, this, &Intents::undo);
    connect(window, &MainWindow::maintenanceBegun, this, &Intents::begin);
    connect(window, &MainWindow::maintenanceEnded, this, &Intents::end);
}

void Intents::apply(const Intent &intent)
{
    QMetaObject::invokeMethod(
        m_engine, [engine = m_engine, intent] { engine->apply(intent); }, Qt::QueuedConnection);
}

/// Why an acceptance would change nothing; empty: it would.
QString Intents::refusal(const ClusterName &cluster, const Acceptance &acceptance) const
{
    const Config &config = m_config();
    const auto found = std::find_if(
        config.clusters.cbegin(), config.clusters.cend(), [&](const ClusterConfig &configured) { return configured.spec.name == cluster; });
    if (acceptance.kind != Acceptance::Kind::Size || found == config.clusters.cend() || !found->spec.expectedVoters)
        return {};
    return tr("expected_voters = %1 stands in the configuration: change it there").arg(*found->spec.expectedVoters);
}

void Intents::accept(const ClusterName &cluster, const Acceptance &acceptance)
{
    if (const QString why = refusal(cluster, acceptance); !why.isEmpty()) {
        m_window->showMessage(why);
        return;
    }
    // Written and read in the engine's thread only, one after the other.
    const auto former = std::make_shared<ClusterMemory>();
    const Intent intent{kindOf(acceptance.kind), cluster, acceptance.subject};
    QMetaObject::invokeMethod(
        m_engine,
        [engine = m_engine, former, intent] {
            *former = engine->memory().value(intent.cluster);
            engine->apply(intent);
        },
        Qt::QueuedConnection);
    const bool canUndo = acceptance.kind != Acceptance::Kind::Agents; // who left is no part of the memory
    m_undo = {};
    if (canUndo) {
        m_undo = [engine = m_engine, file = m_stateFile, former, cluster, acceptance] {
            Memory memory = engine->memory();
            takeBack(memory[cluster], *former, acceptance, currentTime().wall);
            engine->setMemory(memory);
            if (!file.isEmpty()) {
                if (const auto kept = mergeState(file, {{cluster, memory.value(cluster)}}); !kept)
                    qWarning("%s", qPrintable(kept.error().text));
            }
            engine->pollNow(cluster);
        };
    }
    m_window->showAccepted(acceptance.done, canUndo);
}

void Intents::undo()
{
    if (!m_undo)
        return;
    QMetaObject::invokeMethod(m_engine, std::exchange(m_undo, {}), Qt::QueuedConnection);
    m_window->showMessage(tr("as it was before"));
}

void Intents::begin(const ClusterName &cluster, const EndpointUrl &endpoint, Instant until)
{
    Intent intent{Intent::Kind::Mute, cluster, endpoint.text()};
    intent.until = until;
    apply(intent);
    const QString what = endpoint.isEmpty() ? cluster.text() : endpoint.text();
    m_window->showMessage(tr("%1 %2", "a cluster, in maintenance until").arg(what, wording::maintenance(until, {}, currentTime())));
}

void Intents::end(const ClusterName &cluster, const EndpointUrl &endpoint)
{
    apply({Intent::Kind::Unmute, cluster, endpoint.text()});
    m_window->showMessage(tr("%1: maintenance ended").arg(endpoint.isEmpty() ? cluster.text() : endpoint.text()));
}

} // namespace quorate
