// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secret_command.h"

#include <utility>

namespace quorate {
using namespace Qt::StringLiterals;

SecretCommand::SecretCommand(const SecretFromCommand &reference, Milliseconds limit, qsizetype cap, Done done, QObject *parent)
    : QObject(parent)
    , m_source(words(reference))
    , m_cap(cap)
    , m_done(std::move(done))
{
    m_process.setProgram(reference.argv.value(0));
    m_process.setArguments(reference.argv.mid(1));
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(QProcess::nullDevice());
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &SecretCommand::read);
    connect(&m_process, &QProcess::finished, this, &SecretCommand::finished);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            conclude(SecretError{SecretError::Kind::Failed, u"%1 could not be started: is it installed and executable?"_s.arg(m_source)});
    });
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this, limit] {
        conclude(
            SecretError{SecretError::Kind::TimedOut, u"%1 did not finish within %2 s"_s.arg(m_source).arg(double(limit.count()) / 1000)});
    });
    m_limit.start(limit);
    // From the event loop, so that a failed start is reported there too.
    QMetaObject::invokeMethod(
        this, [this] { m_process.start(QIODevice::ReadOnly); }, Qt::QueuedConnection);
}

SecretCommand::~SecretCommand()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(200); // after SIGKILL a matter of microseconds
}

void SecretCommand::read()
{
    m_output += m_process.readAllStandardOutput();
    if (m_output.size() > m_cap)
        conclude(SecretError{
            SecretError::Kind::TooLarge, u"%1 printed more than %2 KiB; a token was expected"_s.arg(m_source).arg(m_cap / 1024)});
}

void SecretCommand::finished(int code, QProcess::ExitStatus status)
{
    read();
    if (status == QProcess::CrashExit)
        conclude(SecretError{SecretError::Kind::Failed, u"%1 was ended by a signal"_s.arg(m_source)});
    else if (code != 0)
        conclude(SecretError{SecretError::Kind::Failed, u"%1 ended with exit code %2; 0 was expected"_s.arg(m_source).arg(code)});
    else
        conclude(checkedToken(m_output, u"the output of %1"_s.arg(m_source)));
}

void SecretCommand::conclude(const Secret &secret)
{
    if (const Done done = std::exchange(m_done, nullptr))
        done(secret);
}

} // namespace quorate
