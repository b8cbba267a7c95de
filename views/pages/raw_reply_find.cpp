// SPDX-License-Identifier: GPL-3.0-or-later
// RawReplyView: finding, copying, keys.
#include "models/wording/wording.h"
#include "views/pages/eliding_label.h"
#include "views/pages/raw_reply_view.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace quorate {
namespace {

constexpr int mostMarked = 500; ///< matches

} // namespace

void RawReplyView::startFinding()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

void RawReplyView::findNext(bool forward)
{
    if (m_find->text().isEmpty()) {
        startFinding();
        return;
    }
    const QTextDocument::FindFlags flags = forward ? QTextDocument::FindFlags() : QTextDocument::FindBackward;
    if (!m_text->find(m_find->text(), flags)) { // once round
        QTextCursor cursor = m_text->textCursor();
        cursor.movePosition(forward ? QTextCursor::Start : QTextCursor::End);
        m_text->setTextCursor(cursor);
        m_text->find(m_find->text(), flags);
    }
}

void RawReplyView::markMatches()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QString wanted = m_find->text();
    QColor ground = palette().color(QPalette::Highlight);
    ground.setAlphaF(0.3F);
    QTextCursor at(m_text->document());
    while (!wanted.isEmpty() && marks.size() < mostMarked) {
        at = m_text->document()->find(wanted, at);
        if (at.isNull())
            break;
        QTextEdit::ExtraSelection mark;
        mark.cursor = at;
        mark.format.setBackground(ground);
        marks.append(mark);
    }
    m_text->setExtraSelections(marks);
    QString count = wording::count(qint64(marks.size()));
    if (marks.size() == mostMarked)
        count += u'+';
    m_matches->setText(wanted.isEmpty() ? QString() : marks.isEmpty() ? tr("not found") : tr("%1 found").arg(count));
}

void RawReplyView::copy(const QString &text, const QString &what)
{
    QApplication::clipboard()->setText(text);
    Q_EMIT copied(what);
}

bool RawReplyView::event(QEvent *event)
{
    // While the keyboard is in here, Ctrl+F and F3 are ours and not the window's.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        for (const auto sequence : {QKeySequence::Find, QKeySequence::FindNext, QKeySequence::FindPrevious}) {
            if (key->matches(sequence))
                event->accept();
        }
    }
    return QWidget::event(event);
}

void RawReplyView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find))
        startFinding();
    else if (event->matches(QKeySequence::FindNext))
        findNext(true);
    else if (event->matches(QKeySequence::FindPrevious))
        findNext(false);
    else if (event->key() == Qt::Key_Escape && !m_find->text().isEmpty()) {
        m_find->clear();
        m_text->setFocus();
    } else
        QWidget::keyPressEvent(event);
}

} // namespace quorate
