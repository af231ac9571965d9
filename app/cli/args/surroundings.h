// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/messages.h"

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

#include <functional>
#include <optional>

namespace cli {

/// What the command line is read against: all it may ask of the world.
struct Surroundings {
    template <typename T>
    using OrReason = tl::expected<T, QString>; ///< the reason in the system's words

    bool isInteractive = false; ///< standard input and standard error are a terminal
    QString currentFolder;
    std::function<OrReason<QByteArray>(const QString &path)> readFile;
    std::function<OrReason<QByteArray>()> readInput;     ///< all of standard input
    std::function<OrReason<QByteArray>()> readInputLine; ///< one line of it, without its end
    /// The absolute path of a program: of this path, or of this name, as a shell finds it.
    std::function<std::optional<QString>(const QString &program)> findProgram;
    /// What is known of a file that is to be sent.
    std::function<core::SourceReport(const QString &path)> inspectSource;
    /// Asks at the terminal, without echo; nothing when it cannot.
    std::function<std::optional<QString>(const QString &prompt)> askPassword;
};

/// Those of this process, but for inspectSource. Reading blocks: to be used before the event loop
/// starts.
[[nodiscard]] Surroundings systemSurroundings();

} // namespace cli
