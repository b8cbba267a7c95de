// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QSslConfiguration>
#include <QString>
#include <QTemporaryDir>

namespace quorate {

/// Certificates made by `openssl` for one test run, in a folder of their own. Keys are on P-256: made in milliseconds.
class Certificates {
public:
    /// False: there is no openssl, or it failed; why() tells.
    [[nodiscard]] bool make();
    [[nodiscard]] QString why() const { return m_why; }

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString authority() const { return path(QStringLiteral("ca.pem")); }
    /// For a server that shows the certificate `name` ("good", "expired", "elsewhere", "selfsigned", "stranger").
    [[nodiscard]] QSslConfiguration server(const QString &name) const;
    /// The same, and it lets nobody in without a certificate of the authority.
    [[nodiscard]] QSslConfiguration strictServer(const QString &name) const;

private:
    bool run(const QStringList &arguments);
    bool makeAuthority(const QString &name);
    bool makeSigned(const QString &name, const QString &authority, const QString &alternative, int days);

    QTemporaryDir m_folder;
    QString m_why;
};

} // namespace quorate
