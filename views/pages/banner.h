// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

#include <QWidget>

class QLabel;

namespace quorate {

/// What a person should know of Quorate itself, in a band over everything; hidden while there is nothing. Never in a severity's colour.
class Banner final : public QWidget {
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);

    void showNotices(const QList<Notice> &notices);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_first, *m_text;
    bool m_offline = false;
};

} // namespace quorate
