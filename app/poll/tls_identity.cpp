// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/tls_identity.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>
#include <QSslKey>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr qint64 largestFile = 4 * 1024 * 1024; // a bundle of every public CA is 220 KB

QString stamp(const QString &path)
{
    if (path.isEmpty())
        return u"-"_s;
    const QFileInfo info(path);
    return u"%1|%2|%3"_s.arg(path).arg(info.lastModified().toMSecsSinceEpoch()).arg(info.exists() ? info.size() : -1);
}

Result<QByteArray, TlsFileError> contentOf(const QString &path, const QString &what)
{
    QFile file(path);
    if (!QFileInfo(path).isFile())
        return TlsFileError{u"the %1 file %2 does not exist or is not a regular file; nothing was sent"_s.arg(what, path)};
    if (!file.open(QIODevice::ReadOnly))
        return TlsFileError{u"the %1 file %2 cannot be read (%3); nothing was sent"_s.arg(what, path, file.errorString())};
    return file.read(largestFile);
}

Result<QList<QSslCertificate>, TlsFileError> certificatesOf(const QString &path, const QString &what)
{
    const auto content = contentOf(path, what);
    if (!content)
        return content.error();
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(content.value(), QSsl::Pem);
    if (certificates.isEmpty())
        return TlsFileError{u"the %1 file %2 holds no certificate in PEM format; nothing was sent"_s.arg(what, path)};
    return certificates;
}

Result<QSslKey, TlsFileError> keyOf(const QString &path)
{
    const auto content = contentOf(path, u"key"_s);
    if (!content)
        return content.error();
    for (const auto algorithm : {QSsl::Ec, QSsl::Rsa, QSsl::Dsa}) {
        const QSslKey key(content.value(), algorithm, QSsl::Pem, QSsl::PrivateKey);
        if (!key.isNull())
            return key;
    }
    return TlsFileError{
        u"the key file %1 holds no private key in PEM format that can be read without a passphrase; nothing was sent"_s.arg(path)};
}
} // namespace

QString identityOf(const TlsSettings &settings)
{
    return QStringList{stamp(settings.caFile), stamp(settings.certificateFile), stamp(settings.keyFile),
        settings.insecure ? u"insecure"_s : QString(), settings.serverName}
        .join(u'\n');
}

Result<QSslConfiguration, TlsFileError> loadTls(const TlsSettings &settings)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPeerVerifyMode(settings.insecure ? QSslSocket::VerifyNone : QSslSocket::VerifyPeer);
    if (!settings.caFile.isEmpty()) {
        const auto authorities = certificatesOf(settings.caFile, u"CA"_s);
        if (!authorities)
            return authorities.error();
        tls.setCaCertificates(authorities.value());
    }
    if (!settings.certificateFile.isEmpty()) {
        const auto chain = certificatesOf(settings.certificateFile, u"certificate"_s);
        if (!chain)
            return chain.error();
        // Certificate and key may stand in one file, as curl has it.
        const auto key = keyOf(settings.keyFile.isEmpty() ? settings.certificateFile : settings.keyFile);
        if (!key)
            return key.error();
        tls.setLocalCertificateChain(chain.value());
        tls.setPrivateKey(key.value());
    }
    return tls;
}

} // namespace quorate
