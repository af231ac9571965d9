// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/decided_control.h"

namespace ui {

DecidedControl::DecidedControl(std::optional<core::Fix> fix, QWidget *parent)
    : FixControl(parent)
    , m_fix(std::move(fix))
{
}

} // namespace ui
