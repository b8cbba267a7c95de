// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/usage.h"

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>

namespace quorate::bench {

namespace {
qint64 nanoseconds(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}
} // namespace

qint64 monotonicNanoseconds() { return nanoseconds(CLOCK_MONOTONIC); }
double cpuSeconds() { return double(nanoseconds(CLOCK_PROCESS_CPUTIME_ID)) / 1e9; }
double threadCpuSeconds() { return double(nanoseconds(CLOCK_THREAD_CPUTIME_ID)) / 1e9; }

double residentMebibytes()
{
    long size = 0;
    long resident = 0;
    if (std::FILE *file = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(file, "%ld %ld", &size, &resident) != 2)
            resident = 0;
        std::fclose(file);
    }
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

void raiseFileLimit()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace quorate::bench
