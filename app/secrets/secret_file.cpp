// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secret_file.h"

#include <QFile>
#include <QFileInfo>

namespace quorate {
using namespace Qt::StringLiterals;

Secret readSecretFile(const QString &path, qsizetype cap)
{
    const QString source = words(SecretFromFile{path});
    const QFileInfo info(path);
    if (!info.exists())
        return SecretError{SecretError::Kind::Missing, u"%1 does not exist"_s.arg(source)};
    if (!info.isFile()) // opening a pipe would wait for its other end
        return SecretError{SecretError::Kind::Unreadable, u"%1 is not a regular file"_s.arg(source)};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return SecretError{SecretError::Kind::Unreadable, u"%1 cannot be read: %2"_s.arg(source, file.errorString())};
    QByteArray content = file.read(cap + 1);
    if (content.size() > cap)
        return SecretError{SecretError::Kind::TooLarge, u"%1 is larger than %2 KiB; a token was expected"_s.arg(source).arg(cap / 1024)};
    if (content.startsWith("\xEF\xBB\xBF")) // left by some editors, no part of a token
        content.remove(0, 3);
    return checkedToken(content, source);
}

} // namespace quorate
