// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

namespace ui {

class FolderField;

/// Another folder for the files of the job, with the room there is.
class OtherFolderControl final : public FixControl {
    Q_OBJECT
public:
    OtherFolderControl(const FixContext &context, QWidget *parent);

    [[nodiscard]] std::optional<core::Fix> fix() const override;
    [[nodiscard]] FixReadiness readiness() const override;

private:
    QString m_oldFolder;
    FolderField *m_field;
};

} // namespace ui
