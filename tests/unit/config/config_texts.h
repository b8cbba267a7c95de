// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/parse_config.h"

#include <QTest>

// Configurations to be parsed, and what is wrong with them in a line each.
namespace quorate::test {
using namespace Qt::StringLiterals;

inline const QStringList systems{u"bufstream"_s, u"consul"_s, u"osapi"_s};

inline Result<Config, ConfigErrors> parsed(const QByteArray &text, QList<ConfigMistake> *warnings = nullptr)
{
    return parseConfig(text, QString(), systems, warnings);
}

/// "line:column key: text" of each mistake.
inline QStringList lines(const QList<ConfigMistake> &mistakes)
{
    QStringList list;
    for (const ConfigMistake &mistake : mistakes)
        list.append(u"%1:%2 %3: %4"_s.arg(mistake.line).arg(mistake.column).arg(mistake.key, mistake.text));
    return list;
}

/// The least that is a configuration.
inline constexpr auto valid = "[[cluster]]\nname = 'a'\nsystem = 'consul'\nendpoints = ['http://a:1']\n";

} // namespace quorate::test
