// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/option_table.h"
#include "app/cli/args/usage_error.h"

#include <QByteArrayList>
#include <QStringList>

#include <optional>
#include <utility>

namespace cli {

/// A command line taken apart by the tables; no value was looked at yet. The words are the bytes
/// that were typed: links need not be text.
struct Arguments {
    std::optional<Command> command; ///< absent for plain `bhop --help` and `bhop --version`
    QList<std::pair<Option, QByteArray>>
        options; ///< in order; with an empty value where none is taken
    QByteArrayList operands;

    [[nodiscard]] bool has(Option option) const;
    /// The value of an option that may be given once, as text.
    [[nodiscard]] std::optional<QString> value(Option option) const;
    [[nodiscard]] QByteArrayList values(Option option) const;

    bool operator==(const Arguments &) const = default;
};

/// Takes the words after the name of the program apart. Options and operands may be mixed; after
/// "--" everything is an operand. "--name=value", "-dVALUE" and "-qd VALUE" are understood.
[[nodiscard]] Parsed<Arguments> parseArguments(const QByteArrayList &words);

/// The words as text, in the encoding of the system.
[[nodiscard]] QStringList textOf(const QByteArrayList &words);

/// "-d/--dir", as options are named in messages.
[[nodiscard]] QString text(Option option);

} // namespace cli
