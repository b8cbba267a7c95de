// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/json_schema.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include <cmath>

namespace quorate::test {
using namespace Qt::StringLiterals;

namespace {
const QSet<QString> known{u"type"_s, u"properties"_s, u"required"_s, u"enum"_s, u"const"_s, u"items"_s, u"additionalProperties"_s,
    u"$ref"_s, u"pattern"_s, u"minimum"_s, u"minItems"_s, u"maxItems"_s, u"minLength"_s, u"format"_s, u"$defs"_s, u"$schema"_s, u"$id"_s,
    u"title"_s, u"description"_s};

bool hasType(const QJsonValue &value, const QString &type)
{
    if (type == "object"_L1)
        return value.isObject();
    if (type == "array"_L1)
        return value.isArray();
    if (type == "string"_L1)
        return value.isString();
    if (type == "boolean"_L1)
        return value.isBool();
    if (type == "null"_L1)
        return value.isNull();
    if (type == "number"_L1)
        return value.isDouble();
    return type == "integer"_L1 && value.isDouble() && std::floor(value.toDouble()) == value.toDouble();
}

class Validator {
public:
    explicit Validator(const QJsonObject &root)
        : m_root(root)
    {
    }

    void check(const QJsonValue &value, const QJsonObject &schema, const QString &path)
    {
        for (const QString &keyword : schema.keys()) {
            if (!known.contains(keyword))
                m_mistakes.append(u"%1: keyword \"%2\" is not known to this validator"_s.arg(path, keyword));
        }
        if (schema.contains("$ref"_L1))
            return follow(value, schema.value("$ref"_L1).toString(), path);
        if (schema.contains("type"_L1) && !hasType(value, schema.value("type"_L1).toString()))
            return wrong(path, u"is not of type "_s + schema.value("type"_L1).toString(), value);
        if (schema.contains("const"_L1) && value != schema.value("const"_L1))
            wrong(path, u"is not the constant"_s, value);
        if (schema.contains("enum"_L1) && !schema.value("enum"_L1).toArray().contains(value))
            wrong(path, u"is not one of the enumeration"_s, value);
        if (value.isObject())
            checkObject(value.toObject(), schema, path);
        else if (value.isArray())
            checkArray(value.toArray(), schema, path);
        else if (value.isString())
            checkString(value.toString(), schema, path);
        else if (value.isDouble() && schema.contains("minimum"_L1) && value.toDouble() < schema.value("minimum"_L1).toDouble())
            wrong(path, u"is less than the minimum"_s, value);
    }

    QStringList take() { return std::move(m_mistakes); }

private:
    void follow(const QJsonValue &value, const QString &reference, const QString &path)
    {
        const QString prefix = u"#/$defs/"_s;
        const QJsonValue target = m_root.value("$defs"_L1).toObject().value(reference.mid(prefix.size()));
        if (!reference.startsWith(prefix) || !target.isObject())
            m_mistakes.append(u"%1: reference \"%2\" leads nowhere"_s.arg(path, reference));
        else
            check(value, target.toObject(), path);
    }
    void checkObject(const QJsonObject &object, const QJsonObject &schema, const QString &path)
    {
        const QJsonObject properties = schema.value("properties"_L1).toObject();
        for (const QJsonValue key : schema.value("required"_L1).toArray()) {
            if (!object.contains(key.toString()))
                m_mistakes.append(u"%1: \"%2\" is missing"_s.arg(path, key.toString()));
        }
        const QJsonValue additional = schema.value("additionalProperties"_L1);
        for (auto member = object.constBegin(); member != object.constEnd(); ++member) {
            const QString at = path + u'.' + member.key();
            if (properties.contains(member.key()))
                check(member.value(), properties.value(member.key()).toObject(), at);
            else if (additional.isBool() && !additional.toBool())
                m_mistakes.append(u"%1: is not in the schema"_s.arg(at));
            else if (additional.isObject())
                check(member.value(), additional.toObject(), at);
        }
    }
    void checkArray(const QJsonArray &array, const QJsonObject &schema, const QString &path)
    {
        if (schema.contains("minItems"_L1) && array.size() < schema.value("minItems"_L1).toInteger())
            wrong(path, u"has too few items"_s, array);
        if (schema.contains("maxItems"_L1) && array.size() > schema.value("maxItems"_L1).toInteger())
            wrong(path, u"has too many items"_s, array);
        for (qsizetype i = 0; i < array.size() && schema.contains("items"_L1); ++i)
            check(array.at(i), schema.value("items"_L1).toObject(), u"%1[%2]"_s.arg(path, QString::number(i)));
    }
    void checkString(const QString &text, const QJsonObject &schema, const QString &path)
    {
        if (text.size() < schema.value("minLength"_L1).toInteger(0))
            wrong(path, u"is too short"_s, text);
        if (schema.contains("pattern"_L1) && !QRegularExpression(schema.value("pattern"_L1).toString()).match(text).hasMatch())
            wrong(path, u"does not match the pattern"_s, text);
        if (schema.value("format"_L1).toString() == "date-time"_L1 && !QDateTime::fromString(text, Qt::ISODateWithMs).isValid())
            wrong(path, u"is not a date and time"_s, text);
    }
    void wrong(const QString &path, const QString &what, const QJsonValue &value)
    {
        const QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).left(200);
        m_mistakes.append(u"%1: %2: %3"_s.arg(path, what, QString::fromUtf8(json)));
    }

    const QJsonObject &m_root;
    QStringList m_mistakes;
};
} // namespace

QStringList schemaMistakes(const QJsonValue &value, const QJsonObject &schema)
{
    Validator validator(schema);
    validator.check(value, schema, u"$"_s);
    return validator.take();
}

} // namespace quorate::test
