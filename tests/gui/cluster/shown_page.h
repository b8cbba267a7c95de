// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "tests/support/made_up_clusters.h"
#include "views/pages/cluster_page.h"

#include <memory>

namespace quorate::test {

/// The page of a cluster, shown.
inline std::unique_ptr<ClusterPage> pageOf(const ClusterStatus &cluster)
{
    auto page = std::make_unique<ClusterPage>();
    page->resize(1195, 720);
    page->setNow(made_up::now());
    page->showCluster(cluster.name);
    page->apply(cluster);
    page->show();
    return page;
}

/// The one of that name that is seen.
template <class Widget>
Widget *visible(const QWidget &page, const QString &name)
{
    for (Widget *widget : page.findChildren<Widget *>(name)) {
        if (widget->isVisible())
            return widget;
    }
    return nullptr;
}

} // namespace quorate::test
