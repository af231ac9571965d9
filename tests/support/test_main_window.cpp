// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_program.h"

#include <QApplication>

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    return runTestProgram(QCoreApplication::arguments());
}
