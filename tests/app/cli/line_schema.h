// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

/// The schema of the lines of --json, as much of JSON Schema as it uses.
class LineSchema {
public:
    LineSchema()
    {
        QFile file(QStringLiteral(BELLHOP_SOURCE_DIR "/app/cli/print/lines.schema.json"));
        if (file.open(QIODevice::ReadOnly)) {
            m_root = QJsonDocument::fromJson(file.readAll()).object();
        }
    }

    [[nodiscard]] QJsonObject definition(const QString &name) const
    {
        return m_root.value(QStringLiteral("$defs")).toObject().value(name).toObject();
    }
    /// What is wrong with a line; empty when nothing is.
    [[nodiscard]] QString flawIn(const QJsonObject &line) const
    {
        const QString event = line.value(QStringLiteral("event")).toString();
        const QJsonObject schema = definition(event);
        return schema.isEmpty() ? QStringLiteral("no such event: ") + event
                                : flawIn(line, schema, event);
    }

private:
    static QString typeOf(const QJsonValue &value)
    {
        switch (value.type()) {
        case QJsonValue::Null:
            return QStringLiteral("null");
        case QJsonValue::Bool:
            return QStringLiteral("boolean");
        case QJsonValue::Double:
            return double(value.toInteger(-1)) == value.toDouble() ? QStringLiteral("integer")
                                                                   : QStringLiteral("number");
        case QJsonValue::String:
            return QStringLiteral("string");
        case QJsonValue::Array:
            return QStringLiteral("array");
        default: // of Qt's types
            return QStringLiteral("object");
        }
    }
    [[nodiscard]] QString flawIn(const QJsonValue &value, const QJsonObject &schema,
                                 const QString &path) const
    {
        if (const QString ref = schema.value(QStringLiteral("$ref")).toString(); !ref.isEmpty()) {
            return flawIn(value, definition(ref.section(u'/', -1)), path);
        }
        if (schema.contains(QStringLiteral("anyOf"))) {
            const QJsonArray all = schema.value(QStringLiteral("anyOf")).toArray();
            const bool fits = std::any_of(all.begin(), all.end(), [&](const QJsonValue &each) {
                return flawIn(value, each.toObject(), path).isEmpty();
            });
            return fits ? QString() : path + QStringLiteral(": none of the forms");
        }
        if (schema.contains(QStringLiteral("const"))) {
            return schema.value(QStringLiteral("const")) == value ? QString() : path;
        }
        if (schema.contains(QStringLiteral("enum"))) {
            return schema.value(QStringLiteral("enum")).toArray().contains(value) ? QString()
                                                                                  : path;
        }
        const QJsonValue type = schema.value(QStringLiteral("type"));
        const QJsonArray types = type.isArray() ? type.toArray() : QJsonArray{type};
        if (!types.contains(QJsonValue(typeOf(value)))) {
            return path + QStringLiteral(" is of the type ") + typeOf(value);
        }
        return value.isArray() ? flawInItems(value.toArray(), schema, path)
                               : flawInMembers(value.toObject(), schema, path);
    }
    [[nodiscard]] QString flawInItems(const QJsonArray &items, const QJsonObject &schema,
                                      const QString &path) const
    {
        for (const QJsonValue &item : items) {
            const QString flaw =
                flawIn(item, schema.value(QStringLiteral("items")).toObject(), path);
            if (!flaw.isEmpty()) {
                return flaw;
            }
        }
        return {};
    }
    [[nodiscard]] QString flawInMembers(const QJsonObject &object, const QJsonObject &schema,
                                        const QString &path) const
    {
        const QJsonObject members = schema.value(QStringLiteral("properties")).toObject();
        for (const QJsonValue &name : schema.value(QStringLiteral("required")).toArray()) {
            if (!object.contains(name.toString())) {
                return path + u'.' + name.toString() + QStringLiteral(" is missing");
            }
        }
        const bool isOpen =
            members.isEmpty() || schema.value(QStringLiteral("additionalProperties")).toBool();
        for (auto member = object.begin(); member != object.end(); ++member) {
            const QString name = path + u'.' + member.key();
            if (!members.contains(member.key())) {
                if (!isOpen) {
                    return name + QStringLiteral(" is not in the schema");
                }
                continue;
            }
            const QString flaw =
                flawIn(member.value(), members.value(member.key()).toObject(), name);
            if (!flaw.isEmpty()) {
                return flaw;
            }
        }
        return {};
    }

    QJsonObject m_root;
};
