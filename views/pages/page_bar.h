// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/severity.h"

#include <QWidget>

#include <optional>

class QAction;
class QHBoxLayout;
class QLineEdit;
class QToolButton;

namespace quorate {

class Badge;
class ElidingLabel;
class ShapeLabel;

/// The bar over a page: severity shape, title, one sentence, two to four buttons, the filter.
class PageBar final : public QWidget {
    Q_OBJECT
public:
    explicit PageBar(QWidget *parent = nullptr);

    void setSeverity(std::optional<Severity> severity, bool pending = false); ///< absent: no shape
    void setPaused(bool paused); ///< a dash instead of the shape
    void setTitle(const QString &title);
    void setBadge(const QString &badge, const QString &tip = {}); ///< a few calm words in a frame behind the title; empty: none
    void setSentence(const QString &sentence, Severity ink = Severity::Ok); ///< in that severity's ink; Ok: quiet
    QToolButton *addButton(QAction *action); ///< auto-raise, symbol and text
    [[nodiscard]] QLineEdit *filter() const { return m_filter; }
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QString badge() const;

Q_SIGNALS:
    void filterChanged(const QString &text);
    void filterLeft(); ///< Return, Down or a second Esc: back to the view

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void sizeParts();
    void colourParts();
    void colourSentence();

    QHBoxLayout *m_layout;
    ShapeLabel *m_shape;
    ElidingLabel *m_title, *m_sentence;
    Badge *m_badge;
    QLineEdit *m_filter;
    QAction *m_filterSymbol;
    Severity m_ink = Severity::Ok;
};

} // namespace quorate
