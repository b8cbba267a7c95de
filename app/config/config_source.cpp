// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/config_source.h"

#include "app/config/config_watcher.h"
#include "app/config/last_good.h"
#include "app/config/parse_config.h"
#include "app/config/paths.h"

#include <QFileInfo>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

/// The first mistake with its place, and how many there are.
QString summary(const QString &path, const QList<ConfigMistake> &mistakes)
{
    QString text = mistakeLine(shownPath(path), mistakes.first());
    if (mistakes.size() == 2)
        text += u" (and one more)"_s;
    else if (mistakes.size() > 2)
        text += u" (and %1 more)"_s.arg(mistakes.size() - 1);
    return text;
}

} // namespace

ConfigSource::ConfigSource(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{
    m_config.path = m_options.path;
}

void ConfigSource::start()
{
    auto *watcher = new ConfigWatcher(m_options.path, m_options.debounce, this);
    connect(watcher, &ConfigWatcher::changed, this, &ConfigSource::reload);
    reload();
}

void ConfigSource::reload()
{
    const bool first = !m_read;
    m_read = true;
    if (!QFileInfo::exists(m_options.path)) {
        m_text.reset();
        m_mistakes.clear();
        // Saving by "remove, then write" passes here: nothing is dropped. A first start without a file is no fault.
        if (!m_config.clusters.isEmpty())
            tell({{u"config-missing"_s,
                u"%1 is gone; the configuration in use stays until Quorate leaves"_s.arg(shownPath(m_options.path))}});
        else
            tell({});
        return;
    }
    const auto text = readConfigFile(m_options.path);
    if (!text) {
        m_text.reset();
        if (first)
            startFromLastGood();
        refuse({text.error()});
        return;
    }
    // What was refused is looked at again although its text is the same: the mistake may have been in a file that it names.
    const bool refused = !m_notices.isEmpty() && m_notices.first().code == "config-invalid"_L1;
    if (m_text == text.value() && !refused)
        return;
    m_text = text.value();
    QList<ConfigMistake> warnings;
    const auto config = parseConfig(text.value(), m_options.path, m_options.systems, &warnings);
    if (!config) {
        if (first)
            startFromLastGood();
        refuse(config.error().mistakes);
        return;
    }
    take(config.value(), text.value(), warnings);
}

void ConfigSource::startFromLastGood()
{
    const auto copy = loadLastGood(m_options.lastGoodPath, m_options.path);
    if (!copy)
        return;
    if (const auto config = parseConfig(*copy, m_options.path, m_options.systems)) {
        m_fromCopy = true;
        set(config.value());
    }
}

void ConfigSource::take(const Config &config, const QByteArray &text, const QList<ConfigMistake> &warnings)
{
    m_mistakes = warnings;
    m_fromCopy = false;
    set(config);
    if (!m_options.lastGoodPath.isEmpty())
        saveLastGood(m_options.lastGoodPath, m_options.path, text);
    tell(warnings.isEmpty() ? QList<Notice>() : QList<Notice>{{u"config-warning"_s, summary(m_options.path, warnings)}});
}

void ConfigSource::refuse(const QList<ConfigMistake> &mistakes)
{
    m_mistakes = mistakes;
    QString kept = u"; the configuration in use stays"_s;
    if (m_fromCopy)
        kept = u"; the last good copy is used"_s;
    else if (m_config.clusters.isEmpty())
        kept = u"; nothing is watched"_s;
    tell({{u"config-invalid"_s, summary(m_options.path, mistakes) + kept}});
}

void ConfigSource::set(const Config &config)
{
    if (config == m_config)
        return;
    m_config = config;
    Q_EMIT configChanged(m_config);
}

void ConfigSource::tell(const QList<Notice> &notices)
{
    if (notices == m_notices)
        return;
    m_notices = notices;
    Q_EMIT noticesChanged(m_notices);
}

} // namespace quorate
