// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/doctor_command.h"

#include "app/cli/doctor_report.h"
#include "app/cli/output.h"
#include "app/cli/reply_files.h"
#include "app/cli/run.h"
#include "app/cli/selection.h"
#include "app/secrets/secret_store.h"

#include <QEventLoop>
#include <QQueue>
#include <QTimer>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

class Doctor final : public QObject {
public:
    explicit Doctor(const Selection &selection)
        : m_config(selection.config)
    {
        m_engine.setMemory(selection.memory);
        m_engine.setNotices(selection.notices);
        m_engine.setConfig(m_config);
    }

    /// Tokens first, so that nothing is shown before they can be taken out of it; then the walks; then the requests. Walks that take long
    /// do not hold up the requests: a host that is silent costs its time limit once.
    void examine()
    {
        readTokens();
        if (m_config.clusters.isEmpty())
            return;
        QEventLoop examining;
        int open = 2; // the walks and the round
        const auto close = [&] {
            if (--open == 0)
                examining.quit();
        };
        connect(&m_engine, &Engine::roundFinished, &examining, close, Qt::QueuedConnection);
        QTimer patience;
        patience.setSingleShot(true);
        patience.setInterval(longestWalk);
        connect(&patience, &QTimer::timeout, &m_engine, &Engine::runOnce);
        m_walked = [&] {
            if (patience.isActive()) {
                patience.stop();
                m_engine.runOnce();
            }
            QMetaObject::invokeMethod(&examining, close, Qt::QueuedConnection);
        };
        patience.start();
        walk();
        examining.exec();
    }

    [[nodiscard]] Written print()
    {
        const FleetStatus fleet = m_engine.status();
        for (const ClusterConfig &cluster : std::as_const(m_config.clusters)) {
            Examination examination{
                cluster, {}, m_tokens.value(cluster.spec.name), m_steps.value(cluster.spec.name), m_engine.replies(cluster.spec.name)};
            for (const ClusterStatus &status : fleet.clusters) {
                if (status.name == cluster.spec.name)
                    examination.status = status;
            }
            const Written written = writeOut(doctorReport(examination, m_redaction, currentTime()) + '\n');
            if (written != Written::Yes)
                return written;
        }
        return Written::Yes;
    }

    [[nodiscard]] SavedReplies save(const QString &folder) const
    {
        QList<StoredReply> replies;
        for (const ClusterConfig &cluster : m_config.clusters)
            replies += m_engine.replies(cluster.spec.name);
        return saveReplies(folder, replies, m_redaction);
    }

    void stop()
    {
        m_secrets.stop();
        m_engine.stop();
    }

private:
    void readTokens()
    {
        QEventLoop reading;
        int open = 1; // this call itself: answers may come at once
        const auto close = [&] {
            if (--open == 0)
                QMetaObject::invokeMethod(&reading, &QEventLoop::quit, Qt::QueuedConnection);
        };
        for (const ClusterConfig &cluster : std::as_const(m_config.clusters)) {
            if (!cluster.token)
                continue;
            ++open;
            m_secrets.read(*cluster.token, [this, &close, name = cluster.spec.name, from = words(*cluster.token)](const Secret &secret) {
                if (secret)
                    m_redaction.add(secret.value());
                m_tokens.insert(
                    name, secret ? u"from %1, %2 characters"_s.arg(from).arg(secret.value().size()) : u"FAIL "_s + secret.error().text);
                close();
            });
        }
        close();
        reading.exec();
    }

    void walk()
    {
        for (const ClusterConfig &cluster : std::as_const(m_config.clusters)) {
            for (const EndpointUrl &endpoint : cluster.spec.endpoints)
                m_waiting.enqueue({cluster, endpoint});
        }
        for (int i = 0; i < mostAtOnce && !m_waiting.isEmpty(); ++i)
            walkNext();
    }

    void walkNext()
    {
        const auto [cluster, endpoint] = m_waiting.dequeue();
        auto *probe = new EndpointProbe(cluster, endpoint, m_resolver, this);
        connect(probe, &EndpointProbe::finished, this, [this, probe, name = cluster.spec.name] {
            m_steps[name].insert(probe->endpoint(), probe->steps());
            probe->deleteLater();
            --m_underWay;
            if (!m_waiting.isEmpty())
                walkNext();
            else if (m_underWay == 0)
                m_walked();
        });
        ++m_underWay;
        probe->start();
    }

    static constexpr int mostAtOnce = 32;
    static constexpr Milliseconds longestWalk{1'000};
    Config m_config;
    SecretStore m_secrets;
    Redaction m_redaction;
    Resolver m_resolver;
    Engine m_engine{EngineOptions{.mode = JudgeMode::OneShot, .lookup = {}, .stateFile = {}}};
    QHash<ClusterName, QString> m_tokens;
    QHash<ClusterName, QHash<EndpointUrl, QList<ProbeStep>>> m_steps;
    QQueue<std::pair<ClusterConfig, EndpointUrl>> m_waiting;
    std::function<void()> m_walked;
    int m_underWay = 0;
};

} // namespace

int runDoctor(const Arguments &arguments)
{
    auto selected = selectClusters(arguments);
    if (!selected) {
        for (const QString &line : selected.error().lines)
            printError(line);
        return exitUsage;
    }
    Selection selection = std::move(selected).value();
    for (ClusterConfig &cluster : selection.config.clusters)
        cluster.spec.paused = cluster.spec.paused && arguments.clusters.isEmpty(); // who is named is wanted
    Doctor doctor(selection);
    doctor.examine();
    int code = codeAfter(doctor.print(), 0);
    if (!arguments.saveReplies.isEmpty()) {
        const SavedReplies saved = doctor.save(arguments.saveReplies);
        for (const QString &problem : saved.problems)
            complain(problem);
        complain(u"%1 files in %2; look through them before you send them to anybody"_s.arg(saved.files).arg(arguments.saveReplies));
        if (!saved.problems.isEmpty())
            code = exitUsage;
    }
    doctor.stop();
    return code;
}

} // namespace quorate
