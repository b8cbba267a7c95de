// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/example.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

// A static library's resources are only linked when somebody asks for them.
static void initialiseResources() { Q_INIT_RESOURCE(quorate_example); }

namespace quorate {
using namespace Qt::StringLiterals;

QByteArray exampleConfiguration()
{
    initialiseResources();
    QFile file(u":/example/example.toml"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<QString, ExampleError> writeExample(const QString &path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder))
        return ExampleError{ExampleError::Kind::NotWritable, u"the folder %1 can't be made"_s.arg(folder)};
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        if (file.exists())
            return ExampleError{ExampleError::Kind::Exists, u"%1 exists already; it was left as it is"_s.arg(path)};
        return ExampleError{ExampleError::Kind::NotWritable, u"%1 can't be written: %2"_s.arg(path, file.errorString())};
    }
    const QByteArray text = exampleConfiguration();
    if (file.write(text) != text.size() || !file.flush())
        return ExampleError{ExampleError::Kind::NotWritable, u"%1 can't be written: %2"_s.arg(path, file.errorString())};
    return path;
}

} // namespace quorate
