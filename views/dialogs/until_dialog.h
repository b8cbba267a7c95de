// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDateTime>
#include <QDialog>

class QDateTimeEdit;

namespace quorate {

/// Asks until when something is in maintenance. Not modal: what goes on stays to be seen, and this closes without a word.
class UntilDialog final : public QDialog {
    Q_OBJECT
public:
    /// `what`: the cluster or endpoint; `first`: what is offered, local time.
    UntilDialog(const QString &what, const QDateTime &first, QWidget *parent);

Q_SIGNALS:
    void chosen(const QDateTime &until);

private:
    QDateTimeEdit *m_until;
};

} // namespace quorate
