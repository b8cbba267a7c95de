// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/observation.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace quorate {

/// Takes secrets out of what servers sent: a server may repeat the token that it was asked with.
class Redaction {
public:
    void add(const QByteArray &secret);
    [[nodiscard]] QByteArray bytes(QByteArray text) const;
    [[nodiscard]] QString text(QString text) const;
    /// Without the headers that carry credentials or sessions.
    [[nodiscard]] Headers headers(const Headers &headers) const;

private:
    QList<QByteArray> m_secrets; ///< the longest first: one may hold another
};

} // namespace quorate
