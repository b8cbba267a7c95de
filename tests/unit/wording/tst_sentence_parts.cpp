// SPDX-License-Identifier: GPL-3.0-or-later
// What holds of the sentences of all codes; and where a reason comes from, agreement, advice.
#include "tests/unit/wording/reasons_told.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace quorate::test;

class TestSentenceParts final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void everyCodeHasASentenceOfItsOwn();
    void nothingKnownIsStillASentence();
    void serverTextStaysOnOneLine();
    void provenance_data();
    void provenance();
    void agreement_data();
    void agreement();
    void adviceForWhatCanBeDone();
};

namespace {
Reason bare(ReasonCode code)
{
    Reason reason;
    reason.code = code;
    return reason;
}
} // namespace

void TestSentenceParts::everyCodeHasASentenceOfItsOwn()
{
    // "misplaced" codes are worded by their bare name: a sign that a switch lost one.
    for (const ReasonCode code : allReasonCodes()) {
        const QString text = wording::sentence(test::calmConsul(), test::sampleReason(code, Severity::Warning));
        QVERIFY2(!text.isEmpty() && text != name(code), qPrintable(name(code)));
    }
}

void TestSentenceParts::nothingKnownIsStillASentence()
{
    ClusterStatus cluster;
    cluster.system = u"osapi"_s;
    for (const ReasonCode code : allReasonCodes()) {
        const QString text = wording::sentence(cluster, bare(code));
        QVERIFY2(text.size() > 5, qPrintable(name(code)));
        QVERIFY2(!text.contains(u'%') && !text.contains("(s)"_L1) && !text.endsWith(u'.') && !text.contains("  "_L1), qPrintable(text));
        QVERIFY2(!text.startsWith(u' ') && !text.contains(u" ·  "_s), qPrintable(text));
    }
}

