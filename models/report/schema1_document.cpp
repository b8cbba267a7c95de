// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/report.h"

#include <QFile>

namespace quorate {

QByteArray schema1Document()
{
    QFile file(QStringLiteral(":/quorate/schema1.schema.json"));
    const bool open = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(open, "schema1Document", "the schema is part of the binary");
    return open ? file.readAll() : QByteArray();
}

} // namespace quorate
