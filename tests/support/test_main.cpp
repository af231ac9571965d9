// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_program.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return runTestProgram(QCoreApplication::arguments());
}
