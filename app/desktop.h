// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"
#include "models/status/status.h"

#include <QObject>

#include <memory>

namespace quorate {

class MainWindow;
struct StoredReply;

/// Builds the parts of the window and connects them: configuration → engine (own thread) → models → window, and the intents back.
/// GUI thread.
class Desktop final : public QObject {
    Q_OBJECT
public:
    explicit Desktop(const Arguments &arguments, QObject *parent = nullptr);
    ~Desktop() override;

    /// False: errorText() says why there is nothing to show (a demo port, for one).
    [[nodiscard]] bool start();
    [[nodiscard]] QString errorText() const;
    /// Stops in order, waiting at most a second for the engine, whatever hangs.
    void stop();

    [[nodiscard]] MainWindow *window() const;
    [[nodiscard]] QList<ClusterName> clusters() const; ///< as configured
    /// Every configured endpoint has concluded an attempt, and the newest statuses are in the window.
    [[nodiscard]] bool hasSeenEverything() const;

Q_SIGNALS:
    void updated();
    void repliesShown();

private:
    void connectEngine();
    void connectWindow();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace quorate
