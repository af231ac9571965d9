// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>

namespace core {

/// Whether the name is one component: not empty, not "." or "..", without '/' and NUL.
[[nodiscard]] bool isOneComponent(QStringView name);

/// "name.part", from 2 on "name.2.part". Like all of these, at most `maxBytes` in UTF-8: what
/// stands before the ending is cut where it must be.
[[nodiscard]] QString partName(const QString &fileName, int number, qsizetype maxBytes);
/// The name itself for 0, else "name (1).ext".
[[nodiscard]] QString numberedName(const QString &fileName, int number, qsizetype maxBytes);

/// One of the functions above, with all but the number decided.
using NameForm = std::function<QString(int number)>;

/// Whether the form makes this name for some number.
[[nodiscard]] bool isOfForm(const QString &name, const NameForm &form);

/// How far names are numbered before we give up.
inline constexpr int kMaxNameNumber = 9'999;

} // namespace core
