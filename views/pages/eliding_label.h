// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

namespace quorate {

/// One line of plain text that never widens its page: elided at the right, the whole text as tool tip.
class ElidingLabel final : public QWidget {
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)
public:
    explicit ElidingLabel(QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] const QString &text() const { return m_text; }
    void setInk(const QColor &ink); ///< invalid: secondary text over Window
    void setNeverElides(bool never); ///< names: the label is as wide as its text

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString m_text;
    QColor m_ink;
};

} // namespace quorate
