// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "views/main_window.h"

#include <QAction>

#include <array>

namespace quorate {

/// The actions whose state depends on what is shown.
struct MainWindow::Actions {
    QAction *open = nullptr, *poll = nullptr, *pollAll = nullptr, *pause = nullptr, *copy = nullptr, *copyMarkdown = nullptr,
            *raw = nullptr, *whatIf = nullptr, *accept = nullptr, *undo = nullptr;
    QAction *sort = nullptr, *filter = nullptr, *sidebar = nullptr, *back = nullptr, *next = nullptr, *previous = nullptr;
    std::array<QAction *, 3> themes{}; ///< in the order of ThemeChoice

    void restored(ThemeChoice theme, bool withSidebar) const
    {
        themes.at(static_cast<size_t>(theme))->setChecked(true);
        sidebar->setChecked(withSidebar);
    }
};

} // namespace quorate
