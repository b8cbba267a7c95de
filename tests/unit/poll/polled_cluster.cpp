// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/poll/polled_cluster.h"

#include "tests/support/healthy.h"
#include "tests/support/one_round.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QTest>

namespace quorate::test {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
QByteArray tokenOf(const StubRequest &request)
{
    for (const auto &[name, value] : request.headers) {
        if (name.compare("Authorization", Qt::CaseInsensitive) == 0)
            return value.mid(qstrlen("Bearer "));
        if (name.compare("X-Consul-Token", Qt::CaseInsensitive) == 0)
            return value;
    }
    return "none";
}
} // namespace

QByteArrayList PolledCluster::Server::tokens() const
{
    QByteArrayList tokens;
    const QList<StubRequest> seen = stub->seen();
    for (const StubRequest &request : seen)
        tokens.append(tokenOf(request));
    return tokens;
}

PolledCluster::PolledCluster(const QString &system, int count, SecretLimits limits)
    : m_secrets(limits)
{
    now.wall = Instant(fromRfc3339(u"2026-11-20T15:00:00Z").value());
    now.monotonic = now.boot = 1h;
    servers.resize(size_t(count));
    QStringList urls;
    for (Server &server : servers) {
        server.stub = std::make_unique<StubServer>([this, &server](const StubRequest &request) { return answer(server, request); });
        if (!server.stub->listen())
            qFatal("no port");
        urls.append(server.stub->url());
    }
    config = clusterOf(u"one"_s, system, urls);
    config.spec.interval = 10s;
    config.token = SecretFromFile{m_folder.filePath(u"token"_s)};
    writeToken("good-token");
    makePoller();
}

void PolledCluster::makePoller()
{
    config.spec.withToken = config.token.has_value();
    (void)step(fleet, FleetSpec{config.spec}, now);
    poller = std::make_unique<ClusterPoller>(config, QMap<EndpointUrl, QString>(), ClusterPoller::Parts{m_fetcher, m_secrets, m_clock});
    QObject::connect(poller.get(), &ClusterPoller::observed, poller.get(), [this](const Observation &observation) {
        observations.append(observation);
        events += step(fleet, observation, now);
    });
    QObject::connect(poller.get(), &ClusterPoller::tokenChanged, poller.get(), [this] { ++tokenChanges; });
}

StubAnswer PolledCluster::answer(const Server &server, const StubRequest &request) const
{
    if (server.instead) {
        if (const auto other = server.instead(request))
            return *other;
    }
    const bool rejected = !server.accepted.isEmpty() && tokenOf(request) != server.accepted;
    if (rejected && config.spec.system == "consul"_L1 && !request.path.startsWith("/v1/status/"))
        return StubAnswer::http(403, "ACL not found", "text/plain");
    if (rejected && config.spec.system != "consul"_L1)
        return StubAnswer::http(401, "token has expired", "text/plain");
    return healthyAnswer(config.spec.system, request);
}

void PolledCluster::writeToken(const QByteArray &token)
{
    QFile file(m_folder.filePath(u"token"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(token) != token.size())
        qFatal("the test's own file could not be written");
}

void PolledCluster::useCommand()
{
    config.token = SecretFromCommand{{u"cat"_s, m_folder.filePath(u"token"_s)}};
    makePoller();
}

void PolledCluster::useNoToken()
{
    config.token.reset();
    makePoller();
}

void PolledCluster::removeToken() { QFile::remove(m_folder.filePath(u"token"_s)); }

void PolledCluster::round(std::optional<int> only)
{
    poller->beginRound(only ? std::optional(QSet<EndpointUrl>{url(*only)}) : std::nullopt);
    const QDeadlineTimer patience(15'000);
    while (!poller->isIdle()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // a file that was read
        if (patience.hasExpired())
            qFatal("the round does not end");
    }
}

bool PolledCluster::seesAnotherToken()
{
    const int before = tokenChanges;
    return QTest::qWaitFor([&] {
        poller->lookAtToken();
        return tokenChanges > before;
    });
}

void PolledCluster::rounds(int count)
{
    for (int i = 0; i < count; ++i) {
        round();
        pass(config.spec.interval);
    }
}

void PolledCluster::pass(Milliseconds time)
{
    for (Milliseconds left = time; left > 0ms; left -= 1s) {
        now = now + std::min<Milliseconds>(left, 1s);
        events += step(fleet, Tick{}, now);
    }
}

qsizetype PolledCluster::newlyAsked()
{
    qsizetype all = 0;
    for (const Server &server : servers)
        all += server.asked();
    return all - std::exchange(m_asked, all);
}

const Reason *PolledCluster::reason(ReasonCode code)
{
    m_status = status();
    for (const Reason &one : std::as_const(m_status.reasons)) {
        if (one.code == code)
            return &one;
    }
    return nullptr;
}

} // namespace quorate::test
