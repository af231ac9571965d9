// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

#include <optional>

namespace core {

/// A command line in the words of a shell (POSIX.1-2017, XCU 2.2, and $'…' as bash has it): quoting
/// is undone, a backslash joins lines, and nothing is expanded or run. Nothing where quotation
/// marks do not match, or where something follows that makes it more than one simple command.
[[nodiscard]] std::optional<QStringList> shellWords(const QString &text);

} // namespace core
