// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "models/status/status.h"

#include <QByteArray>
#include <QObject>

namespace quorate {

/// The configuration in force. An invalid file keeps the old one; at the start the last good copy serves; both with a notice. May be moved
/// to another thread before start(), so that reading keeps nobody waiting; from then on it belongs to that thread.
class ConfigSource final : public QObject {
    Q_OBJECT
public:
    struct Options {
        QString path; ///< absolute
        QString lastGoodPath; ///< empty: no copy is kept
        QStringList systems; ///< known names
        Milliseconds debounce{200};
    };
    explicit ConfigSource(Options options, QObject *parent = nullptr);
    /// Reads the file and watches it from then on.
    void start();

    [[nodiscard]] const Config &config() const { return m_config; }
    /// "config-invalid", "config-missing" or "config-warning"; empty when all is well, also when there never was a file.
    [[nodiscard]] const QList<Notice> &notices() const { return m_notices; }
    /// The newest reading's mistakes, for a page that lists them.
    [[nodiscard]] const QList<ConfigMistake> &mistakes() const { return m_mistakes; }
    [[nodiscard]] QString path() const { return m_options.path; } ///< from any thread
    /// Looks now instead of waiting for the watch (after the example was written).
    void reload();

Q_SIGNALS:
    void configChanged(const quorate::Config &config);
    void noticesChanged(const QList<quorate::Notice> &notices);

private:
    void take(const Config &config, const QByteArray &text, const QList<ConfigMistake> &warnings);
    void refuse(const QList<ConfigMistake> &mistakes);
    void set(const Config &config);
    void tell(const QList<Notice> &notices);
    void startFromLastGood();

    Options m_options;
    Config m_config;
    QList<Notice> m_notices;
    QList<ConfigMistake> m_mistakes;
    std::optional<QByteArray> m_text; ///< newest text seen, valid or not; absent while there is no file
    bool m_read = false; ///< something was read before
    bool m_fromCopy = false;
};

} // namespace quorate
