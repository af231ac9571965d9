// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <span>

/// A test that shows, on a real rig and from end to end, what becomes of a kind of failure.
struct CauseTest {
    const char *id;       ///< of its row in core/remedy/failure_rows
    const char *file;     ///< below tests/
    const char *function; ///< in it
};

/// What other tests show of them, so that it is not shown twice.
[[nodiscard]] std::span<const CauseTest> causeTests();

/// Whether the test is where it is said to be.
[[nodiscard]] bool exists(const CauseTest &test);
