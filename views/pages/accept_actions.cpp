// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/accept_actions.h"

#include <algorithm>

namespace quorate {

AcceptActions::AcceptActions(QObject *parent)
    : QObject(parent)
{
    const std::array tips{tr("From now on this many are expected: those that are missing are not missed"),
        tr("From now on only more than these are a warning"), tr("They are not missed; seen again, they are watched again")};
    for (size_t i = 0; i < m_actions.size(); ++i) {
        auto *action = new QAction(this);
        action->setToolTip(tips.at(i));
        action->setVisible(false);
        m_actions.at(i) = action;
        connect(action, &QAction::triggered, this, [this, kind = static_cast<Acceptance::Kind>(i)] {
            const auto found
                = std::find_if(m_offered.cbegin(), m_offered.cend(), [kind](const Acceptance &offered) { return offered.kind == kind; });
            if (found != m_offered.cend())
                Q_EMIT wanted(m_cluster, *found);
        });
    }
}

void AcceptActions::show(const ClusterStatus &cluster)
{
    m_cluster = cluster.name;
    offer(acceptances(cluster));
}

void AcceptActions::clear()
{
    m_cluster = {};
    offer({});
}

void AcceptActions::offer(const QList<Acceptance> &offered)
{
    if (offered == m_offered)
        return;
    m_offered = offered;
    for (size_t i = 0; i < m_actions.size(); ++i) {
        QAction *action = m_actions.at(i);
        const auto found = std::find_if(offered.cbegin(), offered.cend(),
            [kind = static_cast<Acceptance::Kind>(i)](const Acceptance &acceptance) { return acceptance.kind == kind; });
        const bool is = found != offered.cend();
        if (is) { // a tip is made of the text where none is set: the one that says more stays
            const QString tip = action->toolTip();
            action->setText(found->offer);
            action->setToolTip(tip);
        }
        action->setVisible(is);
        action->setEnabled(is);
    }
}

} // namespace quorate
