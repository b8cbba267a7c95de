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

#include <algorithm>
#include <vector>

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
        for (const ClusterConfig &cluster : std::as_const(m_config.clusters))
            m_examinations.append({cluster, m_tokens.value(cluster.spec.name), {}, {}, false, {}});
        m_reports.resize(m_examinations.size());
        if (m_config.clusters.isEmpty())
            return;
        tell();
        QTimer telling;
        telling.setInterval(tellEvery);
        connect(&telling, &QTimer::timeout, this, &Doctor::tell);
        telling.start();
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
        m_over = true;
        tell();
    }

    /// How telling it went: somebody waits on it, so that each check is told when it is done.
    [[nodiscard]] Written written() const { return m_written; }

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
    /// The clusters in their order; one that is not over holds up the next.
    void tell()
    {
        for (; m_told < m_examinations.size() && m_written == Written::Yes; ++m_told) {
            Examination &examination = m_examinations[m_told];
            look(examination);
            const ClusterName &name = examination.cluster.spec.name;
            const QByteArray text = m_reports[size_t(m_told)].next(examination, m_engine.replies(name), m_redaction, currentTime());
            if (!text.isEmpty())
                m_written = writeOut(text);
            if (!examination.over)
                return;
        }
    }

    void look(Examination &examination)
    {
        const ClusterName &name = examination.cluster.spec.name;
        bool walked = true;
        for (const EndpointUrl &endpoint : std::as_const(examination.cluster.spec.endpoints)) {
            walked = walked && examination.walks.value(endpoint).over;
            if (m_engine.isPolled(name, endpoint))
                examination.polled.insert(endpoint);
        }
        examination.over = m_over || (walked && m_engine.isPolled(name));
        if (!examination.over)
            return;
        const FleetStatus fleet = m_engine.status();
        for (const ClusterStatus &status : fleet.clusters) {
            if (status.name == name)
                examination.status = status;
        }
    }

    Examination &examinationOf(const ClusterName &name)
    {
        return *std::find_if(m_examinations.begin(), m_examinations.end(),
            [&](const Examination &examination) { return examination.cluster.spec.name == name; });
    }

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
        connect(probe, &EndpointProbe::stepped, this, [this, probe, name = cluster.spec.name] {
            examinationOf(name).walks[probe->endpoint()].steps = probe->steps();
            tell();
        });
        connect(probe, &EndpointProbe::finished, this, [this, probe, name = cluster.spec.name] {
            examinationOf(name).walks[probe->endpoint()].over = true;
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
    static constexpr Milliseconds tellEvery{100};
    Config m_config;
    SecretStore m_secrets;
    Redaction m_redaction;
    Resolver m_resolver;
    Engine m_engine{EngineOptions{.mode = JudgeMode::OneShot, .lookup = {}, .stateFile = {}}};
    QHash<ClusterName, QString> m_tokens;
    QList<Examination> m_examinations; ///< as configured
    std::vector<DoctorReport> m_reports; ///< of each of them
    qsizetype m_told = 0; ///< clusters that were told to their end
    bool m_over = false;
    Written m_written = Written::Yes;
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
    int code = codeAfter(doctor.written(), 0);
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
