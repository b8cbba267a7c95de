// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/child.h"
#include "tests/bench/judge_memory.h"
#include "tests/bench/poll_cost.h"
#include "tests/bench/pure_cost.h"
#include "tests/bench/reply_server.h"
#include "tests/bench/report.h"
#include "tests/bench/spread.h"
#include "tests/bench/usage.h"
#include "tests/bench/window_cost.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <cstdio>

using namespace quorate::bench;
using namespace Qt::StringLiterals;

namespace {

const QString bareWindow = QStringLiteral(QUORATE_BARE_WINDOW);
const QString bareGet = QStringLiteral(QUORATE_BARE_GET);
const QString quorateProgram = QStringLiteral(QUORATE_PROGRAM);

void reportPolls()
{
    printHeading(u"CPU of a whole poll over that of a bare QNetworkAccessManager GET of the same reply (painting apart)"_s);
    for (const int endpoints : {10, 100, 1'000}) {
        const Measured polls = measure({u"--polls"_s, QString::number(endpoints)});
        printRow(u"%1 endpoints"_s.arg(endpoints), polls[u"ratio"], u""_s, 1.15,
            u"%1 µs : %2 µs; ratios %3 to %4"_s.arg(polls[u"whole"], 0, 'f', 0)
                .arg(polls[u"bare"], 0, 'f', 0)
                .arg(polls[u"lowest"], 0, 'f', 2)
                .arg(polls[u"highest"], 0, 'f', 2));
    }
}

void reportPure()
{
    printHeading(u"Decoding, judging, merging (wall time, one thread)"_s);
    const Measured costs = measure({u"--pure"_s});
    for (const auto &[what, microseconds] : costs.all())
        printRow(what, microseconds, u"µs"_s, what.startsWith("step"_L1) ? std::optional(20.0) : std::nullopt);
}

void reportJudgeMemory()
{
    printHeading(u"Memory of the judge: 9 clusters of servers that never say the same thing twice"_s);
    const Measured kibibytes = measure({u"--judge-memory"_s});
    QStringList tenths;
    for (const auto &[observations, used] : kibibytes.all()) {
        if (observations != "each"_L1)
            tenths.append(QString::number(used, 'f', 0));
    }
    printRow(u"after 1,000,000 observations over after 500,000"_s, kibibytes[u"1000000"] / kibibytes[u"500000"], {}, 1.02,
        u"KiB after each 100,000: %1"_s.arg(tenths.join(u' ')));
    printRow(u"one of these observations"_s, kibibytes[u"each"], u"µs"_s);
}

/// One way to a first paint, measured again and again.
struct FirstPaints {
    QStringList arguments;
    QString program;
    QList<double> paint, cpu, content, rows, cpuRows;

    void measureOnce()
    {
        const Measured child = measure(arguments, program);
        paint += child[u"first-paint"];
        cpu += child[u"cpu"];
        content += child[u"first-content"];
        rows += child[u"first-rows"];
        cpuRows += child[u"cpu-rows"];
    }
    [[nodiscard]] QString text() const
    {
        return u"%1 ms (CPU %2 ms)"_s.arg(spreadOf(paint).median, 0, 'f', 0).arg(spreadOf(cpu).median, 0, 'f', 0);
    }
};

void reportFirstPaint()
{
    printHeading(u"From the start of the process to the first paint, 100 clusters configured"_s);
    QStringList refusing;
    for (int i = 0; i < 1'000; ++i)
        refusing += u"http://127.0.%1.%2:1"_s.arg(1 + i / 100).arg(1 + i % 100);
    const QTemporaryDir folder;
    FirstPaints quorate{{u"--first-paint"_s, writeConfig(folder.path(), refusing, u"10s"_s)}, {}, {}, {}, {}, {}, {}};
    FirstPaints empty{{}, bareWindow, {}, {}, {}, {}, {}};
    FirstPaints word{{u"text"_s}, bareWindow, {}, {}, {}, {}, {}};
    QList<double> overEmpty, overWord, rowsOverWord;
    for (int i = 0; i < 21; ++i) {
        for (FirstPaints *one : {&empty, &quorate, &word})
            one->measureOnce();
        overEmpty += quorate.paint.last() / empty.paint.last();
        overWord += quorate.content.last() / word.paint.last();
        rowsOverWord += quorate.rows.last() / word.paint.last();
    }
    const Spread ratio = spreadOf(overEmpty);
    printRow(u"Quorate over an empty QMainWindow"_s, ratio.median, u""_s, 2,
        u"%1 : %2; ratios %3 to %4"_s.arg(quorate.text(), empty.text()).arg(ratio.lowest, 0, 'f', 2).arg(ratio.highest, 0, 'f', 2));
    printRow(u"the same by CPU time"_s, spreadOf(quorate.cpu).median / spreadOf(empty.cpu).median, {});
    // The first paint is the frame. What it is worth shows against a window that has to load a font and an icon too.
    printRow(u"its menus and tables over a QMainWindow with a menu and one word"_s, spreadOf(overWord).median, {}, {},
        u"%1 ms : %2"_s.arg(spreadOf(quorate.content).median, 0, 'f', 0).arg(word.text()));
    printRow(u"until the 100 rows are painted, over the same"_s, spreadOf(rowsOverWord).median, {}, {},
        u"%1 ms (CPU %2 ms)"_s.arg(spreadOf(quorate.rows).median, 0, 'f', 0).arg(spreadOf(quorate.cpuRows).median, 0, 'f', 0));
}

void reportStatus()
{
    printHeading(u"quorate status, one local endpoint, from spawn to exit"_s);
    const ReplyServers servers(1);
    const QString url = servers.urls().value(0);
    const QStringList status{u"status"_s, u"--system"_s, u"bufstream"_s, u"--url"_s, url};
    QList<double> bare, quorate;
    for (int i = 0; i < 21; ++i) {
        bare += runTime(bareGet, {url + u"/-/status"_s});
        quorate += runTime(quorateProgram, status);
    }
    printRow(u"quorate status"_s, spreadOf(quorate).median, u"ms"_s);
    printRow(u"a bare Qt Core and Network program, the same GET"_s, spreadOf(bare).median, u"ms"_s);
}

/// Not every stall is ours: a machine that is shared lets its threads wait.
QString stallNote(const Measured &stalls)
{
    const auto ms = [&](QStringView name) { return QString::number(stalls[name], 'f', 1); };
    const auto count = [&](QStringView name) { return QString::number(stalls[name], 'f', 0); };
    QString dearest;
    double most = 0;
    for (const auto &[name, cpu] : stalls.all()) {
        if (name.startsWith("event "_L1) && cpu > most)
            dearest = name + u": %1 ms"_s.arg(most = cpu, 0, 'f', 1);
    }
    return u"in each 0.1 s: median %1, p99 %2; over 16 ms in %3 tenths, in %4 of them an idle thread was in time (it waited up to %5 ms); "
           "own CPU at most %6 ms, load %7 %; dearest %8"_s.arg(
               ms(u"median"), ms(u"p99"), count(u"over"), count(u"own"), ms(u"idle"), ms(u"busiest"), count(u"load"), dearest);
}

void reportWindow()
{
    printHeading(u"The window at 1920×1080 while endpoints are polled every second"_s);
    const Measured overview = measure({u"--stalls"_s, u"overview"_s, u"1000"_s, u"30"_s});
    printRow(u"longest stall of the GUI in 30 s, 1,000 endpoints, overview"_s, overview[u"longest"], u"ms"_s, 16, stallNote(overview));
    const Measured cluster = measure({u"--stalls"_s, u"cluster"_s, u"1000"_s, u"30"_s});
    printRow(u"the same, a cluster page"_s, cluster[u"longest"], u"ms"_s, 16, stallNote(cluster));
    const Measured few = measure({u"--stalls"_s, u"overview"_s, u"10"_s, u"30"_s});
    printRow(u"resident memory after 35 s, 10 endpoints"_s, few[u"memory"], u"MiB"_s);
    printRow(u"resident memory after 35 s, 1,000 endpoints"_s, overview[u"memory"], u"MiB"_s);
    printRow(u"resident memory of an empty QMainWindow of that size"_s, measure({}, bareWindow)[u"memory"], u"MiB"_s);
}

int report(const QStringList &only)
{
    const auto wanted = [&](const QString &part) { return only.isEmpty() || only.contains(part); };
    printConditions();
    if (wanted(u"polls"_s))
        reportPolls();
    if (wanted(u"pure"_s))
        reportPure();
    if (wanted(u"memory"_s))
        reportJudgeMemory();
    if (wanted(u"paint"_s))
        reportFirstPaint();
    if (wanted(u"status"_s))
        reportStatus();
    if (wanted(u"window"_s))
        reportWindow();
    return 0;
}

} // namespace

/// Without arguments all parts; else those named: polls pure memory paint status window. Options are for the children, one measurement each.
int main(int argc, char **argv)
{
    raiseFileLimit();
    const QString mode = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (mode == "--first-paint"_L1 && argc > 2)
        return measureFirstPaint(argc, argv);
    if (mode == "--stalls"_L1 && argc > 4) {
        const ShownPage page = qstrcmp(argv[2], "cluster") == 0 ? ShownPage::Cluster : ShownPage::Overview;
        return measureStalls(argc, argv, page, qMax(1, atoi(argv[3])), qMax(1, atoi(argv[4])));
    }
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    if (mode == "--serve"_L1)
        return serveReplies(arguments.value(1).toInt());
    if (mode == "--polls"_L1)
        return measurePolls(arguments.value(1).toInt());
    if (mode == "--pure"_L1)
        return measurePure();
    if (mode == "--judge-memory"_L1)
        return measureJudgeMemory();
    return report(arguments);
}
