// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/cluster_list_model.h"
#include "tests/gui/frame/made_up_fleet.h"
#include "views/delegates/table_view.h"
#include "views/main_window.h"

#include <QAction>
#include <QApplication>
#include <QListView>
#include <QSettings>
#include <QTest>

namespace quorate::test {

/// With its content, which otherwise comes after the first paint.
inline MainWindow &filledAtOnce(MainWindow &window)
{
    window.fill();
    return window;
}

/// A window over made-up clusters, with settings of its own.
struct Desk {
    QSettings settings;
    FleetModels models;
    MainWindow window;
    TableView *table;
    QListView *sidebar;

    explicit Desk(const QString &file, bool fed = true)
        : settings(file, QSettings::IniFormat)
        , window(&models, &settings)
        , table(filledAtOnce(window).findChild<TableView *>(QStringLiteral("overviewTable")))
        , sidebar(window.findChild<QListView *>(QStringLiteral("sidebar")))
    {
        window.show();
        window.activateWindow();
        if (fed)
            models.apply(test::madeUpUpdate(test::pictureTime()));
    }
    [[nodiscard]] QString sidebarRow() const { return sidebar->currentIndex().data().toString(); }
    [[nodiscard]] QAction *action(const QKeySequence &key) const
    {
        for (QAction *action : window.findChildren<QAction *>()) {
            if (action->shortcuts().contains(key))
                return action;
        }
        return nullptr;
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window, Qt::Key(key), modifiers);
    }
};

} // namespace quorate::test
