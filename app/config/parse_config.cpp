// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/parse_config.h"

#include "app/config/cluster_reader.h"
#include "app/config/paths.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

QList<ClusterConfig> readClusters(TableReader &file, ClusterReader reader, Mistakes &mistakes)
{
    QList<ClusterConfig> clusters;
    const TomlEntry *entry = file.find("cluster"_L1);
    if (!entry)
        return clusters;
    if (entry->value.kind != TomlValue::Kind::Array) {
        mistakes.error(entry->at, u"cluster"_s, u"write [[cluster]] with two brackets: there may be several"_s);
        return clusters;
    }
    int index = 0;
    for (const TomlValue &table : entry->value.items) {
        ++index;
        if (table.kind == TomlValue::Kind::Table)
            clusters.append(reader.read(table, index));
        else
            mistakes.error(
                table.at, u"cluster[%1]"_s.arg(index), u"a table is expected, not %1; write [[cluster]]"_s.arg(words(table.kind)));
    }
    return clusters;
}

ConfigMistake fileMistake(const QString &text) { return {.line = 0, .column = 0, .key = {}, .text = text}; }

} // namespace

Result<Config, ConfigErrors> parseConfig(
    const QByteArray &text, const QString &path, const QStringList &systems, QList<ConfigMistake> *warnings)
{
    const auto document = parseToml(text);
    if (!document)
        return ConfigErrors{{document.error()}};
    Mistakes mistakes;
    TableReader file(document.value(), QString(), mistakes);
    const TomlEntry *defaultsEntry = file.find("defaults"_L1, TomlValue::Kind::Table);
    const ClusterDefaults defaults = defaultsEntry ? readDefaults(defaultsEntry->value, mistakes) : ClusterDefaults();
    const ConfigOrigin origin{path, path.isEmpty() ? QDir::currentPath() : QFileInfo(path).absolutePath()};
    const auto clusters = readClusters(file, ClusterReader(defaults, origin, systems, mistakes), mistakes);
    QHash<QString, QString> elsewhere;
    for (const QString &key : ClusterReader::keys())
        elsewhere.insert(key, u"a [[cluster]]"_s);
    for (const QString &key : {u"interval"_s, u"timeout"_s, u"critical_share"_s, u"dead_letters_known"_s, u"backlog_limit"_s, u"limits"_s})
        elsewhere.insert(key, u"[defaults] or a [[cluster]]"_s);
    elsewhere.insert(u"reference"_s, u"[defaults]"_s);
    file.finish(elsewhere);
    if (warnings)
        *warnings = mistakes.warnings();
    if (mistakes.any())
        return ConfigErrors{mistakes.errors()};
    return Config{clusters, path, defaults.reference};
}

Result<QByteArray, ConfigMistake> readConfigFile(const QString &path)
{
    if (QFileInfo(path).isDir())
        return fileMistake(u"this is a folder, not a file"_s);
    QFile file(path);
    if (!file.exists())
        return fileMistake(u"the file does not exist"_s);
    if (!file.open(QIODevice::ReadOnly))
        return fileMistake(u"the file can't be read: "_s + file.errorString());
    QByteArray text = file.read(maximumConfigBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return fileMistake(u"the file can't be read: "_s + file.errorString());
    if (text.size() > maximumConfigBytes)
        return fileMistake(u"the file is larger than %1 KiB; is it the right one?"_s.arg(maximumConfigBytes / 1024));
    return text;
}

Result<Config, ConfigErrors> readConfig(const QString &path, const QStringList &systems, QList<ConfigMistake> *warnings)
{
    const auto text = readConfigFile(path);
    if (!text)
        return ConfigErrors{{text.error()}};
    return parseConfig(text.value(), path, systems, warnings);
}

QString mistakeLine(const QString &path, const ConfigMistake &mistake)
{
    QString line = path;
    if (mistake.line > 0)
        line += u":%1:%2"_s.arg(mistake.line).arg(mistake.column);
    line += mistake.warning ? u": warning: "_s : u": "_s;
    if (!mistake.key.isEmpty())
        line += mistake.key + u": "_s;
    return line + mistake.text;
}

} // namespace quorate
