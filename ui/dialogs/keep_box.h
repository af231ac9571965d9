// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QCheckBox>

#include <optional>

namespace ui {

/// Whether what is secret of a job goes into the keyring of the desktop. Off, and says why, where
/// that would not take it. The keyring is asked each time this comes to be seen.
class KeepBox final : public QCheckBox {
    Q_OBJECT
public:
    /// `isKept`: so it was decided before.
    KeepBox(core::JobService *service, bool isKept, QWidget *parent);

    /// What a person wants; nothing where there is no choice.
    [[nodiscard]] std::optional<bool> choice() const;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void say(std::optional<core::KeyringState> state);

    core::JobService *m_service;
};

} // namespace ui
