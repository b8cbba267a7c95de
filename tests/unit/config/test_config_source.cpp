// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/config_source.h"
#include "app/config/example.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {

QByteArray clusterNamed(const QByteArray &name)
{
    return "[[cluster]]\nname = '" + name + "'\nsystem = 'consul'\nendpoints = ['http://a:1']\n";
}

/// As editors do it: a new file renamed over the old one.
void saveAtomically(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    QVERIFY(file.commit());
}

void saveInPlace(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QString firstName(const ConfigSource &source)
{
    return source.config().clusters.isEmpty() ? QString() : source.config().clusters.first().spec.name.text();
}

QString noticeCode(const ConfigSource &source) { return source.notices().isEmpty() ? QString() : source.notices().first().code; }

} // namespace

/// Stories of a file that changes under a running program.
class TestConfigSource final : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    [[nodiscard]] QString path() const { return m_folder->filePath(u"config/config.toml"_s); }
    [[nodiscard]] QString copy() const { return m_folder->filePath(u"state/last-good.toml"_s); }
    [[nodiscard]] ConfigSource::Options options() const { return {path(), copy(), {u"consul"_s}, Milliseconds(20)}; }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkdir(u"config"_s));
    }

    void fourSavesInARowAreEachNoticed()
    {
        saveAtomically(path(), clusterNamed("zero"));
        ConfigSource source(options());
        source.start();
        QCOMPARE(firstName(source), u"zero"_s);
        for (const char *name : {"one", "two", "three", "four"}) {
            saveAtomically(path(), clusterNamed(name));
            QTRY_COMPARE(firstName(source), QString::fromLatin1(name));
        }
        saveInPlace(path(), clusterNamed("five"));
        QTRY_COMPARE(firstName(source), u"five"_s);
        QVERIFY(source.notices().isEmpty());
    }

    void savesFasterThanTheDebounceEndWithTheNewest()
    {
        saveAtomically(path(), clusterNamed("zero"));
        ConfigSource source(options());
        source.start();
        QSignalSpy changes(&source, &ConfigSource::configChanged);
        for (const char *name : {"one", "two", "three", "four"})
            saveAtomically(path(), clusterNamed(name));
        QTRY_COMPARE(firstName(source), u"four"_s);
        QCOMPARE(changes.size(), 1);
    }

    void anInvalidFileKeepsTheOldConfiguration()
    {
        saveAtomically(path(), clusterNamed("good"));
        ConfigSource source(options());
        source.start();
        QSignalSpy changes(&source, &ConfigSource::configChanged);
        saveAtomically(path(), clusterNamed("bad") + "intervall = '1s'\npausd = true\n");
        QTRY_COMPARE(noticeCode(source), u"config-invalid"_s);
        const QString text = source.notices().first().text;
        QVERIFY2(text.contains("config.toml:5:1: cluster[1].intervall: unknown key; did you mean \"interval\"? (and one more); "
                               "the configuration in use stays"_L1),
            qPrintable(text));
        QCOMPARE(source.mistakes().size(), 2);
        QCOMPARE(firstName(source), u"good"_s);
        QCOMPARE(changes.size(), 0);
        saveAtomically(path(), clusterNamed("mended"));
        QTRY_COMPARE(firstName(source), u"mended"_s);
        QVERIFY(source.notices().isEmpty());
        QVERIFY(source.mistakes().isEmpty());
    }

    void aStartOnAnInvalidFileUsesTheLastGoodCopy()
    {
        saveAtomically(path(), "\xef\xbb\xbf" + clusterNamed("good"));
        {
            ConfigSource before(options());
            before.start();
        }
        QVERIFY(!(QFileInfo(copy()).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
        saveAtomically(path(), "[[cluster]\n");
        ConfigSource source(options());
        source.start();
        QCOMPARE(firstName(source), u"good"_s);
        QCOMPARE(source.config().path, path());
        QCOMPARE(noticeCode(source), u"config-invalid"_s);
        QVERIFY2(source.notices().first().text.endsWith("; the last good copy is used"_L1), qPrintable(source.notices().first().text));
        saveAtomically(path(), clusterNamed("mended"));
        QTRY_COMPARE(firstName(source), u"mended"_s);
        QVERIFY(source.notices().isEmpty());
    }

    void anotherFilesCopyIsNotTaken()
    {
        saveAtomically(path(), clusterNamed("good"));
        {
            ConfigSource before(options());
            before.start();
        }
        ConfigSource::Options other = options();
        other.path = m_folder->filePath(u"config/other.toml"_s);
        saveAtomically(other.path, "nonsense");
        ConfigSource source(other);
        source.start();
        QVERIFY(source.config().clusters.isEmpty());
        QCOMPARE(noticeCode(source), u"config-invalid"_s);
        QVERIFY(source.notices().first().text.endsWith("; nothing is watched"_L1));
    }

    void aDamagedCopyIsNotTaken()
    {
        saveAtomically(path(), clusterNamed("good"));
        {
            ConfigSource before(options());
            before.start();
        }
        QFile file(copy());
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.resize(file.size() - 10);
        file.close();
        saveAtomically(path(), "nonsense");
        ConfigSource source(options());
        source.start();
        QVERIFY(source.config().clusters.isEmpty());
        QCOMPARE(noticeCode(source), u"config-invalid"_s);
    }

    void theFirstStartHasNoFileAndTheExampleIsNoticed()
    {
        ConfigSource::Options fresh = options();
        fresh.path = m_folder->filePath(u"not/yet/there/config.toml"_s);
        ConfigSource source(fresh);
        source.start();
        QVERIFY(source.config().clusters.isEmpty());
        QVERIFY(source.notices().isEmpty());
        QVERIFY(writeExample(fresh.path));
        saveAtomically(fresh.path, exampleConfiguration() + clusterNamed("mine"));
        QTRY_COMPARE(firstName(source), u"mine"_s);
    }

    void aFileThatIsGoneKeepsTheConfiguration()
    {
        saveAtomically(path(), clusterNamed("good"));
        ConfigSource source(options());
        source.start();
        QVERIFY(QFile::remove(path()));
        QTRY_COMPARE(noticeCode(source), u"config-missing"_s);
        QCOMPARE(firstName(source), u"good"_s);
        saveAtomically(path(), clusterNamed("good"));
        QTRY_VERIFY(source.notices().isEmpty());
    }

    void aFolderThatIsGoneAndComesBack()
    {
        saveAtomically(path(), clusterNamed("good"));
        ConfigSource source(options());
        source.start();
        QVERIFY(QDir(m_folder->filePath(u"config"_s)).removeRecursively());
        QTRY_COMPARE(noticeCode(source), u"config-missing"_s);
        QVERIFY(QDir(m_folder->path()).mkdir(u"config"_s));
        saveAtomically(path(), clusterNamed("back"));
        QTRY_COMPARE(firstName(source), u"back"_s);
    }

    void aLinkIntoAnotherFolderIsFollowed()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(u"git"_s));
        const QString target = m_folder->filePath(u"git/quorate.toml"_s);
        saveAtomically(target, clusterNamed("zero"));
        QVERIFY(QFile::link(target, path()));
        ConfigSource source(options());
        source.start();
        for (const char *name : {"one", "two", "three"}) {
            saveAtomically(target, clusterNamed(name));
            QTRY_COMPARE(firstName(source), QString::fromLatin1(name));
        }
    }

    void otherFilesInTheFolderDoNotDisturb()
    {
        saveAtomically(path(), clusterNamed("good"));
        ConfigSource source(options());
        source.start();
        QSignalSpy configs(&source, &ConfigSource::configChanged), notices(&source, &ConfigSource::noticesChanged);
        saveAtomically(m_folder->filePath(u"config/osapi.jwt"_s), "sesame");
        saveAtomically(path(), clusterNamed("good") + "# a comment\n");
        QVERIFY(!configs.wait(200));
        QCOMPARE(notices.size(), 0);
    }

    void aMistakeInANamedFileIsMendedThere()
    {
        const QString ca = m_folder->filePath(u"config/ca.pem"_s);
        saveAtomically(path(), "[[cluster]]\nname = 'a'\nsystem = 'consul'\nendpoints = ['https://a']\ntls = { ca = 'ca.pem' }\n");
        ConfigSource source(options());
        source.start();
        QCOMPARE(noticeCode(source), u"config-invalid"_s);
        saveAtomically(ca, "-----BEGIN CERTIFICATE-----\n");
        QTRY_COMPARE(firstName(source), u"a"_s);
        QVERIFY(source.notices().isEmpty());
    }

    void warningsAreNotices()
    {
        saveAtomically(path(), clusterNamed("good") + "token = 'sesame'\n");
        QVERIFY(QFile::setPermissions(path(), QFileDevice::ReadOwner | QFileDevice::ReadOther));
        ConfigSource source(options());
        source.start();
        QCOMPARE(noticeCode(source), u"config-warning"_s);
        QVERIFY(!source.notices().first().text.contains("sesame"_L1));
        QCOMPARE(firstName(source), u"good"_s);
    }
};

QTEST_GUILESS_MAIN(TestConfigSource)
#include "test_config_source.moc"
