// SPDX-License-Identifier: GPL-3.0-or-later
// What a person asks for in the window, with the whole program behind it: accepted, taken back, in maintenance, and kept.
#include "app/desktop.h"
#include "views/main_window.h"
#include "views/pages/page_bar.h"

#include <QAction>
#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
const ClusterName queues(u"queue-dead-letters"_s);

/// The window over a simulated cluster with that trouble.
struct Session {
    Desktop desktop;
    bool started;

    explicit Session(const QString &scenario = u"code:queue-dead-letters"_s)
        : desktop([&scenario] {
            Arguments arguments;
            arguments.demo = true;
            arguments.scenario = scenario;
            return arguments;
        }())
        , started(desktop.start())
    {
        desktop.window()->resize(1366, 768);
        desktop.window()->show();
        desktop.window()->fill();
    }
    [[nodiscard]] QAction *action(const QString &beginning) const
    {
        for (QAction *action : desktop.window()->findChildren<QAction *>()) {
            if (action->isVisible() && action->text().startsWith(beginning))
                return action;
        }
        return nullptr;
    }
    [[nodiscard]] QString badge() const
    {
        for (const PageBar *bar : desktop.window()->findChildren<PageBar *>()) {
            if (bar->isVisible())
                return bar->badge();
        }
        return {};
    }
};
} // namespace

class TestIntents final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void deadLettersAreAcceptedAndTakenBack()
    {
        const Session session;
        QVERIFY(session.started);
        MainWindow *window = session.desktop.window();
        QTRY_VERIFY_WITH_TIMEOUT(session.desktop.clusters().contains(queues), 10'000);
        window->showCluster(queues);
        QTRY_VERIFY_WITH_TIMEOUT(session.action(u"Accept 3 dead letters"_s), 20'000);
        QAction *accept = session.action(u"Accept 3 dead letters"_s);
        accept->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!accept->isVisible(), 10'000); // the engine has taken it: there is nothing new any more
        QAction *undo = session.action(u"U&ndo: 3 dead letters accepted"_s);
        QVERIFY(undo && undo->isEnabled());
        undo->trigger();
        QVERIFY(!undo->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(accept->isVisible(), 10'000);
        QCOMPARE(accept->text(), u"Accept 3 dead letters"_s);
    }

    void aSmallerGroupIsAcceptedAndExpectedToBeLargerAgain()
    {
        const Session session(u"code:raft-peer-missing"_s);
        QVERIFY(session.started);
        const ClusterName group(u"raft-peer-missing"_s);
        QTRY_VERIFY_WITH_TIMEOUT(session.desktop.clusters().contains(group), 10'000);
        session.desktop.window()->showCluster(group);
        QTRY_VERIFY_WITH_TIMEOUT(session.action(u"Accept 4 voters"_s), 20'000);
        QAction *accept = session.action(u"Accept 4 voters"_s);
        accept->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!accept->isVisible(), 10'000);
        QAction *undo = session.action(u"U&ndo: 4 voters accepted, 5 were expected"_s);
        QVERIFY(undo && undo->isEnabled());
        undo->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(accept->isVisible(), 10'000);
    }

    void aClusterGoesIntoMaintenanceAndComesBack()
    {
        const Session session;
        QVERIFY(session.started);
        MainWindow *window = session.desktop.window();
        QTRY_VERIFY_WITH_TIMEOUT(session.desktop.clusters().contains(queues), 10'000);
        window->showCluster(queues);
        QVERIFY(session.badge().isEmpty());
        QAction *begin = session.action(u"For &2 h"_s);
        for (QAction *action : window->findChildren<QAction *>()) { // that of the cluster: each endpoint has one too
            if (action->text() == begin->text() && action->parent()->parent() == window)
                begin = action;
        }
        begin->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(session.badge().startsWith(u"in maintenance until "_s), 10'000);
        Q_EMIT window->maintenanceEnded(queues, {});
        QTRY_VERIFY_WITH_TIMEOUT(session.badge().isEmpty(), 10'000);
    }
};

QTEST_MAIN(TestIntents)
#include "tst_intents.moc"
