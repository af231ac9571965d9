// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

class QLineEdit;

namespace ui {

/// A name and a password for the server that asked for them.
class LoginControl final : public FixControl {
    Q_OBJECT
public:
    LoginControl(const FixContext &context, QWidget *parent);

    [[nodiscard]] std::optional<core::Fix> fix() const override;
    [[nodiscard]] FixReadiness readiness() const override;

private:
    QLineEdit *m_user;
    QLineEdit *m_password;
    QString m_origin;   ///< that asks
    QString m_keptName; ///< that was tried with another password
};

} // namespace ui
