// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/remedy/question_group.h"
#include "core/service/job_service.h"
#include "ui/actions/job_verb.h"
#include "ui/tray/notifications.h"

#include <QSet>
#include <QTimer>

#include <map>

class QWidget;

namespace ui {

class DialogOpener;

/// Puts before the person what the engine says they should know: in our window when they are
/// looking at it, else as a notification; never a dialog on top of another program. One
/// notification for each question, however many jobs ask it, and one for what arrives when it is
/// much. Only what was really put before somebody is accepted, the rest comes again.
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
    /// A notification of several was clicked.
    void windowWanted();

private:
    /// A notification of several jobs, and the attentions that it has not carried to anybody yet.
    struct Bundle {
        std::map<core::JobId, core::JobSnapshot> jobs;
        QList<quint64> pending;
    };

    void announce(const core::Attention &attention);
    [[nodiscard]] bool announceInWindow(const core::Attention &attention);
    void openDialog();
    void announceOutside(const core::Attention &attention);
    void arrive(const core::Attention &attention);
    void show(const Notification &notification, const QList<quint64> &attentions);
    void showPending();
    void carryOn(const QString &key, const QString &action);
    void forget(const QString &key);
    void settle(quint64 attention, bool wasPresented);
    void withdrawSettled(core::JobId job, const core::JobSnapshot *now);
    [[nodiscard]] std::optional<core::JobId> firstJobOf(const QString &key) const;

    core::JobService *m_service;
    Notifications *m_notifications;
    DialogOpener *m_dialogs;
    QWidget *m_window;
    QSet<quint64> m_inHand; ///< being presented; the same one may come again meanwhile
    std::map<core::QuestionGroup, Bundle> m_asking;
    Bundle m_arrived;                          ///< on the screen, each by itself or together
    QTimer m_soon;                             ///< what comes at once is shown at once
    std::optional<core::JobSnapshot> m_toOpen; ///< its dialog opens when all have come
    QTimer m_openSoon;
};

} // namespace ui
