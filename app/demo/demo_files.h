// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/demo/code_scenarios.h"

#include <QSslConfiguration>
#include <QStringList>
#include <QTemporaryDir>

namespace quorate {

/// What a scenario needs on disk: certificates and a token, in a folder that goes with it.
class DemoFiles {
public:
    /// By the program `openssl`, for servers at these addresses; "ca.pem" trusts all but the stranger's. False: errorText() says why.
    [[nodiscard]] bool makeCertificates(const QStringList &hosts);
    [[nodiscard]] QString errorText() const { return m_error; }
    [[nodiscard]] QString folder() const { return m_folder.path(); }

    /// For a server that shows this certificate; absent: it speaks no TLS.
    [[nodiscard]] std::optional<QSslConfiguration> tls(DemoCertificate certificate) const;
    /// The file "token", there or not.
    void setToken(bool there);

private:
    [[nodiscard]] bool make(const QString &name, int days, const QStringList &hosts);
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QString m_error;
};

} // namespace quorate
