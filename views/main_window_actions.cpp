// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: the menus. Every action has its key beside it.
#include "views/main_window_actions.h"

#include "views/dialogs/keys_dialog.h"
#include "views/pages/accept_actions.h"
#include "views/pages/cluster_page.h"
#include "views/pages/empty_page.h"
#include "views/pages/maintenance_menu.h"
#include "views/pages/overview_page.h"
#include "views/pages/sidebar.h"

#include <QActionGroup>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr auto ctrl = Qt::CTRL;
}

QAction *MainWindow::add(QMenu *menu, const QString &text, const QList<QKeySequence> &keys, std::function<void()> act)
{
    QAction *action = menu->addAction(text);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, std::move(act));
    return action;
}

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeClusterMenu();
    makeViewMenu();
    makeGoMenu();
    makeHelpMenu();
}

void MainWindow::makeFileMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    add(menu, tr("&Edit the configuration"), {QKeySequence(ctrl | Qt::Key_E)}, [this] { Q_EMIT configWanted(); });
    add(menu, tr("&Write an example file"), {}, [this] { Q_EMIT exampleWanted(); });
    add(menu, tr("Open the &demo"), {QKeySequence(ctrl | Qt::Key_D)}, [this] { Q_EMIT demoWanted(); });
    menu->addSeparator();
    add(menu, tr("&Quit"), {QKeySequence(ctrl | Qt::Key_Q)}, [this] { close(); });
}

void MainWindow::makeClusterMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Cluster"));
    // Return opens it in the table itself; a shortcut of the window would take the key from every other view.
    m_actions->open = add(menu, tr("&Open"), {QKeySequence(ctrl | Qt::Key_O)}, [this] { showCluster(cluster()); });
    m_actions->poll = add(menu, tr("&Poll now"), {QKeySequence(ctrl | Qt::Key_R)}, [this] { Q_EMIT pollWanted(cluster()); });
    m_actions->pollAll = add(menu, tr("Poll &all now"), {QKeySequence(ctrl | Qt::SHIFT | Qt::Key_R)}, [this] { Q_EMIT pollWanted({}); });
    m_actions->pause = add(menu, tr("Pa&use polling"), {QKeySequence(ctrl | Qt::Key_P)}, [this] {
        if (const auto status = m_models->shown(cluster()))
            Q_EMIT pauseWanted(cluster(), !status->paused);
    });
    menu->addSeparator();
    makeCareActions(menu);
    menu->addSeparator();
    m_actions->copy = add(menu, tr("&Copy rows"), {QKeySequence(QKeySequence::Copy)}, [this] { copy(false); });
    m_actions->copyMarkdown = add(menu, tr("Copy rows as &Markdown"), {QKeySequence(ctrl | Qt::SHIFT | Qt::Key_C)}, [this] { copy(true); });
    m_actions->raw = add(menu, tr("&Raw reply"), {QKeySequence(ctrl | Qt::Key_U)}, [this] { showRawReply(); });
    connect(menu, &QMenu::aboutToShow, this, &MainWindow::updateActions);
}

void MainWindow::makeViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    m_actions->filter = add(menu, tr("&Filter"), {QKeySequence(u"/"_s), QKeySequence(ctrl | Qt::Key_F)}, [this] {
        if (m_stack->currentWidget() == m_clusterPage)
            m_clusterPage->focusFilter();
        else
            m_overview->focusFilter();
    });
    m_actions->sort = add(menu, tr("&Sort now"), {QKeySequence(Qt::Key_F5)}, [this] {
        if (m_stack->currentWidget() == m_clusterPage)
            m_clusterPage->sortNow();
        else
            m_overview->sortNow();
    });
    menu->addSeparator();
    add(menu, tr("&Next view"), {QKeySequence(Qt::Key_F6)}, [this] { focusNextView(true); });
    add(menu, tr("&Previous view"), {QKeySequence(Qt::SHIFT | Qt::Key_F6)}, [this] { focusNextView(false); });
    m_actions->sidebar
        = add(menu, tr("Side&bar"), {QKeySequence(Qt::Key_F9)}, [this] { m_sidebar->setVisible(m_actions->sidebar->isChecked()); });
    m_actions->sidebar->setCheckable(true);
    QAction *full
        = add(menu, tr("F&ull screen"), {QKeySequence(Qt::Key_F11)}, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    full->setCheckable(true);
    menu->addSeparator();
    QMenu *themes = menu->addMenu(tr("&Colours"));
    auto *group = new QActionGroup(this);
    const std::array names{tr("As the &desktop"), tr("&Light"), tr("Dar&k")};
    for (size_t i = 0; i < names.size(); ++i) {
        QAction *action = add(themes, names.at(i), {}, [this, i] {
            m_theme = static_cast<ThemeChoice>(i);
            Q_EMIT themeChosen(m_theme);
        });
        action->setCheckable(true);
        group->addAction(action);
        m_actions->themes.at(i) = action;
    }
}

