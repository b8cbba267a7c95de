// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "app/poll/engine.h"
#include "models/tables/acceptance.h"

#include <QObject>

#include <functional>

namespace quorate {

class MainWindow;

/// What a person asks for in the window, brought to the engine, which lives in a thread of its own; and how to take it back. GUI thread.
class Intents final : public QObject {
    Q_OBJECT
public:
    /// `config` tells the present one. `stateFile` is where acceptances are kept; empty: nowhere.
    Intents(MainWindow *window, Engine *engine, std::function<const Config &()> config, QString stateFile, QObject *parent = nullptr);

private:
    void accept(const ClusterName &cluster, const Acceptance &acceptance);
    void begin(const ClusterName &cluster, const EndpointUrl &endpoint, Instant until);
    void end(const ClusterName &cluster, const EndpointUrl &endpoint);
    void apply(const Intent &intent);
    void undo();
    [[nodiscard]] QString refusal(const ClusterName &cluster, const Acceptance &acceptance) const;

    MainWindow *m_window;
    Engine *m_engine;
    std::function<const Config &()> m_config;
    QString m_stateFile;
    std::function<void()> m_undo; ///< runs in the engine's thread
};

} // namespace quorate
