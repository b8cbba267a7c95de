// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/merge_table.h"

namespace quorate {

/// A stream, bucket, object store or consumer: named storage with numbers, each absent where the kind has none.
struct StorageRow {
    enum class Kind { Stream, Bucket, ObjectStore, Consumer };
    QString id;
    Kind kind = Kind::Stream;
    QString name;
    std::optional<qint64> messages, consumers, keys, pending, unacknowledged, redelivered, bytes;
    friend bool operator==(const StorageRow &, const StorageRow &) = default;
};

/// Streams, buckets, object stores, then consumers, each in the order of the status.
[[nodiscard]] QList<StorageRow> storageRows(const ClusterStatus &cluster);
/// Whether anything of the kind was reported, if only an empty list.
[[nodiscard]] bool hasStorage(const ClusterStatus &cluster);

class StorageModel final : public MergeTable<StorageRow> {
    Q_OBJECT
public:
    enum class Column { Kind, Name, Messages, Consumers, Keys, Pending, Unacknowledged, Redelivered, Size, Count };
    Q_ENUM(Column)
    using MergeTable::MergeTable;

    /// False: no row has anything to say there, the view hides the column.
    [[nodiscard]] bool isUsed(Column column) const;

protected:
    [[nodiscard]] int columns() const override { return int(Column::Count); }
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] ColumnKind kind(int column) const override;
    [[nodiscard]] QString text(const StorageRow &row, int column) const override;
    [[nodiscard]] QVariant sortValue(const StorageRow &row, int column) const override;
    [[nodiscard]] QVariant cell(const StorageRow &row, int column, int role) const override;
};

} // namespace quorate
