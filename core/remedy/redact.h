// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"

#include <QString>
#include <QUrl>

namespace core {

/// An address fit to be read by others: scheme, host, port, path and the names of the query items.
/// Names and passwords, the values of the query and the fragment are cut: signed links carry their
/// key there. A query that has no names is cut as a whole.
[[nodiscard]] QString redactUrl(const QUrl &url);

/// "Name: value" of a header field fit to be read by others: logins, cookies and tokens are cut,
/// addresses redacted, control characters made visible.
[[nodiscard]] QString redactHeader(const HeaderField &field);

/// The same of all fields of an answer: those that are secret by their name are left out, the
/// others are cut where they hold something.
[[nodiscard]] HeaderFields redactFields(const HeaderFields &fields);

/// Any text with every address in it redacted, and without logins, named secrets and the values of
/// header fields that open doors ("Cookie: …" to the end of the line).
[[nodiscard]] QString redactText(const QString &text);

/// The same as one line that shows what it holds: control and invisible characters are written as
/// "\x0a" and "\u202e". For the log.
[[nodiscard]] QString redactLine(const QString &text);

} // namespace core
