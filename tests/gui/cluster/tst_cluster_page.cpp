// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
class TestClusterPage final : public QObject {
    Q_OBJECT
};
QTEST_MAIN(TestClusterPage)
#include "tst_cluster_page.moc"
