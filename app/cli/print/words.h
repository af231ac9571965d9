// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

namespace cli {

/// The sentences of `bhop` itself, in the language of the program: `Words::tr("…")`.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(bhop)
};

} // namespace cli
