// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/require.h"
#include "tests/support/turn_until.h"

#include <QStringList>
#include <QTest>

#include <tuple>

/// Something a test program can be told to run by its name: one of its test objects, or what a test
/// starts in a process of its own.
class TestEntry {
public:
    using Run = int (*)(const QStringList &arguments);

    TestEntry(const char *name, Run function, bool isTest);

    [[nodiscard]] QString name() const;
    [[nodiscard]] bool isTest() const { return m_isTest; }
    /// The arguments begin with the name of the program, as those of main() do.
    [[nodiscard]] int run(const QStringList &arguments) const { return m_run(arguments); }

private:
    const char *m_name;
    Run m_run;
    bool m_isTest;
};

/// main() of a test program, once the application stands:
///   PROGRAM                          every test object, one after the other
///   PROGRAM TST_NAME [QT TEST OPTIONS]   one of them; its name is that of its file
///   PROGRAM CHILD [ARGUMENTS]        what a test starts in a process of its own
[[nodiscard]] int runTestProgram(const QStringList &arguments);

template <typename Test>
int runTest(const QStringList &arguments)
{
    Test test;
    try {
        return QTest::qExec(&test, arguments);
    } catch (const TestCannotGoOn & /*has been told*/) {
        return 1;
    }
}

// What QTRY_COMPARE and its like come to: Qt's own sleeps between two turns. From Qt 6.8 on they give
// it "5s".
#undef QTRY_IMPL
#define QTRY_IMPL(expr, timeout)                                                                   \
    const std::chrono::milliseconds tryFor = [] {                                                  \
        using std::chrono_literals::operator""s;                                                   \
        return std::chrono::milliseconds(timeout);                                                 \
    }();                                                                                           \
    std::ignore = turnUntil([&] { return static_cast<bool>(expr); }, tryFor);

#define BELLHOP_TEST(Class) static const TestEntry entryOf##Class(__FILE__, runTest<Class>, true);
/// int function(const QStringList &arguments)
#define BELLHOP_CHILD(function)                                                                    \
    static const TestEntry entryOf##function(#function, function, false);
