// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run.h"
#include "app/cli/stop_signals.h"
#include "app/desktop.h"
#include "app/pictures.h"
#include "views/main_window.h"

#include <QApplication>
#include <QLocale>

#include <cstdio>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {

bool displayThere()
{
    // Set, and not to nothing: cron and systemd units clear variables that way.
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

void introduce()
{
    QCoreApplication::setApplicationName(u"quorate"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(QUORATE_VERSION));
}

int runWindow(int &argc, char **argv, const Arguments &arguments)
{
    const bool pictures = !arguments.pictureFolder.isEmpty();
    if (!displayThere()) {
        if (!pictures) {
            // QApplication would abort with a core file.
            std::fprintf(stderr, "quorate: no display; try \"quorate status\"\n");
            return exitUsage;
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication application(argc, argv);
    introduce();
    if (pictures && QGuiApplication::platformName() == u"offscreen") {
        // No desktop says how large text is; this is what desktops usually say.
        QFont font = QApplication::font();
        font.setPointSize(10);
        QApplication::setFont(font);
    }
    QGuiApplication::setApplicationDisplayName(u"Quorate"_s);
    QGuiApplication::setDesktopFileName(u"org.quorate.Quorate"_s);
    StopSignals signal;
    QObject::connect(&signal, &StopSignals::stopped, &application, &QCoreApplication::quit);
    Desktop desktop(arguments);
    if (!desktop.start()) {
        std::fprintf(stderr, "quorate: %s\n", qPrintable(desktop.errorText()));
        return exitUsage;
    }
    int code = 0;
    if (pictures) {
        code = takePictures(desktop, arguments);
    } else {
        desktop.window()->show();
        code = QApplication::exec();
    }
    desktop.stop();
    leave(code); // ~QCoreApplication waits for lookups that hang
}

} // namespace

int main(int argc, char **argv)
{
    const auto arguments = parseArguments(argumentWords(argc, argv));
    if (!arguments)
        return refuse(arguments.error());
    setLogLevel(arguments.value().logLevel);
    if (needsGui(arguments.value()))
        return runWindow(argc, argv, arguments.value());
    // The commands speak English to people and scripts: numbers too, whatever the locale is.
    QLocale::setDefault(QLocale::c());
    QCoreApplication application(argc, argv);
    introduce();
    leave(runCommand(arguments.value()));
}
