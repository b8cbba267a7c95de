// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "app/cli/run.h"

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <unistd.h>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

Written writeAll(int descriptor, const QByteArray &bytes)
{
    // Without this, a reader that leaves ("| head") ends the process in the middle of its work.
    [[maybe_unused]] static const auto ignored = std::signal(SIGPIPE, SIG_IGN);
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t written = ::write(descriptor, bytes.constData() + done, size_t(bytes.size() - done));
        if (written >= 0) {
            done += written;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) { // somebody made the pipe non-blocking
            pollfd waiting{descriptor, POLLOUT, 0};
            ::poll(&waiting, 1, -1);
        } else if (errno != EINTR) {
            return errno == EPIPE ? Written::Closed : Written::Failed;
        }
    }
    return Written::Yes;
}

} // namespace

Written writeOut(const QByteArray &bytes)
{
    const Written written = writeAll(STDOUT_FILENO, bytes);
    if (written == Written::Failed)
        complain(u"standard output can't be written: "_s + qt_error_string(errno));
    return written;
}

void printError(const QString &text) { writeAll(STDERR_FILENO, text.toLocal8Bit() + '\n'); }

void complain(const QString &text) { printError(u"quorate: "_s + QString(text).replace(u'\n', u' ')); }

bool wantsColour()
{
    return qEnvironmentVariableIsEmpty("NO_COLOR") && qEnvironmentVariable("TERM") != "dumb"_L1 && ::isatty(STDOUT_FILENO) == 1;
}

int codeAfter(Written written, int code) { return written == Written::Failed ? exitUsage : code; }

} // namespace quorate
