// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo_files.h"

#include "app/demo/demo_replies.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr int openSslMs = 20'000;
constexpr int longDays = 300, shortDays = 20; ///< before 30 days it is a warning

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString nameOf(DemoCertificate certificate)
{
    switch (certificate) {
    case DemoCertificate::None:
        break;
    case DemoCertificate::Trusted:
        return u"trusted"_s;
    case DemoCertificate::Stranger:
        return u"stranger"_s;
    case DemoCertificate::Expiring:
        return u"expiring"_s;
    }
    return {};
}
} // namespace

bool DemoFiles::make(const QString &name, int days, const QStringList &hosts)
{
    QStringList alternatives;
    for (const QString &host : hosts)
        alternatives.append(u"IP:"_s + host);
    QProcess openSsl;
    openSsl.setWorkingDirectory(m_folder.path());
    openSsl.start(u"openssl"_s,
        {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-days"_s,
            QString::number(days), u"-subj"_s, u"/CN=quorate demo, "_s + name, u"-addext"_s, u"subjectAltName="_s + alternatives.join(u','),
            u"-keyout"_s, name + u".key"_s, u"-out"_s, name + u".pem"_s});
    if (openSsl.waitForFinished(openSslMs) && openSsl.exitStatus() == QProcess::NormalExit && openSsl.exitCode() == 0)
        return true;
    const QString words = QString::fromUtf8(openSsl.readAllStandardError()).simplified();
    m_error = u"the program openssl is needed for certificates, and it failed: "_s + (words.isEmpty() ? openSsl.errorString() : words);
    return false;
}

bool DemoFiles::makeCertificates(const QStringList &hosts)
{
    if (!make(u"trusted"_s, longDays, hosts) || !make(u"stranger"_s, longDays, hosts) || !make(u"expiring"_s, shortDays, hosts))
        return false;
    QFile authorities(path(u"ca.pem"_s));
    if (authorities.open(QIODevice::WriteOnly)) {
        authorities.write(contents(path(u"trusted.pem"_s)));
        authorities.write(contents(path(u"expiring.pem"_s)));
    }
    return true;
}

std::optional<QSslConfiguration> DemoFiles::tls(DemoCertificate certificate) const
{
    const QString name = nameOf(certificate);
    if (name.isEmpty())
        return std::nullopt;
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPrivateKey(QSslKey(contents(path(name + u".key"_s)), QSsl::Ec));
    tls.setLocalCertificate(QSslCertificate::fromPath(path(name + u".pem"_s)).value(0));
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    return tls;
}

void DemoFiles::setToken(bool there)
{
    QFile file(path(u"token"_s));
    if (!there)
        file.remove();
    else if (!file.exists() && file.open(QIODevice::WriteOnly))
        file.write(demoToken.toByteArray() + '\n');
}

} // namespace quorate
