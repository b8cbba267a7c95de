// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/last_good.h"

#include "app/config/parse_config.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QUrl>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

/// First line of the copy. Another file's copy (`--config`) must not be taken for this one's.
QByteArray firstLine(const QString &configPath)
{
    // Percent-encoded, so that no path can end the comment.
    return "# Last good copy, kept by Quorate; edit the file itself: " + QUrl::toPercentEncoding(configPath, "/~ ") + "\n";
}

} // namespace

bool saveLastGood(const QString &copyPath, const QString &configPath, const QByteArray &text)
{
    const QByteArray copy = firstLine(configPath) + (text.startsWith("\xef\xbb\xbf") ? text.mid(3) : text);
    if (const auto old = readConfigFile(copyPath); old && old.value() == copy)
        return true;
    const QString folder = QFileInfo(copyPath).absolutePath();
    if (!QDir(folder).exists() && !QDir().mkpath(folder))
        return false;
    QSaveFile file(copyPath);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return false;
    return file.write(copy) == copy.size() && file.commit();
}

std::optional<QByteArray> loadLastGood(const QString &copyPath, const QString &configPath)
{
    const auto copy = readConfigFile(copyPath);
    const QByteArray head = firstLine(configPath);
    if (!copy || !copy.value().startsWith(head))
        return std::nullopt;
    return copy.value().mid(head.size());
}

} // namespace quorate
