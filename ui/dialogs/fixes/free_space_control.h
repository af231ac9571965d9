// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

class QTimer;

namespace ui {

/// Tells how much room is needed and how much there is, and looks again while it is in view.
class FreeSpaceControl final : public FixControl {
    Q_OBJECT
public:
    FreeSpaceControl(const FixContext &context, QWidget *parent);

    /// Nothing: when there is room, going on is all that is needed.
    [[nodiscard]] std::optional<core::Fix> fix() const override { return std::nullopt; }
    [[nodiscard]] FixReadiness readiness() const override;
    [[nodiscard]] bool hasEditor() const override { return false; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void look();

    core::JobService *m_service;
    QString m_folder;
    std::optional<qint64> m_neededBytes;
    std::optional<qint64> m_freeBytes;
    QTimer *m_again;
};

} // namespace ui
