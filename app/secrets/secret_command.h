// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/secrets/secret.h"

#include "models/status/time.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <functional>

namespace quorate {

/// One run of a command that prints a token: argv as configured, no shell, no input, a limit in time and output. What it says on
/// stderr is not shown: a command may print secrets there.
class SecretCommand final : public QObject {
public:
    using Done = std::function<void(const Secret &)>;
    /// `done` is called once, from the event loop; never when this is destroyed before. The process is killed then.
    SecretCommand(const SecretFromCommand &reference, Milliseconds limit, qsizetype cap, Done done, QObject *parent = nullptr);
    ~SecretCommand() override;

private:
    void read();
    void finished(int code, QProcess::ExitStatus status);
    void conclude(const Secret &secret);

    QString m_source;
    QProcess m_process;
    QTimer m_limit;
    QByteArray m_output;
    qsizetype m_cap;
    Done m_done;
};

} // namespace quorate
