// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ui {

/// What closing the window does.
enum class CloseAction {
    Quit,       ///< nothing goes on that could be lost from sight
    HideToTray, ///< jobs go on, and the tray shows that they do
    LeaveJobs   ///< jobs would stop, and there is no tray to go on in: as the person has said
};

enum class Tray { Absent, Present };

/// The window is never hidden into nothing: only into a tray that is there, and only for work.
[[nodiscard]] constexpr CloseAction closeAction(Tray tray, int busyJobs)
{
    if (busyJobs <= 0) {
        return CloseAction::Quit;
    }
    return tray == Tray::Present ? CloseAction::HideToTray : CloseAction::LeaveJobs;
}

} // namespace ui
