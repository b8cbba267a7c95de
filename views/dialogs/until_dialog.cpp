// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/dialogs/until_dialog.h"

#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

namespace quorate {
using namespace Qt::StringLiterals;

UntilDialog::UntilDialog(const QString &what, const QDateTime &first, QWidget *parent)
    : QDialog(parent)
    , m_until(new QDateTimeEdit(first, this))
{
    setObjectName(u"until"_s);
    setWindowTitle(tr("Maintenance"));
    setModal(false);
    setAttribute(Qt::WA_DeleteOnClose);
    m_until->setCalendarPopup(true);
    m_until->setDisplayFormat(u"ddd yyyy-MM-dd  HH:mm"_s);
    m_until->setMinimumDateTime(QDateTime::currentDateTime().addSecs(60));
    m_until->setCurrentSection(QDateTimeEdit::HourSection);
    auto *subject = new QLabel(what, this);
    subject->setTextFormat(Qt::PlainText);
    subject->setFont(demiBold(font()));
    auto *explained = new QLabel(tr("Judged and recorded meanwhile, told to nobody."), this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *begin = buttons->addButton(tr("&Begin"), QDialogButtonBox::AcceptRole);
    begin->setDefault(true);
    auto *form = new QFormLayout(this);
    const Metrics metrics(font());
    form->setHorizontalSpacing(metrics.section());
    form->setVerticalSpacing(metrics.gap());
    form->addRow(tr("In maintenance"), subject);
    form->addRow(tr("&until"), m_until);
    form->addRow(explained);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(m_until->dateTime());
        close();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QWidget::close);
}

} // namespace quorate
