// SPDX-License-Identifier: GPL-3.0-or-later
// What an empty window costs: the measure for the first paint and the memory of Quorate's.
#include "tests/bench/child.h"
#include "tests/bench/first_paint.h"
#include "tests/bench/usage.h"

#include <QMainWindow>

#include <cstdlib>

using namespace quorate::bench;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    PaintedApplication application(argc, argv);
    QMainWindow window;
    window.resize(1920, 1080);
    application.painted = [] {
        tell(u"first-paint"_s, millisecondsSinceSpawn());
        tell(u"memory"_s, residentMebibytes());
        std::_Exit(0);
    };
    window.show();
    return QApplication::exec();
}
