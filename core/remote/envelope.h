// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/json.h"
#include "core/service/message_fields.h"

#include <QJsonDocument>

/// What stands in a message of the socket: the table of messages, wrapped up.
namespace core {

/// By what two programs know that they understand each other: another number whenever a message, or
/// a value that travels in one, has other members than before. Made from their tables, so that
/// nobody has to think of it.
[[nodiscard]] int protocolVersion();

/// What a front end says, and what it is answered.
namespace envelope {

/// The first word of a front end.
struct Hello {
    static constexpr auto kName = "hello";
    int protocol = protocolVersion();
    QString program;               ///< with its version, for the log
    bool handlesAttention = false; ///< puts before a person what has to be accepted
    QStringList desktop;           ///< desktopIn() its environment
};
/// One message of the table.
struct Call {
    static constexpr auto kName = "call";
    quint64 call = 0; ///< chosen by the front end; the answer has it
    QString message;
    QJsonValue request;
};

/// The answer to Hello: what follows is understood.
struct Welcome {
    static constexpr auto kName = "welcome";
    QString version; ///< of the program of the engine
};
/// The answer to a Hello of another protocol; the connection ends.
struct TurnedAway {
    static constexpr auto kName = "turnedAway";
    QString version;
};
struct Reply {
    static constexpr auto kName = "reply";
    quint64 call = 0;
    QJsonValue value;
};
struct Refused {
    static constexpr auto kName = "refused";
    quint64 call = 0;
    Refusal refusal;
};
struct JobsChanged {
    static constexpr auto kName = "jobsChanged";
    QList<JobSnapshot> jobs;
};
struct JobsRemoved {
    static constexpr auto kName = "jobsRemoved";
    JobIds jobs;
};
struct Attends {
    static constexpr auto kName = "attention";
    Attention attention;
};
struct Notes {
    static constexpr auto kName = "notice";
    Notice notice;
};
struct SettingsChanged {
    static constexpr auto kName = "settingsChanged";
    Settings settings;
};

} // namespace envelope

using ToEngine = std::variant<envelope::Hello, envelope::Call>;
using ToFrontEnd = std::variant<envelope::Welcome, envelope::TurnedAway, envelope::Reply,
                                envelope::Refused, envelope::JobsChanged, envelope::JobsRemoved,
                                envelope::Attends, envelope::Notes, envelope::SettingsChanged>;

/// A value of another message, read when it is known what that is.
template <>
struct json::Codec<QJsonValue> {
    static QJsonValue write(const QJsonValue &value, JsonForm /*form*/) { return value; }
    static Wrong read(const QJsonValue &json, QJsonValue *out, Reading /*in*/)
    {
        *out = json;
        return {};
    }
};

template <>
struct Fields<envelope::Hello> {
    static constexpr std::tuple table{
        Field{"protocol", &envelope::Hello::protocol, kRequired},
        Field{"program", &envelope::Hello::program},
        Field{"handlesAttention", &envelope::Hello::handlesAttention},
        Field{"desktop", &envelope::Hello::desktop},
    };
};
template <>
struct Fields<envelope::Call> {
    static constexpr std::tuple table{
        Field{"call", &envelope::Call::call},
        Field{"message", &envelope::Call::message},
        Field{"request", &envelope::Call::request},
    };
};
template <>
struct Fields<envelope::Welcome> {
    static constexpr std::tuple table{Field{"version", &envelope::Welcome::version}};
};
template <>
struct Fields<envelope::TurnedAway> {
    static constexpr std::tuple table{Field{"version", &envelope::TurnedAway::version}};
};
template <>
struct Fields<envelope::Reply> {
    static constexpr std::tuple table{
        Field{"call", &envelope::Reply::call},
        Field{"value", &envelope::Reply::value},
    };
};
template <>
struct Fields<envelope::Refused> {
    static constexpr std::tuple table{
        Field{"call", &envelope::Refused::call},
        Field{"refusal", &envelope::Refused::refusal},
    };
};
template <>
struct Fields<envelope::Attends> {
    static constexpr std::tuple table{Field{"attention", &envelope::Attends::attention}};
};
template <>
struct Fields<envelope::Notes> {
    static constexpr std::tuple table{Field{"notice", &envelope::Notes::notice}};
};
template <>
struct Fields<envelope::SettingsChanged> {
    static constexpr std::tuple table{Field{"settings", &envelope::SettingsChanged::settings}};
};

/// As it stands in frames.
template <typename Envelope>
[[nodiscard]] QByteArray toText(const Envelope &envelope)
{
    return QJsonDocument(toJson(envelope, JsonForm::Message)).toJson(QJsonDocument::Compact);
}

/// The reverse, which names the first field that is not as it should be.
template <typename Envelope>
[[nodiscard]] tl::expected<Envelope, FieldError> fromText(const QByteArray &text,
                                                          JsonForm form = JsonForm::Message)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject()) {
        return tl::unexpected(FieldError{FieldFault::WrongType, {}});
    }
    return fromJson<Envelope>(document.object(), form);
}

} // namespace core
