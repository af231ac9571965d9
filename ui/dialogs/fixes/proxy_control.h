// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

class QFormLayout;
class QLineEdit;
class QRadioButton;

namespace ui {

/// How the files of the job are to be reached: through this proxy, without one, or as the computer
/// is set up. To go without one is never chosen for a person: a proxy may be there to hide them.
class ProxyControl final : public FixControl {
    Q_OBJECT
public:
    ProxyControl(const FixContext &context, QWidget *parent);

    [[nodiscard]] std::optional<core::Fix> fix() const override;
    [[nodiscard]] FixReadiness readiness() const override;

private:
    [[nodiscard]] QWidget *makeFields();
    void addAddress(QFormLayout *form, QWidget *fields);
    void addLogin(QFormLayout *form, QWidget *fields);
    [[nodiscard]] QRadioButton *makeRadio(const QString &text, const char *name);
    [[nodiscard]] FixReadiness readinessOfFields() const;
    [[nodiscard]] QUrl typedAddress() const;
    [[nodiscard]] bool wantsLogin() const;

    core::Cause m_cause;
    QUrl m_oldProxy;
    QRadioButton *m_this;
    QRadioButton *m_none;
    QRadioButton *m_system;
    QLineEdit *m_address = nullptr;
    QLineEdit *m_user = nullptr;
    QLineEdit *m_password = nullptr;
};

} // namespace ui
