// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDBusVariant>
#include <QObject>
#include <QVariant>

namespace quorate {

/// What the desktop prefers, from `org.freedesktop.portal.Settings`: Qt 6.4 does not follow it by itself. Asked asynchronously; with no
/// bus or no portal it stays as it was last time, at first light. GUI thread.
class ColourScheme final : public QObject {
    Q_OBJECT
public:
    explicit ColourScheme(bool dark, QObject *parent = nullptr);
    [[nodiscard]] bool prefersDark() const { return m_dark; }
    void ask(); ///< now, and tells every later change

Q_SIGNALS:
    void changed(bool dark);

private Q_SLOTS:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void take(const QVariant &value);
    bool m_dark;
};

/// The portal's `color-scheme`, however deep it is wrapped in variants: 1 means dark. Absent: no preference.
[[nodiscard]] bool meansDark(const QVariant &value);

} // namespace quorate
