// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/report.h"

#include <QFile>
#include <QSysInfo>
#include <QThread>

#include <cstdio>

namespace quorate::bench {
using namespace Qt::StringLiterals;

namespace {

QString processor()
{
    QFile file(u"/proc/cpuinfo"_s);
    if (file.open(QIODevice::ReadOnly)) {
        const QList<QByteArray> lines = file.readAll().split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith("model name"))
                return QString::fromUtf8(line.mid(line.indexOf(':') + 1).trimmed());
        }
    }
    return QSysInfo::currentCpuArchitecture();
}

/// Three digits that mean something.
QString number(double value) { return QString::number(value, 'f', value < 10 ? 2 : value < 100 ? 1 : 0); }

void print(const QString &line)
{
    std::printf("%s\n", qUtf8Printable(line));
    std::fflush(stdout);
}

} // namespace

void printConditions()
{
    print(u"%1, %2 cores, %3, Qt %4, %5 build, offscreen at 1920×1080"_s.arg(processor(), QString::number(QThread::idealThreadCount()),
        QSysInfo::prettyProductName(), QString::fromLatin1(qVersion()), QStringLiteral(QUORATE_BUILD_TYPE)));
}

void printHeading(const QString &title) { print(u"\n"_s + title); }

void printRow(const QString &what, double value, const QString &unit, std::optional<double> target, const QString &note)
{
    QString line = u"  %1 %2 %3"_s.arg(what, -62).arg(number(value), 8).arg(unit, -4);
    if (target)
        line += u" target ≤ %1 %2 "_s.arg(number(*target), 5).arg(value > 0 && value <= *target ? u"met   "_s : u"MISSED"_s);
    if (!note.isEmpty())
        line += u"  "_s + note;
    print(line);
}

} // namespace quorate::bench
