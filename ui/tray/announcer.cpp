// SPDX-License-Identifier: Apache-2.0
#include "ui/tray/announcer.h"

#include "core/job/question.h"
#include "core/words/explain.h"
#include "core/words/sentence.h"
#include "ui/actions/dialog_opener.h"
#include "ui/models/job_words.h"

#include <QWidget>

namespace ui {

namespace {

const QString kDefault = QStringLiteral("default"); // the notification itself was clicked
const QString kFix = QStringLiteral("fix");
const QString kOpen = QStringLiteral("open");
const QString kOpenFolder = QStringLiteral("open-folder");

Notification notificationOf(const core::Attention &attention)
{
    const core::JobSnapshot &job = attention.job;
    Notification shown{.job = job.id};
    const NotificationAction folder{kOpenFolder, Announcer::tr("Open folder")};
    if (core::needsAnswer(job)) {
        shown.summary = Announcer::tr("%1 needs you").arg(displayName(job));
        if (const auto question = core::questionOf(job)) {
            const core::Explanation words = core::explain(*question);
            shown.body = words.whatHappened + u' ' + words.whatIsSafe;
        }
        shown.category = QStringLiteral("transfer.error");
        shown.urgency = Notification::Urgency::Critical;
        shown.actions = {{kDefault, Announcer::tr("Fix…")}, {kFix, Announcer::tr("Fix…")}, folder};
        return shown;
    }
    shown.summary = Announcer::tr("%1 is here").arg(displayName(job));
    shown.body = QStringList{amount(job), core::plain(job.folder, 200)}.join(QStringLiteral(" · "));
    shown.category = QStringLiteral("transfer.complete");
    shown.actions = {{kDefault, Announcer::tr("Open")}, {kOpen, Announcer::tr("Open")}, folder};
    return shown;
}

} // namespace

Announcer::Announcer(core::JobService *service, Notifications *notifications, DialogOpener *dialogs,
                     QWidget *window)
    : QObject(window)
    , m_service(service)
    , m_notifications(notifications)
    , m_dialogs(dialogs)
    , m_window(window)
{
    connect(service, &core::JobService::attention, this, &Announcer::announce);
    connect(service, &core::JobService::jobsChanged, this,
            [this](const QList<core::JobSnapshot> &jobs) {
                for (const core::JobSnapshot &job : jobs) {
                    withdrawSettled(job);
                }
            });
    connect(notifications, &Notifications::actionInvoked, this, &Announcer::carryOn);
    connect(service, &core::JobService::jobsRemoved, this, [this](const core::JobIds &jobs) {
        for (const core::JobId job : jobs) {
            m_asking.remove(job);
            m_notifications->withdraw(job);
        }
    });
}

void Announcer::announce(const core::Attention &attention)
{
    if (m_inHand.contains(attention.id)) {
        return;
    }
    m_inHand.insert(attention.id);
    const bool asks = core::needsAnswer(attention.job);
    const bool isBusyAsking = asks && m_dialogs->isAskingAboutError();
    if (m_window->isActiveWindow() && !isBusyAsking) {
        announceInWindow(attention);
        settle(attention.id, true);
        return;
    }
    if (asks) {
        m_asking.insert(attention.job.id);
    }
    m_notifications->show(notificationOf(attention), [self = QPointer(this), id = attention.id](
                                                         Notifications::Shown shown) {
        if (self) {
            // The row, the sidebar and the tray tell too, where somebody can see them.
            self->settle(id, shown == Notifications::Shown::Yes || self->m_window->isVisible());
        }
    });
}

void Announcer::announceInWindow(const core::Attention &attention)
{
    if (core::needsAnswer(attention.job)) {
        m_dialogs->openError(attention.job);
    } else {
        Q_EMIT said(tr("%1 is here.").arg(displayName(attention.job)));
    }
}

void Announcer::carryOn(core::JobId job, const QString &key)
{
    if (key == kFix || (key == kDefault && m_asking.contains(job))) {
        Q_EMIT verbChosen(JobVerb::Fix, job);
    } else if (key == kOpen || key == kDefault) {
        Q_EMIT verbChosen(JobVerb::Open, job);
    } else if (key == kOpenFolder) {
        Q_EMIT verbChosen(JobVerb::OpenFolder, job);
    }
}

void Announcer::settle(quint64 attention, bool wasPresented)
{
    m_inHand.remove(attention);
    if (wasPresented) {
        // A lost Accept only means that it comes again.
        m_service->ask<core::message::Accept>({.attention = attention}, this, [](const auto &) {});
    }
}

void Announcer::withdrawSettled(const core::JobSnapshot &job)
{
    if (!core::needsAnswer(job) && m_asking.remove(job.id)) {
        m_notifications->withdraw(job.id);
    }
}

} // namespace ui
