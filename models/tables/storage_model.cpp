// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/storage_model.h"

#include "models/tables/cells.h"
#include "models/tables/row_ids.h"
#include "models/wording/wording.h"

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

using Column = StorageModel::Column;
using Kind = StorageRow::Kind;

QString kindWord(Kind kind)
{
    switch (kind) {
    case Kind::Stream:
        return StorageModel::tr("stream");
    case Kind::Bucket:
        return StorageModel::tr("bucket");
    case Kind::ObjectStore:
        return StorageModel::tr("object store");
    case Kind::Consumer:
        return StorageModel::tr("consumer");
    }
    Q_UNREACHABLE();
}

/// Which numbers a kind has: the others stay blank, a missing one of these is "–".
bool applies(Kind kind, Column column)
{
    switch (column) {
    case Column::Messages:
    case Column::Consumers:
        return kind == Kind::Stream;
    case Column::Keys:
        return kind == Kind::Bucket;
    case Column::Pending:
    case Column::Unacknowledged:
    case Column::Redelivered:
        return kind == Kind::Consumer;
    case Column::Size:
        return kind != Kind::Consumer;
    default:
        return true;
    }
}

std::optional<qint64> numberOf(const StorageRow &row, Column column)
{
    switch (column) {
    case Column::Messages:
        return row.messages;
    case Column::Consumers:
        return row.consumers;
    case Column::Keys:
        return row.keys;
    case Column::Pending:
        return row.pending;
    case Column::Unacknowledged:
        return row.unacknowledged;
    case Column::Redelivered:
        return row.redelivered;
    case Column::Size:
        return row.bytes;
    default:
        return std::nullopt;
    }
}

} // namespace

QList<StorageRow> storageRows(const ClusterStatus &cluster)
{
    QList<StorageRow> rows;
    RowIds ids;
    const auto add = [&](Kind kind, const QString &name) -> StorageRow & {
        rows.append(StorageRow());
        rows.last().id = ids.unique(u"%1/%2"_s.arg(int(kind)).arg(name));
        rows.last().kind = kind;
        rows.last().name = name;
        return rows.last();
    };
    for (const StreamFact &stream : cluster.streams.value_or(QList<StreamFact>())) {
        StorageRow &row = add(Kind::Stream, stream.name);
        row.messages = stream.messages;
        row.consumers = stream.consumers;
        row.bytes = stream.bytes;
    }
    for (const BucketFact &bucket : cluster.buckets.value_or(QList<BucketFact>())) {
        StorageRow &row = add(Kind::Bucket, bucket.name);
        row.keys = bucket.keys;
        row.bytes = bucket.bytes;
    }
    for (const ObjectStoreFact &store : cluster.objectStores.value_or(QList<ObjectStoreFact>()))
        add(Kind::ObjectStore, store.name).bytes = store.bytes;
    if (cluster.consumers) {
        for (const ConsumerFact &consumer : cluster.consumers->list) {
            StorageRow &row = add(Kind::Consumer, consumer.name);
            row.pending = consumer.pending;
            row.unacknowledged = consumer.ackPending;
            row.redelivered = consumer.redelivered;
        }
    }
    return rows;
}

bool hasStorage(const ClusterStatus &cluster)
{
    return cluster.streams || cluster.buckets || cluster.objectStores || (cluster.consumers && !cluster.consumers->list.isEmpty());
}

bool StorageModel::isUsed(Column column) const
{
    for (int i = 0; i < rowCount(); ++i) {
        if (applies(row(i).kind, column))
            return true;
    }
    return false;
}

QString StorageModel::title(int column) const
{
    switch (Column(column)) {
    case Column::Kind:
        return tr("Kind");
    case Column::Name:
        return tr("Name");
    case Column::Messages:
        return tr("Messages");
    case Column::Consumers:
        return tr("Consumers");
    case Column::Keys:
        return tr("Keys");
    case Column::Pending:
        return tr("Pending");
    case Column::Unacknowledged:
        return tr("Not acknowledged");
    case Column::Redelivered:
        return tr("Redelivered");
    case Column::Size:
        return tr("Size");
    case Column::Count:
        break;
    }
    return {};
}

ColumnKind StorageModel::kind(int column) const { return Column(column) >= Column::Messages ? ColumnKind::Number : ColumnKind::Text; }

QString StorageModel::text(const StorageRow &row, int at) const
{
    const auto column = Column(at);
    if (column == Column::Kind)
        return kindWord(row.kind);
    if (column == Column::Name)
        return row.name;
    if (!applies(row.kind, column))
        return {};
    return column == Column::Size ? wording::bytes(row.bytes) : wording::count(numberOf(row, column));
}

QVariant StorageModel::sortValue(const StorageRow &row, int column) const
{
    switch (Column(column)) {
    case Column::Kind:
        return int(row.kind);
    case Column::Name:
        return row.name;
    default:
        return known(numberOf(row, Column(column)));
    }
}

QVariant StorageModel::cell(const StorageRow &row, int at, int role) const
{
    const auto column = Column(at);
    if (role == QuietRole)
        return column == Column::Kind || (column >= Column::Messages && !numberOf(row, column));
    return {};
}

} // namespace quorate