void MainWindow::makeGoMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Go"));
    add(menu, tr("&Overview"), {QKeySequence(ctrl | Qt::Key_1), QKeySequence(Qt::ALT | Qt::Key_Home)}, [this] { showOverview(); });
    m_actions->back = add(menu, tr("&Back"), {QKeySequence(Qt::ALT | Qt::Key_Left), QKeySequence(Qt::Key_Backspace)}, [this] { back(); });
    m_actions->next = add(menu, tr("&Next cluster"), {QKeySequence(ctrl | Qt::Key_PageDown)}, [this] { stepCluster(1); });
    m_actions->previous = add(menu, tr("&Previous cluster"), {QKeySequence(ctrl | Qt::Key_PageUp)}, [this] { stepCluster(-1); });
}

void MainWindow::makeHelpMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Help"));
    add(menu, tr("&Keys"), {QKeySequence(Qt::Key_F1), QKeySequence(u"?"_s)}, [this] { showKeys(); });
    add(menu, tr("&About Quorate"), {}, [this] { showAbout(); });
}

void MainWindow::updateActions()
{
    const auto status = m_models->shown(cluster());
    const bool empty = m_stack->currentWidget() == m_empty;
    for (QAction *action : {m_actions->open, m_actions->poll, m_actions->pause, m_actions->raw})
        action->setEnabled(status.has_value());
    for (QAction *action : {m_actions->pollAll, m_actions->copy, m_actions->copyMarkdown, m_actions->filter, m_actions->sort,
             m_actions->next, m_actions->previous})
        action->setEnabled(!empty);
    if (status) {
        m_accept->show(*status);
        m_maintenance->setSubject(status->name, {}, status->maintenanceUntil, m_models->now());
    } else {
        m_accept->clear();
        m_maintenance->setSubject({}, {}, std::nullopt, m_models->now());
    }
    m_actions->accept->setEnabled(m_accept->isAnything());
    m_actions->whatIf->setEnabled(m_stack->currentWidget() == m_clusterPage && m_clusterPage->canAskWhatIf());
    m_actions->pause->setText(status && status->paused ? tr("Res&ume polling") : tr("Pa&use polling"));
}

void MainWindow::showKeys()
{
    if (auto *open = findChild<KeysDialog *>()) {
        open->raise();
        open->activateWindow();
        return;
    }
    QList<KeysDialog::Section> sections;
    for (const QAction *top : menuBar()->actions()) {
        if (top->menu())
            sections << KeysDialog::sectionOf(top->text().remove(u'&'), top->menu()->actions());
    }
    sections << KeysDialog::Section{tr("In a table"),
        {{tr("Open the row"), tr("Return")}, {tr("Clear or leave the filter"), tr("Esc")},
            {tr("Select several rows"), tr("Shift or Ctrl and arrows")}, {tr("Sort"), tr("click on a title")}}};
    auto *dialog = new KeysDialog(sections, this);
    dialog->show();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Quorate"),
        tr("Quorate %1\n\nStatus of clusters: what is wrong, and why.\nGNU General Public License, version 3 or later.")
            .arg(QLatin1StringView(QUORATE_VERSION)),
        QMessageBox::Close, this);
    box->setTextFormat(Qt::PlainText);
    box->setModal(false);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->show();
}

} // namespace quorate
