// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/paths.h"

#include <QDir>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

/// The XDG rule: a value that is not absolute is ignored.
QString baseFolder(const char *variable, const QString &otherwise)
{
    const QString value = qEnvironmentVariable(variable);
    return QDir::isAbsolutePath(value) ? value : QDir::homePath() + otherwise;
}

} // namespace

QString configPath() { return QDir::cleanPath(baseFolder("XDG_CONFIG_HOME", u"/.config"_s) + u"/quorate/config.toml"_s); }

QString statePath(const QString &file) { return QDir::cleanPath(baseFolder("XDG_STATE_HOME", u"/.local/state"_s) + u"/quorate/"_s + file); }

QString resolvedPath(const QString &path, const QString &folder)
{
    if (path == u'~' || path.startsWith("~/"_L1))
        return QDir::cleanPath(QDir::homePath() + path.mid(1));
    return QDir::cleanPath(QDir(folder).absoluteFilePath(path));
}

QString shownPath(const QString &path)
{
    const QString home = QDir::homePath();
    return home.size() > 1 && path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

} // namespace quorate
