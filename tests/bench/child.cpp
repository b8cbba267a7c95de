// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/child.h"

#include "tests/bench/usage.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

namespace quorate::bench {
using namespace Qt::StringLiterals;

namespace {
constexpr auto spawnedVariable = "QUORATE_BENCH_SPAWNED";
constexpr int longestRun = 300'000; ///< ms

/// Without a proxy, a bus, a desktop or somebody's configuration.
QProcessEnvironment cleanEnvironment(const QString &home)
{
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    environment.insert(u"HOME"_s, home);
    for (const QString &name : {u"CONFIG"_s, u"STATE"_s, u"CACHE"_s, u"DATA"_s})
        environment.insert(u"XDG_%1_HOME"_s.arg(name), home + u'/' + name.toLower());
    environment.insert(u"XDG_RUNTIME_DIR"_s, home);
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"QT_LOGGING_RULES"_s, u"default.warning=false"_s); // offscreen says of every window that it has no size hints
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"TZ"_s, u"UTC"_s);
    return environment;
}

bool run(QProcess &process, const QString &program, const QStringList &arguments)
{
    const QTemporaryDir home;
    QProcessEnvironment environment = cleanEnvironment(home.path());
    environment.insert(QString::fromLatin1(spawnedVariable), QString::number(monotonicNanoseconds()));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    return process.waitForFinished(longestRun) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}
} // namespace

void tell(const QString &name, double value)
{
    std::printf("%s\t%.9g\n", qPrintable(name), value);
    std::fflush(stdout);
}

Measured measure(const QStringList &arguments, const QString &program)
{
    QProcess process;
    Measured measured;
    if (!run(process, program.isEmpty() ? QCoreApplication::applicationFilePath() : program, arguments)) {
        std::fprintf(stderr, "failed: %s\n", qPrintable(arguments.join(u' ')));
        return measured;
    }
    const QList<QByteArray> lines = process.readAllStandardOutput().split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype tab = line.indexOf('\t');
        if (tab > 0)
            measured.add(QString::fromUtf8(line.first(tab)), line.mid(tab + 1).toDouble());
    }
    return measured;
}

double runTime(const QString &program, const QStringList &arguments)
{
    QProcess process;
    const qint64 before = monotonicNanoseconds();
    if (!run(process, program, arguments)) {
        std::fprintf(stderr, "failed: %s %s\n", qPrintable(program), qPrintable(arguments.join(u' ')));
        return 0;
    }
    return double(monotonicNanoseconds() - before) / 1e6;
}

double millisecondsSinceSpawn() { return double(monotonicNanoseconds() - qEnvironmentVariable(spawnedVariable).toLongLong()) / 1e6; }

} // namespace quorate::bench
