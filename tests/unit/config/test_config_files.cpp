// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/example.h"
#include "tests/unit/config/config_texts.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace quorate;
using namespace quorate::test;

namespace {

void write(
    const QString &path, const QByteArray &text, QFileDevice::Permissions permissions = QFileDevice::ReadOwner | QFileDevice::WriteOwner)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    QVERIFY(file.setPermissions(permissions));
}

const QByteArray certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const QByteArray key = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n";

} // namespace

/// The files beside and behind a configuration: itself, the example, tokens, certificates.
class TestConfigFiles final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void tlsFilesAreLookedInto()
    {
        QTemporaryDir folder;
        write(folder.filePath(u"ca.pem"_s), certificate);
        write(folder.filePath(u"both.pem"_s), certificate + key);
        write(folder.filePath(u"key.pem"_s), key);
        write(folder.filePath(u"locked.pem"_s), "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
        const auto read = [&](const QByteArray &tls) {
            return parseConfig("[[cluster]]\nname='a'\nsystem='consul'\nendpoints=['https://a']\ntls = { " + tls + " }\n",
                folder.filePath(u"config.toml"_s), systems);
        };
        const auto pair = read("ca = 'ca.pem', certificate = 'ca.pem', key = 'key.pem'");
        QVERIFY2(pair, pair ? "" : qPrintable(lines(pair.error().mistakes).join(u'\n')));
        QCOMPARE(pair.value().clusters[0].tls.caFile, folder.filePath(u"ca.pem"_s));
        QCOMPARE(pair.value().clusters[0].tls.keyFile, folder.filePath(u"key.pem"_s));
        QCOMPARE(read("certificate = 'both.pem'").value().clusters[0].tls.keyFile, folder.filePath(u"both.pem"_s));
        const auto first = [&](const QByteArray &tls) { return lines(read(tls).error().mistakes).join(u'\n'); };
        QVERIFY(first("certificate = 'ca.pem'").startsWith("5:23 cluster[1].tls.certificate: a certificate without a key"_L1));
        QVERIFY(first("key = 'key.pem'").startsWith("5:15 cluster[1].tls.key: a key without a certificate"_L1));
        QVERIFY(first("certificate = 'ca.pem', key = 'locked.pem'").contains("is encrypted"_L1));
        QVERIFY(first("certificate = 'ca.pem', key = 'ca.pem'").contains("no PEM private key"_L1));
    }

    void aLiteralTokenIsAWarningWhenOthersCanReadTheFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"config.toml"_s);
        write(path, valid + QByteArray("token = 'sesame'\n"));
        QList<ConfigMistake> warnings;
        QVERIFY(readConfig(path, systems, &warnings));
        QVERIFY(warnings.isEmpty());
        QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadOther));
        QVERIFY(readConfig(path, systems, &warnings));
        QCOMPARE(warnings.size(), 1);
        QVERIFY(warnings.first().warning);
        QVERIFY2(lines(warnings).first().startsWith("5:9 cluster[1].token: the token stands in a file that others can read; chmod 600"_L1),
            qPrintable(lines(warnings).first()));
        QVERIFY(!warnings.first().text.contains("sesame"_L1));
    }

    void filesThatAreNone()
    {
        QTemporaryDir folder;
        const auto text = [&](const QString &path) {
            const auto config = readConfig(path, systems);
            return config ? QString() : mistakeLine(u"F"_s, config.error().mistakes.first());
        };
        QCOMPARE(text(folder.filePath(u"absent.toml"_s)), u"F: the file does not exist"_s);
        QCOMPARE(text(folder.path()), u"F: this is a folder, not a file"_s);
        write(folder.filePath(u"large.toml"_s), QByteArray(maximumConfigBytes + 1, '#'));
        QVERIFY(text(folder.filePath(u"large.toml"_s)).contains("larger than 1024 KiB"_L1));
        write(folder.filePath(u"endless.toml"_s), QByteArray(maximumConfigBytes, '#'));
        QCOMPARE(text(folder.filePath(u"endless.toml"_s)), QString());
        QVERIFY(text(u"/dev/zero"_s).contains("larger than"_L1));
    }

    /// What the example tells people to take away the # from must be right.
    void theExampleIsTrue()
    {
        QByteArray text = exampleConfiguration();
        QVERIFY(parsed(text).value().clusters.isEmpty());
        QByteArrayList uncommented;
        for (QByteArray line : text.split('\n')) {
            static const QRegularExpression commented(u"\\A#(?=[a-z\\[])"_s);
            if (commented.match(QString::fromUtf8(line)).hasMatch())
                line.remove(0, 1);
            uncommented.append(line);
        }
        const auto config = parsed(uncommented.join('\n'));
        QVERIFY2(config, config ? "" : qPrintable(lines(config.error().mistakes).join(u'\n')));
        QCOMPARE(config.value().clusters.size(), 3);
    }

    void theExampleIsWrittenOnce()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"new/quorate/config.toml"_s);
        QCOMPARE(writeExample(path).value(), path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QCOMPARE(file.readAll(), exampleConfiguration());
        QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
        file.resize(0);
        file.write("mine");
        file.close();
        const auto again = writeExample(path);
        QVERIFY(!again && again.error().kind == ExampleError::Kind::Exists);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("mine"));
        const auto nowhere = writeExample(u"/proc/quorate/config.toml"_s);
        QVERIFY(!nowhere && nowhere.error().kind == ExampleError::Kind::NotWritable);
    }
};

QTEST_GUILESS_MAIN(TestConfigFiles)
#include "test_config_files.moc"
