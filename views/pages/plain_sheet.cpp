// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/plain_sheet.h"

#include "models/wording/wording.h"
#include "views/delegates/reason_list.h"
#include "views/pages/pane.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {

PlainSheet::PlainSheet(QWidget *parent)
    : ClusterSheet(parent)
    , m_list(new ReasonList)
    , m_pane(new Pane(parent))
{
    setParts(m_pane, nullptr, nullptr);
    m_list->setObjectName(u"reasons"_s);
    m_list->setAccessibleName(tr("Reasons"));
    m_list->setModel(&m_reasons);
    m_pane->setView(m_list);
}

void PlainSheet::apply(const ClusterStatus &cluster, const Recent &, const Time &now, bool)
{
    m_reasons.show(cluster, now);
    const QString advice = cluster.reasons.isEmpty() ? QString() : wording::advice(cluster, cluster.reasons.first());
    m_pane->setTitle(whyTitle(cluster.name.text(), cluster.severity, cluster.paused), advice);
}

void PlainSheet::setNow(const Time &now) { m_reasons.setNow(now); }

int PlainSheet::upperHeight() const { return paneHeight(m_pane, std::clamp(m_reasons.rowCount(), 2, 6), 3.0, false); }

} // namespace quorate
