// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/severity.h"

#include <QWidget>

namespace quorate {

/// A severity's shape as a widget.
class ShapeLabel final : public QWidget {
    Q_OBJECT
public:
    explicit ShapeLabel(double heights, QWidget *parent = nullptr); ///< side in h

    void setSeverity(Severity severity, bool pending = false);
    void setPaused(bool paused); ///< a dash instead of the shape
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_heights;
    Severity m_severity = Severity::Unknown;
    bool m_pending = false, m_paused = false;
};

} // namespace quorate
