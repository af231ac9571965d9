// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/fields.h"
#include "core/job/json_codec.h"

#include <QVarLengthArray>

#include <tl/expected.hpp>

#include <variant>

namespace core {

namespace json {

/// The members of an object, and which of them somebody has asked for.
class ObjectReader {
public:
    ObjectReader(QJsonObject object, JsonForm form)
        : m_object(std::move(object))
        , m_form(form)
    {
    }

    [[nodiscard]] JsonForm form() const { return m_form; }
    [[nodiscard]] QJsonValue take(QLatin1StringView name);
    /// In a message: a member that nobody has asked for.
    [[nodiscard]] Wrong unknownMember() const;

private:
    QJsonObject m_object;
    JsonForm m_form;
    QVarLengthArray<QLatin1StringView, fields::kMostMembers> m_taken;
};

/// How the members of a value are written into an object and read from it.
template <typename T>
struct Members;

template <typename T>
inline constexpr bool mayBeUnknown = std::is_same_v<T, QDateTime>;
template <typename T>
inline constexpr bool mayBeUnknown<std::optional<T>> = true;

template <typename T, typename M>
void writeRow(const Field<T, M> &field, const T &value, JsonForm form, QJsonObject *out)
{
    if (form == JsonForm::Message || !field.rule.isSecret) {
        out->insert(QLatin1StringView(field.name), Codec<M>::write(value.*field.member, form));
    }
}

template <typename T, typename M>
void writeRow(const Flat<T, M> &flat, const T &value, JsonForm form, QJsonObject *out)
{
    Members<M>::write(value.*flat.member, form, out);
}

template <typename T, typename R>
void writeRow(const Derived<T, R> &derived, const T &value, JsonForm form, QJsonObject *out)
{
    if (form == JsonForm::Stored) {
        out->insert(QLatin1StringView(derived.name), Codec<R>::write(derived.of(value), form));
    }
}

template <typename T, typename M>
[[nodiscard]] Wrong readRow(const Field<T, M> &field, ObjectReader *in, T *out)
{
    const bool isMessage = in->form() == JsonForm::Message;
    if (field.rule.isSecret && !isMessage) {
        return {};
    }
    const QLatin1StringView name(field.name);
    const QJsonValue json = in->take(name);
    if (json.isUndefined() || json.isNull()) {
        const bool mustBeThere = isMessage ? !mayBeUnknown<M> : field.rule.isRequired;
        return mustBeThere ? below(name, wrong(FieldFault::Missing)) : Wrong();
    }
    M &member = out->*field.member;
    Wrong fault = Codec<M>::read(json, &member, {in->form(), field.rule.max});
    if (!fault && field.isGood && !field.isGood(member)) {
        fault = wrong(FieldFault::BadValue);
    }
    return fault ? below(name, std::move(fault)) : fault;
}

template <typename T, typename M>
[[nodiscard]] Wrong readRow(const Flat<T, M> &flat, ObjectReader *in, T *out)
{
    return Members<M>::read(in, &(out->*flat.member));
}

template <typename T, typename R>
[[nodiscard]] Wrong readRow(const Derived<T, R> & /*derived*/, ObjectReader * /*in*/, T * /*out*/)
{
    return {};
}

template <Described T>
struct Members<T> {
    static void write(const T &value, JsonForm form, QJsonObject *out)
    {
        forEachField<T>([&](const auto &row) { writeRow(row, value, form, out); });
    }
    static Wrong read(ObjectReader *in, T *out)
    {
        Wrong wrong;
        forEachField<T>([&](const auto &row) {
            if (!wrong) {
                wrong = readRow(row, in, out);
            }
        });
        return wrong;
    }
};

/// The name of an alternative: its own, or that of the enumerator that stands for it.
template <typename T>
[[nodiscard]] constexpr const char *kindName()
{
    if constexpr (requires { T::kKind; }) {
        return name(T::kKind);
    } else {
        return T::kName;
    }
}

/// "kind" and the fields of that kind.
template <typename... Kinds>
struct Members<std::variant<Kinds...>> {
    using Value = std::variant<Kinds...>;
    static constexpr QLatin1StringView kKind{"kind"};

    static void write(const Value &value, JsonForm form, QJsonObject *out)
    {
        const auto writeKind = [&]<typename T>(const T &what) {
            out->insert(kKind, QString::fromLatin1(kindName<T>()));
            Members<T>::write(what, form, out);
        };
        std::visit(writeKind, value);
    }
    static Wrong read(ObjectReader *in, Value *out)
    {
        QString kind;
        const QJsonValue json = in->take(kKind);
        if (json.isUndefined() || json.isNull()) {
            return below(kKind, wrong(FieldFault::Missing));
        }
        Wrong fault = Codec<QString>::read(json, &kind, {in->form()});
        if (!fault) {
            const bool isKnown =
                ((kind == QLatin1StringView(kindName<Kinds>()) &&
                  ((fault = Members<Kinds>::read(in, &out->template emplace<Kinds>())), true)) ||
                 ...);
            return isKnown ? fault : below(kKind, wrong(FieldFault::BadValue));
        }
        return below(kKind, std::move(fault));
    }
};

/// A value with a table, or a variant of such.
template <typename T>
requires requires
{
    Members<T>::write;
}
struct Codec<T> {
    static QJsonObject write(const T &value, JsonForm form)
    {
        QJsonObject object;
        Members<T>::write(value, form, &object);
        return object;
    }
    static Wrong read(const QJsonValue &json, T *out, Reading in)
    {
        if (!json.isObject()) {
            return wrong(FieldFault::WrongType);
        }
        ObjectReader members(json.toObject(), in.form);
        const Wrong wrong = Members<T>::read(&members, out);
        return wrong ? wrong : members.unknownMember();
    }
};

} // namespace json

/// The value as JSON; an object where it has a table of fields.
template <typename T>
[[nodiscard]] auto toJson(const T &value, JsonForm form = JsonForm::Stored)
{
    return json::Codec<T>::write(value, form);
}

/// The reverse. An error names the first field that is not as it should be.
template <typename T>
[[nodiscard]] tl::expected<T, FieldError> fromJson(const QJsonValue &json,
                                                   JsonForm form = JsonForm::Stored)
{
    T value{};
    if (const json::Wrong wrong = json::Codec<T>::read(json, &value, {form})) {
        return tl::unexpected(*wrong);
    }
    return value;
}

} // namespace core
