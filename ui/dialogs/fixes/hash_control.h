// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

class QFormLayout;
class QLineEdit;
class QRadioButton;

namespace ui {

/// Another checksum to compare the file with, or none. Shows the one the file has.
class HashControl final : public FixControl {
    Q_OBJECT
public:
    HashControl(const FixContext &context, QWidget *parent);

    [[nodiscard]] std::optional<core::Fix> fix() const override;
    [[nodiscard]] FixReadiness readiness() const override;

private:
    void addDigest(QFormLayout *form, const QString &title, const char *name,
                   const core::ExpectedHash &hash);
    [[nodiscard]] FixReadiness readinessOf(const core::ExpectedHash &hash) const;

    std::optional<core::ExpectedHash> m_wanted;
    std::optional<core::ExpectedHash> m_found;
    int m_fileIndex;
    QRadioButton *m_this;
    QRadioButton *m_none;
    QLineEdit *m_edit;
};

} // namespace ui
