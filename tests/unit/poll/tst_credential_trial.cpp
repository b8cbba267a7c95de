// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/credential_trial.h"

#include <QRegularExpression>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// How often a rejected token is shown again, told by a clock that the test turns.
class CredentialTrialTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void pausesDoubleUpToTheLongest();
    void threeRejectedRoundsBeginIt();
    void aRoundCountsOnce();
    void aRoundInWhichSomebodyAcceptedDoesNotCount();
    void acceptedEndsIt();
    void anotherContentBeginsAnew();
    void unreadableForAMomentIsNoOtherContent();
    void aTokenThatWasNeverReadIsWaitedFor();

private:
    static CredentialTrial rejectedThrice(Milliseconds now = 0s)
    {
        CredentialTrial trial;
        trial.use("old");
        for (int round = 0; round < 3; ++round) {
            trial.rejected();
            trial.endRound(now);
        }
        return trial;
    }
};

void CredentialTrialTest::pausesDoubleUpToTheLongest()
{
    BackOff backOff;
    Milliseconds now = 100s;
    backOff.begin(now);
    QList<qint64> pauses;
    for (int i = 0; i < 8; ++i) {
        const Milliseconds pause = backOff.next() - now;
        pauses.append(pause.count() / 1000);
        QVERIFY(!backOff.isDue(backOff.next() - 1ms));
        QVERIFY(backOff.isDue(backOff.next()));
        now = backOff.next();
        backOff.tried(now);
    }
    QCOMPARE(pauses, (QList<qint64>{30, 60, 120, 240, 480, 900, 900, 900}));
    backOff.begin(now);
    QCOMPARE(backOff.next(), now + 30s);
}

void CredentialTrialTest::threeRejectedRoundsBeginIt()
{
    CredentialTrial trial;
    trial.use("old");
    QVERIFY(!trial.isInDoubt());
    for (int round = 1; round <= 3; ++round) {
        trial.rejected();
        QVERIFY(trial.isInDoubt());
        QVERIFY(!trial.backsOff());
        trial.endRound(10s * round);
    }
    QVERIFY(trial.backsOff());
    QCOMPARE(trial.backOff().next(), 60'000ms);
}

void CredentialTrialTest::aRoundCountsOnce()
{
    CredentialTrial trial;
    trial.use("old");
    for (int endpoint = 0; endpoint < 40; ++endpoint)
        trial.rejected();
    trial.endRound(1s);
    trial.endRound(2s); // nothing was rejected in that one
    trial.endRound(3s);
    QVERIFY(!trial.backsOff());
}

void CredentialTrialTest::aRoundInWhichSomebodyAcceptedDoesNotCount()
{
    CredentialTrial trial;
    trial.use("old");
    for (int round = 0; round < 5; ++round) {
        trial.rejected();
        trial.accepted();
        trial.rejected();
        trial.endRound(1s * round);
    }
    for (int round = 0; round < 2; ++round) {
        trial.rejected();
        trial.endRound(10s + 1s * round);
    }
    QVERIFY2(!trial.backsOff(), "two of three");
}

void CredentialTrialTest::acceptedEndsIt()
{
    CredentialTrial trial = rejectedThrice();
    trial.accepted();
    QVERIFY(!trial.backsOff());
    QVERIFY(!trial.isInDoubt());
    trial.endRound(10s);
    trial.rejected();
    trial.endRound(20s);
    QVERIFY2(!trial.backsOff(), "it takes three rounds again");
}

void CredentialTrialTest::anotherContentBeginsAnew()
{
    CredentialTrial trial = rejectedThrice();
    const int generation = trial.generation();
    QVERIFY(!trial.isAnother("old"));
    trial.use("old");
    QVERIFY(trial.backsOff());
    QCOMPARE(trial.generation(), generation);
    QVERIFY(trial.isAnother("new"));
    trial.use("new");
    QVERIFY(!trial.backsOff());
    QVERIFY(trial.generation() != generation);
}

void CredentialTrialTest::unreadableForAMomentIsNoOtherContent()
{
    CredentialTrial trial = rejectedThrice();
    trial.use({}); // its file is being written
    QVERIFY(trial.isInDoubt());
    QVERIFY2(trial.isAnother("old"), "it can be read again, which is to be told");
    trial.use("old");
    QVERIFY2(trial.backsOff(), "but it is the rejected one");
}

void CredentialTrialTest::aTokenThatWasNeverReadIsWaitedFor()
{
    CredentialTrial trial;
    trial.use({});
    QVERIFY(trial.isUnreadable());
    QVERIFY(trial.isInDoubt());
    trial.use("first");
    QVERIFY(!trial.isInDoubt());
    QVERIFY(!trial.isAnother("first"));
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::CredentialTrialTest)
#include "tst_credential_trial.moc"