void TestSentenceParts::serverTextStaysOnOneLine()
{
    const ClusterStatus hostile = test::hostileCluster();
    for (const ReasonCode code : allReasonCodes()) {
        Reason reason = hostile.reasons.first();
        reason.code = code;
        reason.names = {reason.subject, u"%1%2%3"_s};
        reason.detail = u"%1\n%2"_s + u"long "_s.repeated(10'000);
        const QString text = wording::sentence(hostile, reason);
        QVERIFY2(text.size() < 700, qPrintable(name(code)));
        for (const QChar c : text)
            QVERIFY2(c.category() != QChar::Other_Control && c.category() != QChar::Other_Format, qPrintable(name(code)));
    }
}

void TestSentenceParts::provenance_data()
{
    QTest::addColumn<Reason>("reason");
    QTest::addColumn<QString>("text");
    Reason reason = test::sampleReason(ReasonCode::RaftPeerLagging, Severity::Warning, u"node-4"_s);
    reason.derived = true;
    QTest::newRow("derived") << reason << u"node-4 · since 03:06:10 (6_min) · derived"_s;
    reason.derived = false;
    reason.since.reset();
    QTest::newRow("reported, without a time") << reason << u"node-4 · reported"_s;
    reason.subject.clear();
    reason.endpoints = {u"http://a:1"_s, u"http://b:1"_s, u"http://c:1"_s, u"http://d:1"_s, u"http://e:1"_s};
    QTest::newRow("several endpoints") << reason << u"a, b, c and 2 more · reported"_s;
    reason.since = test::sampleTime().wall + std::chrono::hours(1);
    QTest::newRow("a clock that was set back") << reason << u"a, b, c and 2 more · since 04:12:31 · reported"_s;
}

void TestSentenceParts::provenance()
{
    QFETCH(Reason, reason);
    QFETCH(QString, text);
    QCOMPARE(shown(wording::provenance(reason, test::sampleTime())), text);
}

void TestSentenceParts::agreement_data()
{
    QTest::addColumn<Agreement>("agreement");
    QTest::addColumn<RaftViews>("views");
    QTest::addColumn<QString>("leader");
    QTest::addColumn<QString>("text");
    const QString node2 = u"10.1.10.11:8300"_s;
    QTest::newRow("agreed") << Agreement::Agreed << RaftViews{5, 5, 5} << node2 << u"All 5 servers name node-2"_s;
    QTest::newRow("one server") << Agreement::Agreed << RaftViews{1, 1, 1} << node2 << u"The only server names node-2"_s;
    QTest::newRow("partial") << Agreement::Partial << RaftViews{5, 4, 4} << node2 << u"4 of 5 servers name node-2 · 1 silent"_s;
    QTest::newRow("partial, one") << Agreement::Partial << RaftViews{5, 2, 1} << node2 << u"1 of 5 servers names node-2 · 3 silent"_s;
    QTest::newRow("split") << Agreement::Split << RaftViews{5, 5, 5} << node2 << u"Split: 4 name node-2, 1 names node-3"_s;
    QTest::newRow("leaderless") << Agreement::Leaderless << RaftViews{5, 5, 0} << QString() << u"None of 5 servers names a leader"_s;
    QTest::newRow("leaderless, some silent") << Agreement::Leaderless << RaftViews{5, 2, 0} << QString()
                                             << u"None of the 2 servers that answer names a leader · 3 silent"_s;
    QTest::newRow("leaderless, one left") << Agreement::Leaderless << RaftViews{5, 1, 0} << QString()
                                          << u"The only server that answers names no leader · 4 silent"_s;
    QTest::newRow("unconfirmed") << Agreement::Unconfirmed << RaftViews{5, 4, 4} << node2
                                 << u"4 of 5 servers name node-2, which does not confirm it · 1 silent"_s;
    QTest::newRow("single view") << Agreement::SingleView << RaftViews{5, 1, 1} << node2 << u"The only view names node-2 · 4 silent"_s;
    QTest::newRow("single view, nobody") << Agreement::SingleView << RaftViews{5, 1, 0} << QString()
                                         << u"The only view names no leader · 4 silent"_s;
    QTest::newRow("unseen") << Agreement::Unseen << RaftViews{5, 0, 0} << QString() << u"No server tells who leads"_s;
}

void TestSentenceParts::agreement()
{
    QFETCH(Agreement, agreement);
    QFETCH(RaftViews, views);
    QFETCH(QString, leader);
    QFETCH(QString, text);
    ClusterStatus cluster = test::calmConsul();
    RaftStatus &raft = cluster.raft[0];
    raft.agreement = agreement;
    raft.views = views;
    raft.leader = leader;
    if (agreement == Agreement::Split)
        raft.peers[4].believesLeader = u"10.1.10.12:8300"_s;
    QCOMPARE(wording::agreementSentence(cluster, raft), text);
}

void TestSentenceParts::adviceForWhatCanBeDone()
{
    ClusterStatus cluster = test::silentOsapi();
    QVERIFY(wording::advice(cluster, cluster.reasons[0]).contains(u"nothing listens"_s));
    QVERIFY(wording::advice(cluster, cluster.reasons[1]).contains(u"token"_s));
    Reason tls = test::sampleReason(ReasonCode::EndpointTlsFailed, Severity::Unknown);
    tls.names = {u"not-tls"_s};
    QVERIFY(wording::advice(cluster, tls).contains(u"http://"_s));
    tls.names = {u"client-certificate-missing"_s};
    QVERIFY(wording::advice(cluster, tls).contains(u"tls.key"_s));
    tls.names = {u"unknown-ca"_s};
    QVERIFY(wording::advice(cluster, tls).contains(u"tls.ca"_s));
    QVERIFY(wording::advice(cluster, test::sampleReason(ReasonCode::RaftSingleView, Severity::Ok)).isEmpty());
    for (const ReasonCode code : allReasonCodes())
        QVERIFY(!wording::advice(cluster, test::sampleReason(code, Severity::Ok)).endsWith(u'.'));
}

QTEST_GUILESS_MAIN(TestSentenceParts)
#include "tst_sentence_parts.moc"
