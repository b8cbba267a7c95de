// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/what_if.h"

#include <QWidget>

class QToolButton;

namespace quorate {

class ElidingLabel;

/// What would be left of a Raft group if some of its servers failed: one line with a mark for each voter, in a dashed frame and without a
/// severity's colour, so that nobody takes it for what is. Hidden until it is asked.
class WhatIfStrip final : public QWidget {
    Q_OBJECT
public:
    explicit WhatIfStrip(QWidget *parent = nullptr);

    void ask(bool asked);
    [[nodiscard]] bool isAsked() const { return m_asked; }
    /// `without`: addresses or ids of the servers that would fail; none: asks for them.
    void show(const RaftStatus &raft, const QStringList &without);
    [[nodiscard]] QString text() const; ///< all of it, as read aloud
    [[nodiscard]] int stripHeight() const; ///< px; 0 while it is not asked

Q_SIGNALS:
    void left(); ///< a person ended it

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void sizeParts();
    void colourParts();
    ElidingLabel *m_question, *m_verdict, *m_outcome;
    QWidget *m_marks; ///< one for each voter
    QToolButton *m_leave;
    bool m_asked = false;
};

} // namespace quorate
