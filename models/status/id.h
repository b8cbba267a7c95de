// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <compare>

namespace quorate {

/// A name that cannot be mixed up with a name of another kind.
template <class Tag>
class Id {
public:
    Id() = default;
    explicit Id(QString text)
        : m_text(std::move(text))
    {
    }
    [[nodiscard]] const QString &text() const noexcept { return m_text; }
    [[nodiscard]] bool isEmpty() const noexcept { return m_text.isEmpty(); }
    friend bool operator==(const Id &, const Id &) = default;
    friend std::strong_ordering operator<=>(const Id &a, const Id &b) noexcept { return a.m_text.compare(b.m_text) <=> 0; }
    friend size_t qHash(const Id &id, size_t seed = 0) noexcept { return ::qHash(id.m_text, seed); }

private:
    QString m_text;
};

using ClusterName = Id<struct ClusterNameTag>; ///< as configured, unique in the fleet
using EndpointUrl = Id<struct EndpointUrlTag>; ///< base URL as configured (after expansion), without a trailing slash, unique in its cluster

} // namespace quorate

Q_DECLARE_METATYPE(quorate::ClusterName)
Q_DECLARE_METATYPE(quorate::EndpointUrl)
