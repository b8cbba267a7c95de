// SPDX-License-Identifier: GPL-3.0-or-later
// What an empty window costs: the measure for the first paint and the memory of Quorate's. With an argument: one with a menu and a word.
#include "tests/bench/child.h"
#include "tests/bench/first_paint.h"
#include "tests/bench/usage.h"

#include <QLabel>
#include <QMainWindow>
#include <QMenuBar>

#include <cstdlib>

using namespace quorate::bench;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    WatchedApplication application(argc, argv);
    QMainWindow window;
    window.resize(1920, 1080);
    if (argc > 1) {
        window.menuBar()->addMenu(u"&File"_s);
        window.setCentralWidget(new QLabel(u"Quorate"_s));
    }
    application.handled = [](const WatchedApplication::Handled &event) {
        if (!event.painted)
            return;
        tell(u"first-paint"_s, millisecondsSinceSpawn());
        tell(u"cpu"_s, cpuSeconds() * 1e3);
        tell(u"memory"_s, residentMebibytes());
        std::_Exit(0);
    };
    window.show();
    return QApplication::exec();
}
