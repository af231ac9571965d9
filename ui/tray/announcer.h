// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "ui/actions/job_verb.h"
#include "ui/tray/notifications.h"

#include <QSet>

class QWidget;

namespace ui {

class DialogOpener;

/// Puts before the person what the engine says they should know: in our window when they are
/// looking at it, else as a notification; never a dialog on top of another program. Only what was
/// really put before somebody is accepted, the rest comes again.
class Announcer final : public QObject {
    Q_OBJECT
public:
    Announcer(core::JobService *service, Notifications *notifications, DialogOpener *dialogs,
              QWidget *window);

Q_SIGNALS:
    /// One sentence to show in the window.
    void said(const QString &sentence);
    /// A button of a notification was pressed.
    void verbChosen(ui::JobVerb verb, core::JobId job);

private:
    void announce(const core::Attention &attention);
    void announceInWindow(const core::Attention &attention);
    void carryOn(core::JobId job, const QString &key);
    void settle(quint64 attention, bool wasPresented);
    void withdrawSettled(const core::JobSnapshot &job);

    core::JobService *m_service;
    Notifications *m_notifications;
    DialogOpener *m_dialogs;
    QWidget *m_window;
    QSet<quint64> m_inHand;     ///< being presented; the same one may come again meanwhile
    QSet<core::JobId> m_asking; ///< jobs whose notification asks for something
};

} // namespace ui
