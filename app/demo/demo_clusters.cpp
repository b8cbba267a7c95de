// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo_clusters.h"

#include "app/demo/demo_files.h"
#include "app/demo/demo_replies.h"
#include "app/demo/stub_server.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QLocale>
#include <QTimer>

#include <algorithm>
#include <vector>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int upOrDownEveryMs = 200;
constexpr QLatin1String allCodes{"codes"};

/// A configured cluster.
struct Group {
    QString name;
    QLatin1String system;
    QString network; ///< 127.x.y: each server has a loopback address of its own, so that a Raft peer can be told by its host
    QStringList lines; ///< further ones of its configuration
    int servers = 1;
    const CodeScenario *code = nullptr;
    bool silent = false;
};

struct Server {
    size_t group = 0;
    DemoPlace place;
    QHostAddress host;
    quint16 port = 0;
    DemoCertificate shows = DemoCertificate::None;
    std::unique_ptr<StubServer> stub{};
};

const QString tokenLine = u"token = \"%1\"  # for the demo only; real ones come from env, file, keyring or command"_s;

Group groupOf(const CodeScenario &code, size_t row)
{
    Group group{QString(code.code), code.system, u"127.1.%1"_s.arg(row + 1), {}, code.endpoints, &code};
    if (code.lines.size() > 0)
        group.lines.append(QString(code.lines));
    if (code.system == "osapi"_L1 && !code.tokenFile)
        group.lines.append(tokenLine.arg(QLatin1String(demoToken)));
    return group;
}

QHostAddress hostOf(const Group &group, int server)
{
    if (group.code && group.code->outThere)
        return QHostAddress(QHostAddress::LocalHost);
    return QHostAddress(u"%1.%2"_s.arg(group.network).arg(server + 1));
}

std::vector<Group> groupsOf(const QString &scenario)
{
    if (demoScenarios().contains(scenario)) {
        return {{u"bufstream-eu"_s, "bufstream"_L1, u"127.0.10"_s, {}, 3},
            {u"consul-prod"_s, "consul"_L1, u"127.0.11"_s, {u"expected_voters = 5"_s}, 5},
            {u"osapi-fleet"_s, "osapi"_L1, u"127.0.12"_s, {tokenLine.arg(QLatin1String(demoToken))}, 1}};
    }
    std::vector<Group> groups;
    const auto codes = codeScenarios();
    const CodeScenario *only = codeScenarioNamed(scenario);
    for (size_t row = 0; row < codes.size(); ++row) {
        if (scenario == allCodes || only == &codes[row])
            groups.push_back(groupOf(codes[row], row));
    }
    return groups;
}

} // namespace

struct DemoClusters::Private {
    QString scenario;
    QElapsedTimer clock;
    std::chrono::milliseconds ahead{};
    QTimer *upOrDown = nullptr; // a child of the clusters: goes where they are moved
    std::vector<Group> groups;
    std::vector<Server> servers;
    std::unique_ptr<DemoFiles> files;
    std::optional<std::pair<DemoPhase, double>> asked; ///< phase, and since when in seconds
    QString error;

    [[nodiscard]] double seconds() const
    {
        return std::chrono::duration<double>(std::chrono::milliseconds(clock.elapsed()) + ahead).count();
    }

    [[nodiscard]] std::pair<DemoPhase, double> phaseOf(const CodeScenario &code) const
    {
        if (asked)
            return *asked;
        const double well = code.wellSeconds;
        return seconds() < well ? std::pair(DemoPhase::Well, 0.0) : std::pair(DemoPhase::Raised, well);
    }

