// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/paths.h"
#include "app/desktop.h"
#include "app/poll/engine.h"
#include "models/tables/fleet_models.h"
#include "models/tables/roles.h"
#include "tests/support/healthy.h"
#include "views/main_window.h"
#include "views/theme/theme.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QThread>
#include <QTimer>

using namespace quorate;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

StubServer::Answerer silent()
{
    return [](const StubRequest &) {
        StubAnswer never;
        never.delayMs = 600'000;
        return never;
    };
}

QByteArray clusterText(const QString &name, const QString &system, const QString &url, const QString &more = {})
{
    return u"[[cluster]]\nname = \"%1\"\nsystem = \"%2\"\nendpoints = [\"%3\"]\ninterval = \"1s\"\ntimeout = \"500ms\"\n%4\n"_s
        .arg(name, system, url, more)
        .toUtf8();
}

/// Saved as editors do it: written beside, renamed over.
void save(const QByteArray &text)
{
    const QString path = configPath();
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path + u".new"_s);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(text);
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QFile::remove(path);
    QVERIFY(file.rename(path));
}

/// The window with everything behind it, as main() makes it.
struct Session {
    explicit Session(const Arguments &arguments = {})
        : desktop(arguments)
    {
        started = desktop.start();
        desktop.window()->resize(1366, 768);
        desktop.window()->show();
        desktop.window()->fill();
    }
    [[nodiscard]] QTableView *overview() const { return desktop.window()->findChild<QTableView *>(u"overviewTable"_s); }
    /// "bufstream-eu ok, consul-prod critical", in the order shown.
    [[nodiscard]] QString shown() const
    {
        QStringList rows;
        const QAbstractItemModel *model = overview()->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            const QModelIndex first = model->index(row, 0);
            QString severity;
            for (int column = 0; column < model->columnCount(); ++column) {
                const QVariant value = model->index(row, column).data(SeverityRole);
                if (value.isValid() && severity.isEmpty())
                    severity = name(value.value<Severity>());
            }
            rows.append(first.data(IdRole).toString() + u' ' + severity);
        }
        return rows.join(u", "_s);
    }
    /// Absent: there is none, or it can't be seen.
    [[nodiscard]] QPushButton *button(const QString &name) const
    {
        auto *button = desktop.window()->findChild<QPushButton *>(name);
        return button && button->isVisible() ? button : nullptr;
    }
    [[nodiscard]] bool showsText(const QString &text) const
    {
        const auto widgets = desktop.window()->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (widget->isVisible() && (widget->accessibleName().contains(text) || widget->property("text").toString().contains(text)))
                return true;
        }
        return false;
    }
    Desktop desktop;
    bool started = false;
};

} // namespace

