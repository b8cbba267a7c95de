// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace quorate::test {

/// How a run of the program ended; code −1: it did not end by itself.
struct Ended {
    int code = -1;
    QByteArray out, err;
};

/// A person without a display, who has a home of their own and types commands.
class Person {
public:
    Ended run(const QStringList &words) const
    {
        QProcess process;
        QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
        for (const QString &name : {QStringLiteral("DISPLAY"), QStringLiteral("WAYLAND_DISPLAY"), QStringLiteral("QT_QPA_PLATFORM")})
            variables.remove(name);
        variables.insert(QStringLiteral("HOME"), m_home.path());
        variables.insert(QStringLiteral("XDG_CONFIG_HOME"), m_home.filePath(QStringLiteral("config")));
        variables.insert(QStringLiteral("XDG_STATE_HOME"), stateFolder());
        process.setProcessEnvironment(variables);
        QSignalSpy finished(&process, &QProcess::finished);
        process.start(QStringLiteral(QUORATE_BINARY), words);
        // Not waitForFinished(): the servers that are asked live in this thread.
        if (process.state() != QProcess::NotRunning && !finished.wait(60'000))
            process.kill();
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
    }
    Ended run(const QString &line) const { return run(line.split(u' ', Qt::SkipEmptyParts)); }

    /// Writes the configuration; false: it could not be.
    [[nodiscard]] bool configure(const QByteArray &text) const
    {
        QDir().mkpath(QFileInfo(configFile()).path());
        QFile file(configFile());
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }
    [[nodiscard]] QString configFile() const { return m_home.filePath(QStringLiteral("config/quorate/config.toml")); }
    [[nodiscard]] QString stateFolder() const { return m_home.filePath(QStringLiteral("state")); }
    [[nodiscard]] QString stateFile() const { return m_home.filePath(QStringLiteral("state/quorate/state.json")); }

private:
    QTemporaryDir m_home;
};

} // namespace quorate::test
