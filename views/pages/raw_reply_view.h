// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "views/pages/pretty_json.h"
#include "views/pages/raw_reply.h"

#include <QFutureWatcher>
#include <QWidget>

class QAction;
class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace quorate {

class ElidingLabel;
class JsonHighlighter;

/// The last reply of one request of one endpoint, as it came: chosen, read, searched and copied. Plain text, always; bodies of any size.
/// Long bodies are made readable in another thread, and a late result of another choice is dropped.
class RawReplyView final : public QWidget {
    Q_OBJECT
public:
    explicit RawReplyView(QWidget *parent = nullptr);
    ~RawReplyView() override;

    /// The choice is kept by endpoint and request; while the reply is the same nothing moves.
    void setReplies(const QList<RawReply> &replies, const Time &now);
    void choose(const EndpointUrl &endpoint); ///< its first request; nothing happens when it has none
    void startFinding(); ///< Ctrl+F
    void findNext(bool forward = true); ///< F3, Shift+F3; goes round
    [[nodiscard]] QPlainTextEdit *text() const { return m_text; }

Q_SIGNALS:
    void copied(const QString &what); ///< for the status bar

protected:
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fill(QHBoxLayout *bar);
    void connectParts();
    void showChosen();
    void showText(const ReadableBody &body);
    void describe(const QString &kind, qint64 leftOut);
    void markMatches();
    void copy(const QString &text, const QString &what);
    void sizeParts();
    [[nodiscard]] const RawReply *chosen() const;
    [[nodiscard]] static QString keyOf(const RawReply &reply) { return reply.endpoint.text() + u'\n' + reply.request; }

    QList<RawReply> m_replies;
    Time m_now;
    QString m_shownKey;
    QByteArray m_shownBody;
    QFutureWatcher<ReadableBody> m_reading; ///< cancelled by the next choice
    QComboBox *m_choice;
    ElidingLabel *m_summary, *m_error, *m_matches;
    QLineEdit *m_find;
    QPlainTextEdit *m_text;
    JsonHighlighter *m_highlighter;
    QAction *m_copyReply, *m_copyCurl, *m_copyVendor;
};

} // namespace quorate
