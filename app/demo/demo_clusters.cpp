// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo_clusters.h"

#include "app/demo/demo_replies.h"
#include "app/demo/stub_server.h"

#include <QElapsedTimer>
#include <QTimer>

#include <vector>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

constexpr int brokers = 3;
constexpr int consulServers = 5;
constexpr int allServers = brokers + consulServers + 1;
constexpr int hangMs = 60'000;
constexpr int upOrDownEveryMs = 200;

/// Each server has a loopback address of its own, so that a Raft peer can be told by its host, as on real machines.
QHostAddress hostOf(size_t server)
{
    const auto index = static_cast<quint32>(server);
    constexpr quint32 loopback = 0x7f000000;
    if (server < brokers)
        return QHostAddress(loopback + 0x0a01 + index); // 127.0.10.1 …
    if (server < brokers + consulServers)
        return QHostAddress(loopback + 0x0b01 + index - brokers); // 127.0.11.1 …: the demo's Raft addresses
    return QHostAddress(loopback + 0x0c01);
}

StubAnswer garbage(int server)
{
    switch (server % 4) {
    case 0:
        return StubAnswer::http(200, "<!doctype html><title>Sign in</title><form action=/login><input name=user></form>", "text/html");
    case 1:
        return StubAnswer::http(200, R"({"status":"healthy","probes":[{"name":"etcd","sta)");
    case 2:
        return StubAnswer::http(200, QByteArray("\x00\xff\xfe\x80\x13\x37", 6), "application/octet-stream");
    default:
        return StubAnswer::http(200, {});
    }
}

StubAnswer unauthorised(int server)
{
    if (server < brokers)
        return StubAnswer::http(401, "unauthorized\n", "text/plain; charset=utf-8");
    if (server < brokers + consulServers)
        return StubAnswer::http(403, "ACL not found", "text/plain; charset=utf-8");
    return StubAnswer::http(401, R"({"error":"Invalid token: token is expired by 26m3.12s"})");
}

DemoManner mannerOf(const DemoWorld &world, int server)
{
    if (server < brokers)
        return world.brokers.at(server).manner;
    if (server < brokers + consulServers)
        return world.servers.at(server - brokers).manner;
    return world.controller.manner;
}

bool isUp(const DemoWorld &world, int server)
{
    if (server < brokers)
        return world.brokers.at(server).up;
    if (server < brokers + consulServers)
        return world.servers.at(server - brokers).up;
    return true;
}

StubAnswer wellMannered(const DemoWorld &world, int server, const StubRequest &request)
{
    if (server < brokers)
        return demoBrokerReply(world, server, request);
    if (server < brokers + consulServers)
        return demoConsulReply(world, server - brokers, request);
    return demoControllerReply(world, request);
}

StubAnswer answer(const DemoWorld &world, int server, const StubRequest &request)
{
    switch (mannerOf(world, server)) {
    case DemoManner::Garbage:
        return garbage(server);
    case DemoManner::Unauthorised:
        // The probe of OSAPI and Consul's status endpoints ask for no token and answer on.
        if (request.path == "/api/health")
            return wellMannered(world, server, request);
        return unauthorised(server);
    case DemoManner::Hang: {
        StubAnswer never;
        never.delayMs = hangMs;
        return never;
    }
    case DemoManner::Slow: {
        StubAnswer late = wellMannered(world, server, request);
        late.delayMs = demoSlowMs;
        return late;
    }
    case DemoManner::Normal:
        break;
    }
    return wellMannered(world, server, request);
}

} // namespace

struct DemoClusters::Private {
    QString scenario;
    QElapsedTimer clock;
    QTimer *upOrDown = nullptr; // a child of the clusters: goes where they are moved
    std::vector<std::unique_ptr<StubServer>> servers;
    std::vector<quint16> ports;
    QString error;

    [[nodiscard]] DemoWorld now() const { return demoWorld(scenario, static_cast<double>(clock.elapsed()) / 1000).value_or(DemoWorld()); }

    [[nodiscard]] bool listen(size_t server) { return servers.at(server)->listen(hostOf(server), ports.at(server)); }

    /// A server that is down refuses connections: its port is closed, and opened again when it is back.
    void follow()
    {
        const DemoWorld world = now();
        for (size_t i = 0; i < servers.size(); ++i) {
            const bool up = isUp(world, static_cast<int>(i));
            if (up && servers.at(i)->port() == 0)
                (void)listen(i); // the port may still be taken by the last connections: tried again next time
            else if (!up && servers.at(i)->port() != 0)
                servers.at(i)->stop();
        }
    }

    [[nodiscard]] QString urlOf(size_t server) const { return u"http://%1:%2"_s.arg(hostOf(server).toString()).arg(ports.at(server)); }

    [[nodiscard]] QString urlList(size_t from, size_t count) const
    {
        QStringList quoted;
        for (size_t i = from; i < from + count; ++i)
            quoted.append(u"\"%1\""_s.arg(urlOf(i)));
        return quoted.join(u", "_s);
    }
};

DemoClusters::DemoClusters(const QString &scenario, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->scenario = scenario;
    d->upOrDown = new QTimer(this);
    d->upOrDown->setInterval(upOrDownEveryMs);
    connect(d->upOrDown, &QTimer::timeout, this, [this] { d->follow(); });
}

DemoClusters::~DemoClusters() = default;

bool DemoClusters::start(quint16 portBase)
{
    d->clock.start();
    for (int i = 0; i < allServers; ++i) {
        d->servers.push_back(std::make_unique<StubServer>([this, i](const StubRequest &request) { return answer(d->now(), i, request); }));
        d->ports.push_back(portBase == 0 ? quint16(0) : static_cast<quint16>(portBase + i));
        if (!d->listen(d->servers.size() - 1)) {
            d->error = u"port %1 on %2 is taken; choose another with --port-base"_s.arg(d->ports.back())
                           .arg(hostOf(d->servers.size() - 1).toString());
            d->servers.clear();
            return false;
        }
        d->ports.back() = d->servers.back()->port();
    }
    d->follow();
    d->upOrDown->start();
    return true;
}

QString DemoClusters::errorText() const { return d->error; }

QString DemoClusters::configuration() const
{
    return u"# The simulated clusters of \"quorate demo-server\", scenario %1\n"
           "[defaults]\ninterval = \"2s\"\ntimeout = \"3s\"\n\n"
           "[[cluster]]\nname = \"bufstream-eu\"\nsystem = \"bufstream\"\nendpoints = [%2]\n\n"
           "[[cluster]]\nname = \"consul-prod\"\nsystem = \"consul\"\nendpoints = [%3]\nexpected_voters = 5\n\n"
           "[[cluster]]\nname = \"osapi-fleet\"\nsystem = \"osapi\"\nendpoints = [%4]\ntoken = \"%5\"  # for the demo only; real ones come "
           "from env, file, "
           "keyring or command\n"_s.arg(d->scenario, d->urlList(0, brokers), d->urlList(brokers, consulServers),
               d->urlList(brokers + consulServers, 1), QString::fromLatin1(demoToken));
}

QStringList DemoClusters::urls() const
{
    QStringList all;
    for (size_t i = 0; i < d->ports.size(); ++i)
        all.append(d->urlOf(i));
    return all;
}

} // namespace quorate
