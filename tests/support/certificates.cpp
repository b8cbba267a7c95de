// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/certificates.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace quorate {
using namespace Qt::StringLiterals;

bool Certificates::run(const QStringList &arguments)
{
    QProcess openssl;
    openssl.setWorkingDirectory(m_folder.path());
    openssl.start(u"openssl"_s, arguments);
    if (openssl.waitForFinished(20'000) && openssl.exitStatus() == QProcess::NormalExit && openssl.exitCode() == 0)
        return true;
    m_why = u"openssl %1: %2"_s.arg(arguments.first(), QString::fromUtf8(openssl.readAllStandardError()));
    return false;
}

bool Certificates::makeAuthority(const QString &name)
{
    return run({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-days"_s, u"2"_s,
        u"-subj"_s, u"/CN=%1"_s.arg(name), u"-keyout"_s, name + u".key"_s, u"-out"_s, name + u".pem"_s});
}

/// `days` below 0: it has expired before it began.
bool Certificates::makeSigned(const QString &name, const QString &authority, const QString &alternative, int days)
{
    QFile extensions(path(name + u".ext"_s));
    if (!extensions.open(QIODevice::WriteOnly))
        return false;
    extensions.write("subjectAltName=" + alternative.toUtf8() + "\nbasicConstraints=CA:FALSE\n");
    extensions.close();
    return run({u"req"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-subj"_s,
               u"/CN=%1"_s.arg(name), u"-keyout"_s, name + u".key"_s, u"-out"_s, name + u".csr"_s})
        && run({u"x509"_s, u"-req"_s, u"-in"_s, name + u".csr"_s, u"-CA"_s, authority + u".pem"_s, u"-CAkey"_s, authority + u".key"_s,
            u"-CAcreateserial"_s, u"-days"_s, QString::number(days), u"-extfile"_s, name + u".ext"_s, u"-out"_s, name + u".pem"_s});
}

bool Certificates::make()
{
    const QString here = u"IP:127.0.0.1,DNS:localhost"_s;
    return makeAuthority(u"ca"_s) && makeAuthority(u"otherca"_s) && makeSigned(u"good"_s, u"ca"_s, here, 2)
        && makeSigned(u"expired"_s, u"ca"_s, here, -1) && makeSigned(u"elsewhere"_s, u"ca"_s, u"DNS:elsewhere.example"_s, 2)
        && makeSigned(u"stranger"_s, u"otherca"_s, here, 2) && makeSigned(u"alice"_s, u"ca"_s, u"DNS:alice"_s, 2)
        && makeSigned(u"bob"_s, u"ca"_s, u"DNS:bob"_s, 2)
        && run({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-days"_s, u"2"_s,
            u"-subj"_s, u"/CN=selfsigned"_s, u"-addext"_s, u"subjectAltName=IP:127.0.0.1"_s, u"-keyout"_s, u"selfsigned.key"_s, u"-out"_s,
            u"selfsigned.pem"_s});
}

QSslConfiguration Certificates::server(const QString &name) const
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    QFile key(path(name + u".key"_s));
    if (!key.open(QIODevice::ReadOnly))
        qFatal("no key %s", qPrintable(name));
    tls.setPrivateKey(QSslKey(key.readAll(), QSsl::Ec));
    tls.setLocalCertificate(QSslCertificate::fromPath(path(name + u".pem"_s)).value(0));
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    return tls;
}

QSslConfiguration Certificates::strictServer(const QString &name) const
{
    QSslConfiguration tls = server(name);
    tls.setCaCertificates(QSslCertificate::fromPath(authority()));
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    return tls;
}

} // namespace quorate
