// SPDX-License-Identifier: GPL-3.0-or-later
// The raw reply on the cluster page: the one worth reading comes first; it is read, searched and copied.
#include "tests/gui/cluster/shown_page.h"
#include "views/delegates/reason_list.h"
#include "views/delegates/table_view.h"
#include "views/pages/figure_strip.h"
#include "views/pages/page_bar.h"
#include "views/pages/pane.h"
#include "views/pages/raw_reply_view.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace quorate;
using namespace Qt::StringLiterals;
using test::pageOf, test::visible;

namespace {

RawReply reply(const QString &url, const QByteArray &body)
{
    RawReply raw;
    raw.endpoint = EndpointUrl(url);
    raw.request = u"status"_s;
    raw.path = u"/-/status"_s;
    raw.reach = Reach::Answered;
    raw.http = 200;
    raw.latency = 0.0048;
    raw.at = made_up::now().wall;
    raw.body = body;
    raw.curl = u"curl "_s + url;
    raw.vendorCommand = u"bufstream admin status --url "_s + url;
    return raw;
}

} // namespace

class TestRawReply final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void repliesAreAskedForWhileTheyAreSeen()
    {
        const auto page = pageOf(made_up::bufstreamFailing());
        QSignalSpy wanted(page.get(), &ClusterPage::repliesWanted);
        page->apply(made_up::bufstreamFailing());
        QVERIFY(wanted.isEmpty());
        page->showRawReply();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().first().value<ClusterName>(), made_up::bufstreamFailing().name);
        page->apply(made_up::bufstreamFailing());
        QCOMPARE(wanted.size(), 2);
    }

    void theReplyWorthReadingComesFirst_data()
    {
        QTest::addColumn<QList<RawReply>>("replies");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("ofTheSecond");
        RawReply probe = reply(u"http://a:1"_s, "{}"), status = reply(u"http://a:1"_s, R"({"status":"ok","components":{}})");
        probe.path = probe.request = u"/api/health"_s;
        status.path = status.request = u"/api/health/status"_s;
        RawReply other = status, missing = probe, failed = probe;
        other.endpoint = missing.endpoint = failed.endpoint = EndpointUrl(u"http://b:2"_s);
        missing.request = missing.path = u"/health"_s;
        missing.reach = Reach::NotFound;
        missing.http = 404;
        failed.reach = Reach::ServerError;
        failed.http = 502;
        QTest::newRow("all is well") << QList<RawReply>{probe, status, missing, other} << u"http://a:1/api/health/status"_s
                                     << u"http://b:2/api/health/status"_s;
        QTest::newRow("one failed") << QList<RawReply>{probe, status, failed, other} << u"http://b:2/api/health"_s
                                    << u"http://b:2/api/health"_s;
    }
    void theReplyWorthReadingComesFirst()
    {
        QFETCH(QList<RawReply>, replies);
        QFETCH(QString, first);
        QFETCH(QString, ofTheSecond);
        const auto page = pageOf(made_up::bufstreamFailing());
        page->showRawReply();
        page->setReplies(page->cluster(), replies);
        const auto *choice = page->findChild<QComboBox *>(u"rawReplyChoice"_s);
        QCOMPARE(choice->currentText(), first);
        page->findChild<RawReplyView *>()->choose(EndpointUrl(u"http://b:2"_s));
        QCOMPARE(choice->currentText(), ofTheSecond);
    }

    void aLongRequestIsNamedByItsPath()
    {
        const auto page = pageOf(made_up::consulCalm());
        page->showRawReply();
        RawReply raft = reply(u"http://server-1.consul.service.internal:46469"_s, "{}");
        raft.label = u"node-1"_s;
        raft.path = u"/v1/operator/raft/configuration?stale"_s;
        page->setReplies(page->cluster(), {raft});
        const auto *choice = page->findChild<QComboBox *>(u"rawReplyChoice"_s);
        QCOMPARE(choice->currentText(), u"node-1   /v1/operator/raft/configuration?stale"_s);
        QVERIFY(choice->toolTip().contains(raft.endpoint.text()));
    }

    void theRawReplyIsReadSearchedAndCopied()
    {
        const auto page = pageOf(made_up::bufstreamFailing());
        page->showRawReply();
        const ClusterName name = page->cluster();
        const QByteArray body = R"({"b":"healthy","a":9007199254740993,"text":"<b>healthy</b>"})";
        page->setReplies(name, {reply(u"http://a:1"_s, "x"), reply(u"http://b:2"_s, body)});
        auto *choice = page->findChild<QComboBox *>(u"rawReplyChoice"_s);
        auto *text = page->findChild<QPlainTextEdit *>(u"rawReplyText"_s);
        QCOMPARE(text->toPlainText(), u"x"_s);
        choice->setCurrentIndex(1);
        QCOMPARE(text->toPlainText(), uR"({ "b": "healthy", "a": 9007199254740993, "text": "<b>healthy</b>" })"_s);
        page->setReplies(name, {reply(u"http://0:0"_s, "new"), reply(u"http://a:1"_s, "x"), reply(u"http://b:2"_s, body)});
        QCOMPARE(choice->currentIndex(), 2); // the same reply, wherever it stands now

        text->setFocus();
        QTRY_VERIFY(text->hasFocus());
        QTest::keyClick(text, Qt::Key_F, Qt::ControlModifier);
        auto *find = page->findChild<QLineEdit *>(u"rawReplyFind"_s);
        QTRY_VERIFY(find->hasFocus());
        QTest::keyClicks(find, u"HEALTHY"_s);
        QCOMPARE(text->extraSelections().size(), 2);
        QTest::keyClick(find, Qt::Key_Return);
        const int first = text->textCursor().selectionStart();
        QTest::keyClick(find, Qt::Key_F3);
        QVERIFY(text->textCursor().selectionStart() > first);
        QTest::keyClick(find, Qt::Key_F3);
        QCOMPARE(text->textCursor().selectionStart(), first); // goes round

        for (QToolButton *button : page->findChildren<QToolButton *>()) {
            if (button->text() == "Copy as curl"_L1)
                button->click();
        }
        QCOMPARE(QApplication::clipboard()->text(), u"curl http://b:2"_s);
    }

    void aLargeReplyIsReadElsewhere()
    {
        const auto page = pageOf(made_up::bufstreamFailing());
        page->showRawReply();
        auto *text = page->findChild<QPlainTextEdit *>(u"rawReplyText"_s);
        QByteArray large = "[";
        while (large.size() < 900'000)
            large += R"({"name":"etcd","status":"healthy","message":"3/3 member(s) healthy"},)";
        large.chop(1);
        large += ']';
        page->setReplies(page->cluster(), {reply(u"http://a:1"_s, large)});
        QVERIFY(text->toPlainText().isEmpty());
        QTRY_VERIFY(text->blockCount() > 10'000);
        // A late result of an earlier choice is dropped.
        page->setReplies(page->cluster(), {reply(u"http://a:1"_s, large + ' ')});
        page->setReplies(page->cluster(), {reply(u"http://a:1"_s, "small")});
        QTest::qWait(0);
        QTRY_COMPARE(text->toPlainText(), u"small"_s);
        // One line of several megabytes: its beginning, broken, and how much is left out.
        page->setReplies(page->cluster(), {reply(u"http://a:1"_s, QByteArray(5'000'000, 'x'))});
        QTRY_VERIFY(text->blockCount() > 200);
    }

    void anEndpointOpensItsReply()
    {
        const auto page = pageOf(made_up::consulLagging());
        QSignalSpy wanted(page.get(), &ClusterPage::repliesWanted);
        auto *peers = visible<TableView>(*page, u"peers"_s);
        peers->setCurrentId(u"id-2"_s);
        QTest::keyClick(peers, Qt::Key_Return);
        QVERIFY(!wanted.isEmpty());
        page->setReplies(page->cluster(), {reply(u"http://10.1.10.10:8500"_s, "one"), reply(u"http://10.1.10.12:8500"_s, "three")});
        QCOMPARE(page->findChild<QPlainTextEdit *>(u"rawReplyText"_s)->toPlainText(), u"three"_s);
    }
};

QTEST_MAIN(TestRawReply)
#include "tst_raw_reply.moc"
