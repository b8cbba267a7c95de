// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/healthy.h"

#include <QFile>
#include <QHash>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(QUORATE_FIXTURES "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no fixture %s", qPrintable(name));
    return file.readAll();
}

StubAnswer bufstream()
{
    return StubAnswer::http(200, R"([{"name": "etcd", "status": "healthy", "message": "3/3 member(s) healthy"},
        {"name": "object_storage", "status": "healthy"}, {"name": "version", "status": "healthy", "message": "Version: 0.3.29"}])");
}

/// A group of one server, which leads it.
StubAnswer consul(const QByteArray &path)
{
    static const QByteArray id = "c2c3f480-34cc-bdbd-8d63-ddd73c92d3e3";
    static const QByteArray server
        = R"("ID": ")" + id + R"(", "Name": "server-1", "Node": "server-1", "Address": "127.0.0.2:8300", "Leader": true,
        "Voter": true, "ProtocolVersion": "3")";
    if (path == "/v1/status/leader")
        return StubAnswer::http(200, R"("127.0.0.2:8300")");
    if (path == "/v1/status/peers")
        return StubAnswer::http(200, R"(["127.0.0.2:8300"])");
    if (path == "/v1/agent/self")
        return StubAnswer::http(200, fixture(u"consul/agent_self_leader.json"_s));
    if (path.startsWith("/v1/operator/raft/configuration"))
        return StubAnswer::http(200, R"({"Servers": [{)" + server + R"(}], "Index": 0})");
    if (path.startsWith("/v1/operator/autopilot/configuration"))
        return StubAnswer::http(200, fixture(u"consul/autopilot_configuration.json"_s));
    if (path.startsWith("/v1/operator/autopilot/health"))
        return StubAnswer::http(200,
            R"({"Healthy": true, "FailureTolerance": 0, "Servers": [{)" + server
                + R"(, "SerfStatus": "alive", "Version": "1.8.7", "LastContact": "0s", "LastTerm": 2, "LastIndex": 12, "Healthy": true}]})");
    return StubAnswer::http(404, {}, {});
}

StubAnswer osapi(const QByteArray &path)
{
    if (path == "/api/health")
        return StubAnswer::http(200, fixture(u"osapi/health_200.json"_s));
    if (path == "/api/health/status")
        return StubAnswer::http(200, fixture(u"osapi/status_latest_200_empty_cluster.json"_s));
    return StubAnswer::http(404, R"({"message":"Not Found"})");
}
} // namespace

StubAnswer healthyAnswer(const QString &system, const StubRequest &request)
{
    if (system == "bufstream"_L1)
        return bufstream();
    return system == "consul"_L1 ? consul(request.path) : osapi(request.path);
}

StubServer::Answerer healthyServer(const QString &system)
{
    return [system](const StubRequest &request) { return healthyAnswer(system, request); };
}

bool isPrimary(const QString &system, const QByteArray &path)
{
    if (system == "bufstream"_L1)
        return path.startsWith("/-/status");
    return system == "consul"_L1 ? path == "/v1/status/leader" : path.endsWith("/health/status");
}

} // namespace quorate
