// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

class QLineEdit;

namespace ui {

/// The local file that is to be sent, chosen again.
class OtherSourceControl final : public FixControl {
    Q_OBJECT
public:
    OtherSourceControl(const FixContext &context, QWidget *parent);

    [[nodiscard]] std::optional<core::Fix> fix() const override;
    [[nodiscard]] FixReadiness readiness() const override;

private:
    void choose();

    QLineEdit *m_edit;
};

} // namespace ui
