// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

class QLineEdit;

namespace ui {

/// Another name to publish the file under. Starts with the present one, the part before the
/// extension selected.
class OtherNameControl final : public FixControl {
    Q_OBJECT
public:
    OtherNameControl(const FixContext &context, QWidget *parent);

    [[nodiscard]] std::optional<core::Fix> fix() const override;
    [[nodiscard]] FixReadiness readiness() const override;

private:
    QString m_oldName;
    int m_fileIndex;
    QLineEdit *m_edit;
};

} // namespace ui
