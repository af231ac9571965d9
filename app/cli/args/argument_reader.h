// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/arguments.h"
#include "app/cli/args/surroundings.h"
#include "app/cli/args/typed_values.h"
#include "core/job/job_spec.h"

#include <type_traits>

namespace cli {

/// What is logged in to.
enum class LoginFor { Server, Proxy };

/// Reads what the options of a command say. The first thing that is wrong is kept; after it no file
/// is read and nothing is asked.
class ArgumentReader {
public:
    ArgumentReader(const Arguments &arguments, const Surroundings &surroundings)
        : m_arguments(arguments)
        , m_surroundings(surroundings)
    {
    }

    [[nodiscard]] bool has(Option option) const { return m_arguments.has(option); }
    [[nodiscard]] bool isGood() const { return !m_wrong; }
    void refuse(const QString &sentence) { refuse(UsageError{sentence}); }
    void refuse(const UsageError &error);

    /// The value, or nothing when it is wrong.
    template <typename T>
    [[nodiscard]] std::optional<T> take(Parsed<T> parsed)
    {
        if (!parsed) {
            refuse(parsed.error().sentence);
            return std::nullopt;
        }
        return *std::move(parsed);
    }
    /// The value of an option when it was given and `parse` has understood it.
    template <typename Parse>
    [[nodiscard]] auto value(Option option, Parse parse)
        -> std::optional<typename std::invoke_result_t<Parse, QString>::value_type>
    {
        const auto typed = m_arguments.value(option);
        return typed ? take(parse(*typed)) : std::nullopt;
    }
    /// The same, put where it belongs.
    template <typename Parse, typename T>
    void read(Option option, Parse parse, T &into)
    {
        if (auto found = value(option, parse)) {
            // NOLINTNEXTLINE(bugprone-optional-value-conversion): it may be no optional
            into = *std::move(found);
        }
    }

    /// The login that --user or --proxy-user gives with --password-stdin, nothing without the name.
    /// On a terminal the password is asked for when it is not given. The server's is to be read
    /// first: where both come on standard input, they come in this order.
    [[nodiscard]] std::optional<core::Login> login(LoginFor what);
    /// All --header values, the lines of @FILE ones among them.
    [[nodiscard]] core::HeaderFields headers();
    /// What --on-error says, or what it is by default: ask on a terminal, else stop.
    [[nodiscard]] OnError onError();
    /// --dir made absolute; the current folder without it.
    [[nodiscard]] QString folder();
    /// The file that is to be sent, as an absolute path.
    [[nodiscard]] QString source(const QString &typed);

    /// The request, or the first thing that was wrong.
    template <typename T>
    [[nodiscard]] Parsed<T> result(const T &request) const
    {
        return m_wrong ? Parsed<T>(tl::unexpected(*m_wrong)) : request;
    }

private:
    [[nodiscard]] std::optional<QString> password(LoginFor what, const QString &user);
    [[nodiscard]] core::HeaderFields headersIn(const QString &path);
    [[nodiscard]] QString absolute(const QString &typed) const;

    const Arguments &m_arguments;
    const Surroundings &m_surroundings;
    std::optional<UsageError> m_wrong;
};

} // namespace cli
