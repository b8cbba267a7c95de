// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/reason_code.h"

#include <QHash>
#include <QList>

namespace quorate {

namespace {
/// "RaftPeerDown" → "raft-peer-down": the enumerators are the vocabulary, so the two can't differ.
QString kebab(const char *camel)
{
    QString text;
    for (const char *c = camel; *c != '\0'; ++c) {
        const QChar letter = QLatin1Char(*c);
        if (letter.isUpper() && !text.isEmpty())
            text += u'-';
        text += letter.toLower();
    }
    return text;
}

const QList<QString> &names()
{
    static const QList<QString> all{
#define QUORATE_NAME(name) kebab(#name),
        QUORATE_REASON_CODES(QUORATE_NAME)
#undef QUORATE_NAME
    };
    return all;
}
} // namespace

QString name(ReasonCode code) { return names().at(static_cast<qsizetype>(code)); }

std::optional<ReasonCode> reasonCodeFromName(QStringView text)
{
    const auto &all = names();
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (all.at(i) == text)
            return static_cast<ReasonCode>(i);
    }
    return std::nullopt;
}

const QList<ReasonCode> &allReasonCodes()
{
    static const QList<ReasonCode> all{
#define QUORATE_CODE(name) ReasonCode::name,
        QUORATE_REASON_CODES(QUORATE_CODE)
#undef QUORATE_CODE
    };
    return all;
}

} // namespace quorate