    [[nodiscard]] DemoWorld worldOf(const Group &group) const
    {
        if (!group.code)
            return demoWorld(scenario, seconds()).value_or(DemoWorld());
        const auto [phase, since] = phaseOf(*group.code);
        DemoWorld world = codeWorld(*group.code, phase, seconds(), seconds() - since);
        world.network = group.network;
        if (group.code->hasDate && world.date.isEmpty()) {
            const QDateTime now = QDateTime::currentDateTimeUtc().addMSecs(ahead.count());
            world.date = QLocale::c().toString(now, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
        }
        return world;
    }

    [[nodiscard]] DemoCertificate certificateOf(const Group &group) const
    {
        if (!group.code || group.code->certificate == DemoCertificate::None)
            return DemoCertificate::None;
        return phaseOf(*group.code).first == DemoPhase::Raised ? group.code->certificate : DemoCertificate::Trusted;
    }

    [[nodiscard]] bool listen(Server &server)
    {
        server.shows = certificateOf(groups.at(server.group));
        return server.stub->listen(server.host, server.port, files ? files->tls(server.shows) : std::nullopt);
    }

    /// A server that is down refuses connections: its port is closed, and opened again when it is back.
    void follow()
    {
        if (servers.empty()) // not started
            return;
        for (const Group &group : groups) {
            if (group.code && group.code->tokenFile)
                files->setToken(phaseOf(*group.code).first != DemoPhase::Raised);
        }
        for (Server &server : servers) {
            const Group &group = groups.at(server.group);
            const bool up = !group.silent && isUp(worldOf(group), server.place);
            const bool open = server.stub->port() != 0;
            if (open && (!up || server.shows != certificateOf(group)))
                server.stub->stop();
            if (up && server.stub->port() == 0)
                (void)listen(server); // the port may still be taken by the last connections: tried again next time
        }
    }

    [[nodiscard]] bool makeFiles()
    {
        QStringList speakTls;
        bool needed = false;
        for (const Group &group : groups) {
            needed = needed || (group.code && group.code->tokenFile);
            for (int i = 0; group.code && group.code->certificate != DemoCertificate::None && i < group.servers; ++i)
                speakTls.append(u"%1.%2"_s.arg(group.network).arg(i + 1));
        }
        if (needed || !speakTls.isEmpty())
            files = std::make_unique<DemoFiles>();
        if (speakTls.isEmpty() || files->makeCertificates(speakTls))
            return true;
        error = files->errorText();
        return false;
    }

    [[nodiscard]] bool add(size_t group, int index, quint16 port)
    {
        Server server{group, {groups.at(group).system, index}, hostOf(groups.at(group), index), port};
        server.stub = std::make_unique<StubServer>([this, group, place = server.place](const StubRequest &request) {
            return demoReply(worldOf(groups.at(group)), place, request);
        });
        if (!listen(server)) {
            error = u"port %1 on %2 is taken; choose another with --port-base"_s.arg(port).arg(server.host.toString());
            return false;
        }
        server.port = server.stub->port();
        servers.push_back(std::move(server));
        return true;
    }

    [[nodiscard]] QString urlOf(const Server &server) const
    {
        const Group &group = groups.at(server.group);
        const QString wildcard = server.place.index == 0 ? u"0.0.0.0"_s : u"[::ffff:0.0.0.0]"_s;
        const QString host = group.code && group.code->outThere ? wildcard : server.host.toString();
        const bool tls = certificateOf(group) != DemoCertificate::None;
        return u"%1://%2:%3"_s.arg(tls ? u"https"_s : u"http"_s, host).arg(server.port);
    }

    [[nodiscard]] QString blockOf(size_t group) const
    {
        QStringList quoted;
        for (const Server &server : servers) {
            if (server.group == group)
                quoted.append(u"\"%1\""_s.arg(urlOf(server)));
        }
        QString block = u"\n[[cluster]]\nname = \"%1\"\nsystem = \"%2\"\nendpoints = [%3]\n"_s.arg(
            groups.at(group).name, QString(groups.at(group).system), quoted.join(u", "_s));
        for (QString line : groups.at(group).lines)
            block += line.replace("%1"_L1, files ? files->folder() : QString()) + u'\n';
        return block;
    }
};

DemoClusters::DemoClusters(const QString &scenario, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->scenario = scenario;
    d->clock.start();
    d->groups = groupsOf(scenario);
    d->upOrDown = new QTimer(this);
    d->upOrDown->setInterval(upOrDownEveryMs);
    connect(d->upOrDown, &QTimer::timeout, this, [this] { d->follow(); });
}

DemoClusters::~DemoClusters() = default;

bool DemoClusters::start(quint16 portBase)
{
    if (!d->makeFiles())
        return false;
    int offset = 0;
    for (size_t group = 0; group < d->groups.size(); ++group) {
        if (d->groups.at(group).code) // an address of its own for each server of each code
            offset = 0;
        for (int i = 0; i < d->groups.at(group).servers; ++i, ++offset) {
            if (!d->add(group, i, portBase == 0 ? quint16(0) : static_cast<quint16>(portBase + offset))) {
                d->servers.clear();
                return false;
            }
        }
    }
    d->follow();
    d->upOrDown->start();
    return true;
}

QString DemoClusters::errorText() const { return d->error; }

QString DemoClusters::configuration() const
{
    QString text = u"# The simulated clusters of \"quorate demo-server\", scenario %1\n"
                   "[defaults]\ninterval = \"2s\"\ntimeout = \"3s\"\n"_s.arg(d->scenario);
    for (size_t group = 0; group < d->groups.size(); ++group)
        text += d->blockOf(group);
    return text;
}

QStringList DemoClusters::urls() const
{
    QStringList all;
    for (const Server &server : d->servers)
        all.append(d->urlOf(server));
    return all;
}

QStringList DemoClusters::descriptions() const
{
    QStringList lines;
    for (const Group &group : d->groups) {
        if (group.code)
            lines.append(group.name + u": "_s + QString(group.code->shows));
    }
    return lines;
}

DemoPhase DemoClusters::phase() const
{
    const CodeScenario *code = d->groups.empty() ? nullptr : d->groups.front().code;
    return code ? d->phaseOf(*code).first : DemoPhase::Raised;
}

void DemoClusters::show(DemoPhase phase)
{
    d->asked = std::pair(phase, d->seconds());
    d->follow();
}

void DemoClusters::setSilent(const QString &cluster, bool silent)
{
    for (Group &group : d->groups)
        group.silent = group.name == cluster ? silent : group.silent;
    d->follow();
}

void DemoClusters::advance(std::chrono::milliseconds by)
{
    d->ahead += by;
    d->follow();
}

bool isDemoScenario(const QString &name) { return name == allCodes || demoScenarios().contains(name) || codeScenarioNamed(name); }

} // namespace quorate
