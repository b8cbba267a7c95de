// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDialog>

class QAction;

namespace quorate {

/// What every key does, by menu. Not modal: it can stay open beside the window.
class KeysDialog final : public QDialog {
    Q_OBJECT
public:
    struct Section {
        QString title;
        QList<QPair<QString, QString>> keys; ///< what it does, keys as shown to people
    };
    KeysDialog(const QList<Section> &sections, QWidget *parent);

    /// Text and keys of the actions that have some.
    [[nodiscard]] static Section sectionOf(const QString &title, const QList<QAction *> &actions);
};

} // namespace quorate
