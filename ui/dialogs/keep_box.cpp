// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/keep_box.h"

namespace ui {

KeepBox::KeepBox(core::JobService *service, bool isKept, QWidget *parent)
    : QCheckBox(parent)
    , m_service(service)
{
    setObjectName(QStringLiteral("keepBox"));
    setChecked(isKept);
    say(std::nullopt);
}

std::optional<bool> KeepBox::choice() const
{
    return isEnabled() ? std::optional(isChecked()) : std::nullopt;
}

void KeepBox::showEvent(QShowEvent *event)
{
    QCheckBox::showEvent(event);
    m_service->ask<core::message::Keyring>({}, this,
                                           [this](const core::Answer<core::KeyringState> &state) {
                                               say(state.value_or(core::KeyringState::Missing));
                                           });
}

void KeepBox::say(std::optional<core::KeyringState> state)
{
    setEnabled(state == core::KeyringState::Open);
    if (state == core::KeyringState::Locked) {
        setText(tr("Keep it in the keyrin&g (which is locked)"));
        setToolTip(
            tr("Unlock the keyring of the desktop first. What is given now is forgotten when "
               "Bellhop ends."));
    } else if (state == core::KeyringState::Missing) {
        setText(tr("Keep it in the keyrin&g (there is none)"));
        setToolTip(
            tr("No keyring answers here. What is given now is forgotten when Bellhop ends."));
    } else {
        setText(tr("Keep it in the keyrin&g until no job needs it any more"));
        setToolTip(tr("Else it is forgotten when Bellhop ends, and has to be given again."));
    }
    setAccessibleDescription(toolTip());
}

} // namespace ui