class TestDesktop : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qunsetenv("http_proxy"); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).+"_s));
        QDir(QFileInfo(configPath()).path()).removeRecursively();
        QDir(QFileInfo(statePath(u"x"_s)).path()).removeRecursively();
    }

    void aConfiguredClusterIsPolledAndShown()
    {
        StubServer server(healthyServer(u"bufstream"_s));
        QVERIFY(server.listen());
        save(clusterText(u"eu"_s, u"bufstream"_s, server.url()));
        Session session;
        QVERIFY(session.started);
        QTRY_COMPARE(session.shown(), u"eu ok"_s);
        server.stop();
        QTRY_COMPARE_WITH_TIMEOUT(session.shown(), u"eu critical"_s, 20'000); // it must be down for 10 s before it counts
    }

    void theWindowFillsItselfWithWhatCameMeanwhile()
    {
        StubServer server(healthyServer(u"bufstream"_s));
        QVERIFY(server.listen());
        save(clusterText(u"eu"_s, u"bufstream"_s, server.url()));
        Desktop desktop{Arguments()};
        QVERIFY(desktop.start());
        QTRY_VERIFY(desktop.hasSeenEverything() && !desktop.clusters().isEmpty());
        QVERIFY(!desktop.window()->isFilled());
        desktop.window()->show();
        QTRY_VERIFY(desktop.window()->isFilled());
        const auto *table = desktop.window()->findChild<QTableView *>(u"overviewTable"_s);
        QVERIFY(table && table->isVisible());
        QCOMPARE(table->model()->rowCount(), 1);
    }

    void theNextStartDoesNotFlashInTheOtherColours()
    {
        const QString file = statePath(u"window.ini"_s);
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        {
            QSettings settings(file, QSettings::IniFormat);
            settings.setValue(u"session/dark"_s, true);
        }
        Desktop desktop{Arguments()};
        QVERIFY(desktop.start());
        QVERIFY(isDark(desktop.window()->palette())); // before the desktop has been asked, and before the first paint
        applyPalette(false);
    }

    void theFileIsReadAgainAndAMistakeKeepsTheOldOne()
    {
        StubServer server(healthyServer(u"bufstream"_s));
        QVERIFY(server.listen());
        const QByteArray one = clusterText(u"eu"_s, u"bufstream"_s, server.url());
        save(one);
        Session session;
        QTRY_COMPARE(session.shown(), u"eu ok"_s);
        save(one + clusterText(u"us"_s, u"bufstream"_s, server.url()));
        QTRY_COMPARE(session.shown(), u"eu ok, us ok"_s);
        save(one + "[[cluster]\nname = ");
        QTRY_VERIFY(session.showsText(u"config.toml"_s));
        QCOMPARE(session.shown(), u"eu ok, us ok"_s);
        save(one);
        QTRY_COMPARE(session.shown(), u"eu ok"_s);
    }

    void theLastGoodConfigurationServesAStartOnAnInvalidFile()
    {
        StubServer server(healthyServer(u"osapi"_s));
        QVERIFY(server.listen());
        save(clusterText(u"jobs"_s, u"osapi"_s, server.url(), u"token = { env = \"TEST_TOKEN\" }"_s));
        qputenv("TEST_TOKEN", "hunter2-secret");
        {
            Session session;
            QTRY_COMPARE(session.shown(), u"jobs ok"_s);
        }
        save("[[cluster]]\nname = \"jobs\"\nsytem = \"osapi\"\n");
        Session again;
        QTRY_COMPARE(again.shown(), u"jobs ok"_s);
        QTRY_VERIFY(again.showsText(u"config.toml"_s));
    }

    void withNoConfigurationThePageWritesTheExample()
    {
        qputenv("BROWSER", "true");
        Session session;
        QTRY_VERIFY(session.button(u"writeExample"_s));
        auto *button = session.button(u"writeExample"_s);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u".*"_s)); // an offscreen desktop opens no editor
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(QFile::exists(configPath()));
    }

    void theDemoOpensFromTheFirstPage()
    {
        Session session;
        QTRY_VERIFY(session.button(u"openDemo"_s));
        auto *button = session.button(u"openDemo"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(session.overview()->model()->rowCount(), 3);
        QTRY_VERIFY_WITH_TIMEOUT(session.desktop.hasSeenEverything(), 10'000);
    }

    void theRawReplyHoldsNoSecret()
    {
        StubServer server(healthyServer(u"osapi"_s));
        QVERIFY(server.listen());
        qputenv("TEST_TOKEN", "hunter2-secret");
        save(clusterText(u"jobs"_s, u"osapi"_s, server.url(), u"token = { env = \"TEST_TOKEN\" }"_s));
        Session session;
        QTRY_COMPARE(session.shown(), u"jobs ok"_s);
        QVERIFY(std::any_of(server.seen().cbegin(), server.seen().cend(), [](const StubRequest &request) {
            return std::any_of(request.headers.cbegin(), request.headers.cend(),
                [](const auto &header) { return header.second.contains("hunter2-secret"); });
        }));
        session.desktop.window()->showCluster(ClusterName(u"jobs"_s));
        session.desktop.window()->showRawReply();
        auto *text = session.desktop.window()->findChild<QPlainTextEdit *>(u"rawReplyText"_s);
        QVERIFY(text);
        QTRY_VERIFY(text->toPlainText().contains(u"components"_s) || text->toPlainText().contains(u"status"_s));
        const auto widgets = session.desktop.window()->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            for (const char *property : {"text", "plainText", "toolTip", "windowTitle", "accessibleName"})
                QVERIFY2(!widget->property(property).toString().contains(u"hunter2"_s), property);
        }
    }

    void leavingTakesLessThanASecondWhateverHangs()
    {
        StubServer server(silent());
        QVERIFY(server.listen());
        QByteArray text;
        for (int i = 0; i < 20; ++i)
            text += clusterText(u"cluster-%1"_s.arg(i), u"consul"_s, server.url()).replace("500ms", "60s");
        save(text);
        Session session;
        QTRY_VERIFY(!server.seen().isEmpty());
        QElapsedTimer timer;
        timer.start();
        session.desktop.stop();
        QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed())));
    }

    void greenDoesNotOutliveTheEngine()
    {
        // The engine's thread is stopped as if it hung; the window's own tick must turn the row Unknown.
        StubServer server(healthyServer(u"bufstream"_s));
        QVERIFY(server.listen());
        Config config;
        config.clusters.resize(1);
        ClusterSpec &spec = config.clusters.first().spec;
        spec.name = ClusterName(u"eu"_s);
        spec.system = u"bufstream"_s;
        spec.endpoints = {EndpointUrl(server.url())};
        spec.interval = 1s;
        spec.timeout = 400ms;
        FleetModels models;
        Engine engine;
        connect(&engine, &Engine::updated, &models, [&](const FleetUpdate &update) {
            models.apply(update);
            engine.taken();
        });
        QTimer tick;
        connect(&tick, &QTimer::timeout, &models, [&] { models.setNow(currentTime()); });
        tick.start(100);
        engine.setConfig(config);
        engine.start();
        const auto severity = [&] {
            const auto shown = models.shown(spec.name);
            return shown ? name(shown->severity) : QLatin1String("nothing");
        };
        QTRY_COMPARE(severity(), QLatin1String("ok"));
        engine.stop();
        QTRY_COMPARE_WITH_TIMEOUT(severity(), QLatin1String("unknown"), 4'000);
        QCOMPARE(models.shown(spec.name)->reasons.first().code, ReasonCode::Stale);
    }
};

QTEST_MAIN(TestDesktop)
#include "tst_desktop.moc"
