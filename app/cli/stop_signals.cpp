// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stop_signals.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace quorate {

namespace {

// A signal's handler may do next to nothing: it writes one byte into a pipe, which the event loop reads.
std::array<int, 2> ends{-1, -1};
constexpr std::array stopping{SIGINT, SIGTERM, SIGHUP};

void caught(int)
{
    const int saved = errno;
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(ends[1], &byte, 1);
    errno = saved;
}

} // namespace

StopSignals::StopSignals(QObject *parent)
    : QObject(parent)
{
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return; // then the signals end the process as they always do
    m_notifier = std::make_unique<QSocketNotifier>(ends[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        Q_EMIT stopped();
    });
    struct sigaction action = {};
    action.sa_handler = caught;
    action.sa_flags = int(SA_RESETHAND) | SA_RESTART;
    for (const int signal : stopping)
        ::sigaction(signal, &action, nullptr);
}

StopSignals::~StopSignals()
{
    for (const int signal : stopping)
        std::signal(signal, SIG_DFL);
    m_notifier.reset();
    for (int &end : ends) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

} // namespace quorate
