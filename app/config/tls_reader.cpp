// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/tls_reader.h"

#include "app/config/paths.h"

#include <QFile>
#include <QFileInfo>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

/// The absolute path under `key`; empty when there is none or it can't serve.
QString pemPath(TableReader &tls, QLatin1String key, PemKind kind, const ConfigOrigin &origin)
{
    const auto written = tls.text(key);
    if (!written)
        return {};
    const QString path = resolvedPath(*written, origin.folder);
    if (const QString problem = pemProblem(path, kind); !problem.isEmpty())
        tls.error(*tls.find(key), problem);
    return path;
}

} // namespace

QString pemProblem(const QString &path, PemKind kind)
{
    const QString shown = shownPath(path);
    const QFileInfo info(path);
    if (!info.exists())
        return u"%1 does not exist"_s.arg(shown);
    if (!info.isFile())
        return u"%1 is not a file"_s.arg(shown);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return u"%1 can't be read: %2"_s.arg(shown, file.errorString());
    constexpr qint64 limit = 4 * 1024 * 1024;
    const QByteArray content = file.read(limit);
    switch (kind) {
    case PemKind::Certificate:
        return content.contains("-----BEGIN CERTIFICATE-----") || content.contains("-----BEGIN TRUSTED CERTIFICATE-----")
            ? QString()
            : u"%1 has no PEM certificate (-----BEGIN CERTIFICATE-----)"_s.arg(shown);
    case PemKind::PrivateKey:
        if (content.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || content.contains("Proc-Type: 4,ENCRYPTED"))
            return u"%1 is encrypted; store the key without a passphrase, readable by you alone"_s.arg(shown);
        return content.contains("PRIVATE KEY-----") ? QString() : u"%1 has no PEM private key (-----BEGIN PRIVATE KEY-----)"_s.arg(shown);
    }
    Q_UNREACHABLE();
}

TlsSettings readTls(TableReader &cluster, const ConfigOrigin &origin, Mistakes &mistakes)
{
    const TomlEntry *entry = cluster.find("tls"_L1, TomlValue::Kind::Table);
    if (!entry)
        return {};
    TableReader tls(entry->value, cluster.name(entry->key), mistakes);
    TlsSettings settings;
    settings.caFile = pemPath(tls, "ca"_L1, PemKind::Certificate, origin);
    settings.certificateFile = pemPath(tls, "certificate"_L1, PemKind::Certificate, origin);
    settings.keyFile = pemPath(tls, "key"_L1, PemKind::PrivateKey, origin);
    settings.insecure = tls.boolean("insecure"_L1).value_or(false);
    settings.serverName = tls.text("server_name"_L1).value_or(QString());
    tls.finish();
    const bool hasKey = tls.find("key"_L1) != nullptr;
    const TomlEntry *certificate = tls.find("certificate"_L1);
    if (hasKey && !certificate)
        tls.error(*tls.find("key"_L1), u"a key without a certificate; write certificate = \"FILE\" as well"_s);
    if (certificate && !hasKey) {
        // One PEM file may hold both.
        if (pemProblem(settings.certificateFile, PemKind::PrivateKey).isEmpty())
            settings.keyFile = settings.certificateFile;
        else
            tls.error(*certificate, u"a certificate without a key; write key = \"FILE\" as well"_s);
    }
    if (settings.insecure && !settings.caFile.isEmpty())
        mistakes.warning(
            tls.find("insecure"_L1)->value.at, tls.name(u"insecure"_s), u"certificates are not checked at all, so ca does nothing"_s);
    return settings;
}

} // namespace quorate
