// SPDX-License-Identifier: GPL-3.0-or-later
// How a simulated server answers, whatever it has to say.
#include "app/demo/demo_replies.h"

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

constexpr int hangMs = 60'000;

StubAnswer garbage(const DemoPlace &place)
{
    const int kind = place.system == "osapi"_L1 ? 0 : place.system == "consul"_L1 ? place.index + 3 : place.index;
    switch (kind % 4) {
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

StubAnswer unauthorised(const DemoPlace &place)
{
    if (place.system == "bufstream"_L1)
        return StubAnswer::http(401, "unauthorized\n", "text/plain; charset=utf-8");
    if (place.system == "consul"_L1)
        return StubAnswer::http(403, "ACL not found", "text/plain; charset=utf-8");
    return StubAnswer::http(401, R"({"error":"Invalid token: token is expired by 26m3.12s"})");
}

StubAnswer wellMannered(const DemoWorld &world, const DemoPlace &place, const StubRequest &request)
{
    if (place.system == "bufstream"_L1)
        return demoBrokerReply(world, place.index, request);
    if (place.system == "consul"_L1)
        return demoConsulReply(world, place.index, request);
    return demoControllerReply(world, request);
}

DemoManner mannerOf(const DemoWorld &world, const DemoPlace &place)
{
    if (place.system == "bufstream"_L1)
        return world.brokers.at(place.index).manner;
    return place.system == "consul"_L1 ? world.servers.at(place.index).manner : world.controller.manner;
}

StubAnswer mannered(const DemoWorld &world, const DemoPlace &place, const StubRequest &request)
{
    switch (mannerOf(world, place)) {
    case DemoManner::Garbage:
        return garbage(place);
    case DemoManner::Unauthorised:
        // The probe of OSAPI asks for no token and answers on.
        return request.path == "/api/health" ? wellMannered(world, place, request) : unauthorised(place);
    case DemoManner::Throttled:
        return StubAnswer::http(429, "rate limit exceeded\n", "text/plain; charset=utf-8", {{"Retry-After", "1"}});
    case DemoManner::Portal:
        return StubAnswer::http(302, {}, {}, {{"Location", "http://portal.example/login"}});
    case DemoManner::Hang: {
        StubAnswer never;
        never.delayMs = hangMs;
        return never;
    }
    case DemoManner::Slow: {
        StubAnswer late = wellMannered(world, place, request);
        late.delayMs = world.slowMs;
        return late;
    }
    case DemoManner::Normal:
        break;
    }
    return wellMannered(world, place, request);
}

} // namespace

StubAnswer demoReply(const DemoWorld &world, const DemoPlace &place, const StubRequest &request)
{
    StubAnswer answer = mannered(world, place, request);
    const qsizetype statusLine = answer.bytes.indexOf("\r\n");
    if (!world.date.isEmpty() && statusLine >= 0)
        answer.bytes.insert(statusLine + 2, "Date: " + world.date.toLatin1() + "\r\n");
    return answer;
}

bool isUp(const DemoWorld &world, const DemoPlace &place)
{
    if (place.system == "bufstream"_L1)
        return world.brokers.at(place.index).up;
    return place.system != "consul"_L1 || world.servers.at(place.index).up;
}

} // namespace quorate
