// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

/// What the window program was started with.
struct Arguments {
    enum class Wish { Run, Print, Complain };

    Wish wish = Wish::Run;
    QString text;           ///< to Print or to Complain
    QString stateDir;       ///< empty: the usual place
    bool inProcess = false; ///< no engine of its own process
    QStringList links;
};

/// Reads the command line, the name of the program first.
[[nodiscard]] Arguments parseArguments(const QStringList &commandLine);
