// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace quorate::test {
using namespace Qt::StringLiterals;

QString goldenDifference(const QString &name, const QByteArray &actual)
{
    const QString path = QStringLiteral(QUORATE_FIXTURES "/golden/") + name;
    QFile file(path);
    if (qEnvironmentVariableIsSet("QUORATE_UPDATE_GOLDEN")) {
        QDir().mkpath(QFileInfo(path).path());
        const bool written = file.open(QIODevice::WriteOnly) && file.write(actual) == actual.size();
        return written ? QString() : u"can't write %1"_s.arg(path);
    }
    if (!file.open(QIODevice::ReadOnly))
        return u"can't read %1"_s.arg(path);
    const QByteArray golden = file.readAll();
    if (golden == actual)
        return {};
    const QList<QByteArray> expected = golden.split('\n'), came = actual.split('\n');
    qsizetype line = 0;
    while (line < expected.size() && line < came.size() && expected.at(line) == came.at(line))
        ++line;
    return u"%1, line %2\n  expected: %3\n  came:     %4"_s.arg(
        name, QString::number(line + 1), QString::fromUtf8(expected.value(line)), QString::fromUtf8(came.value(line)));
}

} // namespace quorate::test
