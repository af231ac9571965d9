// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

#include <source_location>

/// What a test stands on does not hold.
struct TestCannotGoOn {};

/// For what a rig or a helper needs to go on: when it does not hold the test fails and ends there,
/// and with it its test object. QVERIFY would end the helper alone.
inline void require(bool holds, const QString &what,
                    std::source_location at = std::source_location::current())
{
    if (!holds) {
        QTest::qFail(qPrintable(what), at.file_name(), int(at.line()));
        throw TestCannotGoOn();
    }
}
