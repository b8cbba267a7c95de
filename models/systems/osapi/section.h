// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace quorate::osapi {

/// An object of the document, read by its known keys. What is absent or null is absent; what is there and can't be read, or is written in
/// another case, is a problem: the first one of the document is kept, "jobs.dlq: a count expected, -5 came". Never taken for absent, for
/// that would hide it.
class Section {
public:
    /// `problem` outlives the section; `path` is empty for the document itself.
    Section(QJsonObject object, QString path, QString &problem);

    [[nodiscard]] const QJsonObject &keys() const { return m_object; }
    [[nodiscard]] QString text(QLatin1String key) const; ///< bounded; empty when absent
    [[nodiscard]] QString word(QLatin1String key) const; ///< a text that says something; empty when absent
    [[nodiscard]] std::optional<qint64> count(QLatin1String key) const; ///< 0 … 2^63−1; decimal strings too
    [[nodiscard]] std::optional<double> share(QLatin1String key) const; ///< a number from 0
    [[nodiscard]] std::optional<Section> section(QLatin1String key) const;
    /// The same for a key that is a name: others may differ from it by their case alone.
    [[nodiscard]] std::optional<Section> named(const QString &name) const;
    /// The rows of a list: objects; a null is no row. Absent when there is no list.
    [[nodiscard]] std::optional<QList<Section>> rows(QLatin1String key) const;
    [[nodiscard]] QStringList texts(QLatin1String key) const; ///< of a list of texts; bounded, without empty ones
    /// What is wrong with a key although it could be read.
    void fail(QLatin1String key, const QString &expected, const QString &came) const { fail(pathOf(key), expected, came); }

private:
    [[nodiscard]] QJsonValue value(QLatin1String key) const;
    [[nodiscard]] std::optional<QJsonArray> list(QLatin1String key) const;
    void fail(const QString &where, const QString &expected, const QString &came) const;
    [[nodiscard]] QString pathOf(const QString &key) const;

    QJsonObject m_object;
    QString m_path;
    QString *m_problem;
};

/// What a value is, in words: "-5", "a list", "“none”".
[[nodiscard]] QString told(const QJsonValue &value);

} // namespace quorate::osapi
