// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>

/// Names that somebody thought of, in the bytes a server sends: out of the folder, not to be seen,
/// of a meaning elsewhere, too long, taken. `watched` is an absolute folder to aim at.
[[nodiscard]] QList<QByteArray> namesThatMeanHarm(const QByteArray &watched);

/// Values of Content-Disposition that are themselves not as they should be.
[[nodiscard]] QList<QByteArray> brokenHeaders();
