// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/proxy.h"

#include <QRegularExpression>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;

/// Which proxy a URL goes through, by the variables that curl knows.
class ProxyTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void environment_data();
    void environment();
};

void ProxyTest::environment_data()
{
    QTest::addColumn<QStringList>("variables");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("expected");
    const QString http = u"http://db-1:9089/"_s, https = u"https://db-1/"_s;
    QTest::newRow("none") << QStringList{} << http << u"none"_s;
    QTest::newRow("http") << QStringList{u"http_proxy=http://gate:8080"_s} << http << u"http gate:8080"_s;
    QTest::newRow("without a scheme") << QStringList{u"http_proxy=gate:8080"_s} << http << u"http gate:8080"_s;
    QTest::newRow("default port") << QStringList{u"http_proxy=http://gate/"_s} << http << u"http gate:3128"_s;
    QTest::newRow("capitals are not read for http") << QStringList{u"HTTP_PROXY=gate:8080"_s} << http << u"none"_s;
    QTest::newRow("capitals are for https") << QStringList{u"HTTPS_PROXY=gate:8080"_s} << https << u"http gate:8080"_s;
    QTest::newRow("another scheme's") << QStringList{u"http_proxy=gate:8080"_s} << https << u"none"_s;
    QTest::newRow("all") << QStringList{u"ALL_PROXY=socks5://gate:1080"_s} << https << u"socks gate:1080"_s;
    QTest::newRow("unknown kind") << QStringList{u"all_proxy=ftp://gate:21"_s} << https << u"none"_s;
    QTest::newRow("loopback never") << QStringList{u"http_proxy=gate:8080"_s} << u"http://127.0.0.1:8500/"_s << u"none"_s;
    QTest::newRow("localhost never") << QStringList{u"http_proxy=gate:8080"_s} << u"http://localhost:8500/"_s << u"none"_s;
    QTest::newRow("IPv6 loopback never") << QStringList{u"http_proxy=gate:8080"_s} << u"http://[::1]:8500/"_s << u"none"_s;
    QTest::newRow("excluded host") << QStringList{u"http_proxy=gate:8080"_s, u"no_proxy=x, db-1"_s} << http << u"none"_s;
    QTest::newRow("excluded with its port") << QStringList{u"http_proxy=gate:8080"_s, u"no_proxy=db-1:9089"_s} << http << u"none"_s;
    QTest::newRow("another port") << QStringList{u"http_proxy=gate:8080"_s, u"no_proxy=db-1:80"_s} << http << u"http gate:8080"_s;
    QTest::newRow("excluded domain") << QStringList{u"http_proxy=gate:8080"_s, u"NO_PROXY=.example.org"_s} << u"http://a.example.org/"_s
                                     << u"none"_s;
    QTest::newRow("only its end") << QStringList{u"http_proxy=gate:8080"_s, u"no_proxy=example.org"_s} << u"http://myexample.org/"_s
                                  << u"http gate:8080"_s;
    QTest::newRow("excluded network") << QStringList{u"http_proxy=gate:8080"_s, u"no_proxy=10.0.0.0/8"_s} << u"http://10.1.2.3/"_s
                                      << u"none"_s;
    QTest::newRow("excluded all") << QStringList{u"http_proxy=gate:8080"_s, u"no_proxy=*"_s} << http << u"none"_s;
}

void ProxyTest::environment()
{
    QFETCH(QStringList, variables);
    QFETCH(QString, url);
    QFETCH(QString, expected);
    QProcessEnvironment environment;
    for (const QString &variable : variables)
        environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    const QNetworkProxy proxy = proxyFor(QUrl(url), environment);
    const QString kind = proxy.type() == QNetworkProxy::HttpProxy ? u"http"_s : u"socks"_s;
    QCOMPARE(proxy.type() == QNetworkProxy::NoProxy ? u"none"_s : u"%1 %2:%3"_s.arg(kind, proxy.hostName()).arg(proxy.port()), expected);
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::ProxyTest)
#include "tst_proxy.moc"
