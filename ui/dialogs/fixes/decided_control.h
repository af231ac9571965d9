// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

namespace ui {

/// A repair that has nothing to fill in: choosing it is all.
class DecidedControl final : public FixControl {
    Q_OBJECT
public:
    DecidedControl(std::optional<core::Fix> fix, QWidget *parent);

    [[nodiscard]] std::optional<core::Fix> fix() const override { return m_fix; }
    [[nodiscard]] FixReadiness readiness() const override { return {}; }
    [[nodiscard]] bool hasEditor() const override { return false; }

private:
    std::optional<core::Fix> m_fix;
};

} // namespace ui
