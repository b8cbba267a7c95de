// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/observation.h"

namespace quorate {

QByteArray headerValue(const Headers &headers, QByteArrayView name)
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

} // namespace quorate
