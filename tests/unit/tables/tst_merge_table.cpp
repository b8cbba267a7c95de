// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/merge_table.h"
#include "models/tables/sort_filter_proxy.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <array>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
struct Item {
    QString id;
    std::optional<int> value;
    Severity severity = Severity::Ok;
    friend bool operator==(const Item &, const Item &) = default;
};

/// Columns: id, value (lights up), age (a drawing; ticks, never lights up).
class ItemTable final : public MergeTable<Item> {
protected:
    [[nodiscard]] int columns() const override { return 3; }
    [[nodiscard]] QString title(int column) const override { return QStringList{u"Id"_s, u"Value"_s, u"Age"_s}.at(column); }
    [[nodiscard]] ColumnKind kind(int column) const override
    {
        return std::array{ColumnKind::Text, ColumnKind::Number, ColumnKind::Drawing}.at(size_t(column));
    }
    [[nodiscard]] QString text(const Item &row, int column) const override
    {
        if (column == 0)
            return row.id;
        if (column == 1)
            return row.value ? QString::number(*row.value) : QString();
        return QString::number(now().boot.count() / 1000);
    }
    [[nodiscard]] QVariant sortValue(const Item &row, int column) const override
    {
        if (column == 1)
            return row.value ? QVariant(*row.value) : QVariant();
        return column == 0 ? QVariant(row.id) : QVariant(int(row.severity));
    }
    [[nodiscard]] QVariant cell(const Item &, int, int) const override { return {}; }
    [[nodiscard]] bool lightsUp(int column) const override { return column == 1; }
    [[nodiscard]] std::pair<int, int> ageColumns() const override { return {2, 2}; }
};

Time at(qint64 ms) { return {Instant(Milliseconds(ms)), Milliseconds(ms), Milliseconds(ms)}; }

QStringList idsOf(const QAbstractItemModel &model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids << model.index(row, 0).data(IdRole).toString();
    return ids;
}

QList<Item> randomItems(QRandomGenerator &random)
{
    QStringList names;
    for (int i = 0; i < 12; ++i) {
        if (random.bounded(3) > 0)
            names << u"item-%1"_s.arg(i);
    }
    std::shuffle(names.begin(), names.end(), random);
    QList<Item> items;
    for (const QString &name : std::as_const(names))
        items.append({name, random.bounded(4)});
    return items;
}
} // namespace

class MergeTableTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void anUnchangedRowEmitsNothing()
    {
        ItemTable table;
        table.merge({{u"a"_s, 1}, {u"b"_s, 2}}, at(1000));
        QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
        table.merge({{u"a"_s, 1}, {u"b"_s, 2}}, at(2000));
        QCOMPARE(changed.count(), 0);
    }

    void aChangedValueLightsUpItsCellOnly()
    {
        ItemTable table;
        table.merge({{u"a"_s, 1}, {u"b"_s, 2}}, at(1000));
        QVERIFY(!table.index(1, 1).data(ChangedRole).isValid());
        QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
        table.merge({{u"a"_s, 1}, {u"b"_s, 3}}, at(2000));
        QCOMPARE(table.index(1, 1).data(ChangedRole).toLongLong(), 2000);
        QVERIFY(!table.index(1, 0).data(ChangedRole).isValid());
        QVERIFY(!table.index(0, 1).data(ChangedRole).isValid());
        QCOMPARE(changed.count(), 2); // the row, then the lit cell apart
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
        QCOMPARE(changed.at(1).at(2).value<QList<int>>(), QList<int>{ChangedRole});
    }

    void agesTickOnceASecondInTheirColumn()
    {
        ItemTable table;
        table.merge({{u"a"_s, 1}}, at(1000));
        table.setNow(at(1000));
        QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
        table.setNow(at(1500));
        QCOMPARE(changed.count(), 0);
        table.setNow(at(2001));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex().column(), 2);
        QCOMPARE(table.index(0, 2).data().toString(), u"2"_s);
    }

    void aDrawingBeginsUnderItsTitleAndItsNumberEndsAtTheRight()
    {
        ItemTable table;
        table.merge({{u"a"_s, 1}}, at(1000));
        const auto title = [&](int column, int role = Qt::DisplayRole) { return table.headerData(column, Qt::Horizontal, role); };
        QCOMPARE(title(2).toString(), u"Age"_s);
        QVERIFY(!title(3).isValid() && !title(-1).isValid());
        QVERIFY(!table.headerData(0, Qt::Vertical).isValid());
        constexpr int left = int(Qt::AlignLeft | Qt::AlignVCenter), right = int(Qt::AlignRight | Qt::AlignVCenter);
        const std::array titles{left, right, left}, cells{left, right, right};
        for (int column = 0; column < 3; ++column) {
            QCOMPARE(title(column, Qt::TextAlignmentRole).toInt(), titles.at(size_t(column)));
            QCOMPARE(table.index(0, column).data(Qt::TextAlignmentRole).toInt(), cells.at(size_t(column)));
        }
    }

    void mergeSomeChangesAndAppends()
    {
        ItemTable table;
        table.merge({{u"a"_s, 1}, {u"b"_s, 2}}, at(1000));
        table.mergeSome({{u"b"_s, 5}, {u"c"_s, 6}}, at(2000));
        QCOMPARE(idsOf(table), QStringList({u"a"_s, u"b"_s, u"c"_s}));
        QCOMPARE(table.index(1, 1).data().toString(), u"5"_s);
        QCOMPARE(table.rowOf(u"c"_s), 2);
    }

    /// Any sequence of merges: the table is what was last given, no reset, indexes follow their rows, the tester is content.
    void anySequenceKeepsItsPromises()
    {
        for (quint32 seed = 1; seed <= 40; ++seed) {
            QRandomGenerator random(seed);
            ItemTable table;
            const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
            QSignalSpy resets(&table, &QAbstractItemModel::modelReset);
            QHash<QString, QPersistentModelIndex> held;
            for (int step = 0; step < 12; ++step) {
                const QList<Item> items = randomItems(random);
                table.merge(items, at(step * 1000));
                QStringList expected;
                for (const Item &item : items)
                    expected << item.id;
                QCOMPARE(idsOf(table), expected);
                for (auto it = held.begin(); it != held.end(); ++it) {
                    if (it->isValid())
                        QCOMPARE(it->data(IdRole).toString(), it.key());
                }
                for (int row = 0; row < table.rowCount(); ++row) {
                    QCOMPARE(table.rowOf(expected.at(row)), row);
                    held.insert(expected.at(row), table.index(row, 0));
                }
            }
            QCOMPARE(resets.count(), 0);
        }
    }

    void theProxyFollowsAnySequence()
    {
        QRandomGenerator random(5);
        ItemTable table;
        SortFilterProxy proxy;
        proxy.setSourceModel(&table);
        const QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&proxy, &QAbstractItemModel::modelReset);
        proxy.sort(1, Qt::DescendingOrder);
        for (int step = 0; step < 60; ++step) {
            table.merge(randomItems(random), at(step * 1000));
            QCOMPARE(proxy.rowCount(), table.rowCount());
            proxy.resort();
            QVERIFY(proxy.isInOrder());
        }
        QCOMPARE(resets.count(), 0);
    }

    void nothingMovesUntilAsked()
    {
        ItemTable table;
        SortFilterProxy proxy;
        proxy.setSourceModel(&table);
        table.merge({{u"a"_s, 1}, {u"b"_s, 2}, {u"c"_s, 3}}, at(1000));
        proxy.sort(1, Qt::AscendingOrder);
        table.merge({{u"a"_s, 9}, {u"b"_s, 2}, {u"c"_s, 3}}, at(2000));
        QCOMPARE(idsOf(proxy), QStringList({u"a"_s, u"b"_s, u"c"_s}));
        QVERIFY(!proxy.isInOrder());
        proxy.resort();
        QCOMPARE(idsOf(proxy), QStringList({u"b"_s, u"c"_s, u"a"_s}));
    }

    void order_data()
    {
        QTest::addColumn<Qt::SortOrder>("order");
        QTest::addColumn<QStringList>("expected");
        // Equal values by name in both directions; what is not known comes last in both.
        QTest::newRow("ascending") << Qt::AscendingOrder << QStringList{u"n10"_s, u"n2"_s, u"n9"_s, u"n1"_s};
        QTest::newRow("descending") << Qt::DescendingOrder << QStringList{u"n2"_s, u"n9"_s, u"n10"_s, u"n1"_s};
    }
    void order()
    {
        QFETCH(const Qt::SortOrder, order);
        QFETCH(const QStringList, expected);
        ItemTable table;
        SortFilterProxy proxy;
        proxy.setSourceModel(&table);
        table.merge({{u"n9"_s, 7}, {u"n1"_s, std::nullopt}, {u"n10"_s, 3}, {u"n2"_s, 7}}, at(0));
        proxy.sort(1, order);
        QCOMPARE(idsOf(proxy), expected);
    }

    void theFilterWantsEveryWordSomewhere()
    {
        ItemTable table;
        SortFilterProxy proxy;
        proxy.setSourceModel(&table);
        table.merge({{u"consul-eu"_s, 41}, {u"consul-us"_s, 7}, {u"osapi"_s, 41}}, at(0));
        proxy.setFilterText(u"CONSUL 41"_s);
        QCOMPARE(idsOf(proxy), QStringList{u"consul-eu"_s});
        table.merge({{u"consul-eu"_s, 2}, {u"consul-us"_s, 41}, {u"osapi"_s, 41}}, at(0));
        QTRY_COMPARE(idsOf(proxy), QStringList{u"consul-us"_s}); // follows the data by itself
        proxy.setFilterText({});
        QCOMPARE(proxy.rowCount(), 3);
    }
};

QTEST_GUILESS_MAIN(MergeTableTest)
#include "tst_merge_table.moc"
