// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/stub_server.h"
#include "tests/support/healthy.h"
#include "tests/support/one_round.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// "token expired, then renewed in its file": by the engine as it runs, with a real server and a real file (JUDGE section 8).
class TokenStoryTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void backWithinSecondsOfTheFilesChange_data();
    void backWithinSecondsOfTheFilesChange();
    void aReadableFileIsEnough();
    void nothingIsReadWhilePaused();
    void aPersonAsksAndEveryServerIsAsked();
    void anotherConfigurationIsTriedAtOnce();

private:
    void write(const QByteArray &token);
    [[nodiscard]] ClusterConfig cluster(Milliseconds interval) const;
    [[nodiscard]] ClusterStatus status() const { return m_engine->status().clusters.first(); }
    [[nodiscard]] bool isReached(Reach reach) const;
    void beginRejected(Milliseconds interval);

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_accepted;
    std::vector<std::unique_ptr<StubServer>> m_servers;
    Milliseconds m_passed{}; ///< beside the real time
    std::unique_ptr<Engine> m_engine;
};

void TokenStoryTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_engine.reset();
    m_servers.clear();
    m_passed = {};
    m_folder = std::make_unique<QTemporaryDir>();
    for (int i = 0; i < 2; ++i) {
        m_servers.push_back(std::make_unique<StubServer>([this](const StubRequest &request) {
            const bool known = std::any_of(request.headers.begin(), request.headers.end(),
                [this](const auto &header) { return header.second == "Bearer " + m_accepted; });
            return known ? healthyAnswer(u"bufstream"_s, request) : StubAnswer::http(401, "token has expired", "text/plain");
        }));
        QVERIFY(m_servers.back()->listen());
    }
    EngineOptions options;
    options.clock = [this] { return currentTime() + m_passed; };
    m_engine = std::make_unique<Engine>(options);
}

void TokenStoryTest::write(const QByteArray &token)
{
    QFile file(m_folder->filePath(u"token"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(token) != token.size())
        qFatal("the test's own file could not be written");
}

ClusterConfig TokenStoryTest::cluster(Milliseconds interval) const
{
    ClusterConfig one = clusterOf(u"one"_s, u"bufstream"_s, {m_servers.at(0)->url(), m_servers.at(1)->url()});
    one.spec.interval = interval;
    one.token = SecretFromFile{m_folder->filePath(u"token"_s)};
    return one;
}

bool TokenStoryTest::isReached(Reach reach) const
{
    const QList<EndpointStatus> endpoints = status().endpoints;
    return std::all_of(endpoints.cbegin(), endpoints.cend(), [&](const EndpointStatus &endpoint) { return endpoint.reach == reach; });
}

void TokenStoryTest::beginRejected(Milliseconds interval)
{
    m_accepted = "new-token";
    write("old-token\n");
    m_engine->setConfig(configOf({cluster(interval)}));
    m_engine->start();
    QTRY_VERIFY(isReached(Reach::Unauthorised));
    if (interval < 1s) // three rounds: from then on nobody is asked for 30 s
        QTRY_VERIFY(status().endpoints.first().error.contains("sent again"_L1));
}

void TokenStoryTest::backWithinSecondsOfTheFilesChange_data()
{
    QTest::addColumn<int>("interval");
    QTest::newRow("0.1 s") << 100;
    QTest::newRow("10 s") << 10'000;
    QTest::newRow("5 min") << 300'000;
}

void TokenStoryTest::backWithinSecondsOfTheFilesChange()
{
    QFETCH(int, interval);
    beginRejected(Milliseconds(interval));
    QCOMPARE(status().severity, Severity::Unknown);
    QVERIFY(status().endpoints.first().error.contains("token has expired"_L1));
    write("new-token\n");
    QTRY_VERIFY_WITH_TIMEOUT(isReached(Reach::Answered), 4'000);
    m_passed += 6s; // good twice in a row, and for 5 s
    m_engine->pollNow({});
    QTRY_COMPARE(status().severity, Severity::Ok);
}

void TokenStoryTest::aReadableFileIsEnough()
{
    m_accepted = "new-token";
    m_engine->setConfig(configOf({cluster(300s)}));
    m_engine->start();
    QTRY_VERIFY(isReached(Reach::NoSecret));
    QVERIFY(m_servers.at(0)->seen().isEmpty());
    write("new-token");
    QTRY_VERIFY_WITH_TIMEOUT(isReached(Reach::Answered), 4'000);
}

void TokenStoryTest::nothingIsReadWhilePaused()
{
    beginRejected(300s);
    m_engine->apply({Intent::Kind::Pause, ClusterName(u"one"_s), {}});
    const qsizetype asked = m_servers.at(0)->seen().size();
    write("new-token");
    ClusterConfig other = clusterOf(u"other"_s, u"bufstream"_s, {m_servers.at(1)->url()});
    other.spec.interval = 100ms;
    m_engine->setConfig(configOf({cluster(300s), other})); // its polls tell that time passes
    m_servers.at(1)->clearSeen();
    QTRY_VERIFY(m_servers.at(1)->seen().size() > 25); // two ticks and more
    QCOMPARE(m_servers.at(0)->seen().size(), asked);
    m_engine->apply({Intent::Kind::Resume, ClusterName(u"one"_s), {}});
    QTRY_COMPARE(m_servers.at(0)->seen().size(), asked + 1);
}

void TokenStoryTest::aPersonAsksAndEveryServerIsAsked()
{
    beginRejected(100ms);
    m_servers.at(0)->clearSeen();
    m_servers.at(1)->clearSeen();
    m_engine->pollNow(ClusterName(u"one"_s));
    QTRY_VERIFY(!m_servers.at(0)->seen().isEmpty() && !m_servers.at(1)->seen().isEmpty());
}

void TokenStoryTest::anotherConfigurationIsTriedAtOnce()
{
    beginRejected(300s);
    m_servers.at(0)->clearSeen();
    ClusterConfig changed = cluster(300s);
    changed.token = SecretLiteral{u"new-token"_s};
    m_engine->setConfig(configOf({changed}));
    QTRY_VERIFY(isReached(Reach::Answered));
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::TokenStoryTest)
#include "tst_token_story.moc"
