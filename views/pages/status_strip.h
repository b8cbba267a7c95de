// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/fleet_models.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QPainter;
class QToolButton;

namespace quorate {

/// The last line of the window: clusters by severity | endpoints, requests, last reply | the pulse: the last 60 s, one tick for each reply
/// that was parsed. No data, no ticks: the flat line is the alarm.
class StatusStrip final : public QWidget {
    Q_OBJECT
public:
    explicit StatusStrip(FleetModels *models, QWidget *parent = nullptr);

    void showMessage(const QString &text); ///< for 4 s in place of the traffic
    /// For 20 s, with the action as a button beside it; gone sooner when the action is disabled.
    void showMessage(const QString &text, QAction *undo);
    [[nodiscard]] QString traffic() const; ///< "9 endpoints · 54 requests/min · last reply 1 s ago"
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void place();
    void endMessage();
    void paintCounts(QPainter &painter) const;
    void paintPulse(QPainter &painter, const QRectF &rect) const;
    void refresh();

    FleetModels *m_models;
    QString m_message;
    QToolButton *m_undo;
    QTimer m_messageTimer;
};

} // namespace quorate
