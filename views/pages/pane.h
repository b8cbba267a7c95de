// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/severity.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QVBoxLayout;

namespace quorate {

class ElidingLabel;

/// A part of a page: a title strip (name, quiet note, own actions at the right) over a frameless view. Panes touch; while the keyboard is
/// in one, 2 px of Highlight run along its top. The 2 px are always there.
class Pane final : public QWidget {
    Q_OBJECT
public:
    explicit Pane(QWidget *parent = nullptr);

    void setView(QWidget *view); ///< becomes a child; the pane's focus proxy
    void setBand(QWidget *band); ///< between the title strip and the view; becomes a child
    void setTitle(const QString &title, const QString &note = {}); ///< without a title there is no strip
    void setNoteInk(Severity severity); ///< the note in that severity's ink; Ok: quiet
    void addAction(QAction *action); ///< an auto-raise button at the right of the strip
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString note() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void sizeStrip();
    [[nodiscard]] int focusHeight() const { return 2; }

    QVBoxLayout *m_layout;
    QWidget *m_strip;
    QHBoxLayout *m_stripLayout;
    ElidingLabel *m_title, *m_note;
    Severity m_noteInk = Severity::Ok;
    bool m_focused = false;
};

} // namespace quorate
