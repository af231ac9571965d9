// SPDX-License-Identifier: Apache-2.0
#include "ui/tray/announcer.h"

#include "core/job/question.h"
#include "ui/actions/dialog_opener.h"
#include "ui/models/job_words.h"
#include "ui/tray/notification_words.h"

#include <QApplication>
#include <QWidget>

namespace ui {

namespace {

constexpr std::chrono::milliseconds kTogether{300};

/// More arrivals than this are told of together.
constexpr size_t kMostAlone = 2;

} // namespace

Announcer::Announcer(core::JobService *service, Notifications *notifications, DialogOpener *dialogs,
                     QWidget *window)
    : QObject(window)
    , m_service(service)
    , m_notifications(notifications)
    , m_dialogs(dialogs)
    , m_window(window)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kTogether);
    m_openSoon.setSingleShot(true);
    m_openSoon.setInterval(kTogether);
    connect(&m_openSoon, &QTimer::timeout, this, &Announcer::openDialog);
    connect(&m_soon, &QTimer::timeout, this, &Announcer::showPending);
    connect(service, &core::JobService::attention, this, &Announcer::announce);
    connect(service, &core::JobService::jobsChanged, this,
            [this](const QList<core::JobSnapshot> &jobs) {
                for (const core::JobSnapshot &job : jobs) {
                    withdrawSettled(job.id, &job);
                }
            });
    connect(service, &core::JobService::jobsRemoved, this, [this](const core::JobIds &jobs) {
        for (const core::JobId job : jobs) {
            withdrawSettled(job, nullptr);
            m_notifications->withdraw(keyOfArrival(job));
        }
    });
    connect(notifications, &Notifications::actionInvoked, this, &Announcer::carryOn);
    connect(notifications, &Notifications::dismissed, this, &Announcer::forget);
}

void Announcer::announce(const core::Attention &attention)
{
    if (m_inHand.contains(attention.id)) {
        return;
    }
    m_inHand.insert(attention.id);
    if (m_window->isVisible() && QApplication::activeWindow() && announceInWindow(attention)) {
        settle(attention.id, true);
    } else {
        announceOutside(attention);
    }
}

/// False when it cannot be told there without getting in the way.
bool Announcer::announceInWindow(const core::Attention &attention)
{
    const auto group = core::questionGroupOf(attention.job);
    if (!group) {
        m_arrived.jobs.clear(); // whoever looks here has the list before them
        const bool isUpload = attention.job.type == core::JobType::Upload;
        Q_EMIT said((isUpload ? tr("“%1” is on the server.") : tr("“%1” is here."))
                        .arg(displayName(attention.job)));
        return true;
    }
    const bool isToBeOpened = m_toOpen && core::questionGroupOf(*m_toOpen) == group;
    if (m_dialogs->isAskingAbout(*group) || isToBeOpened) {
        return true; // the job joins there
    }
    if (m_toOpen || m_dialogs->isAskingAboutError() || m_dialogs->isPutOff(*group) ||
        isTypingSomewhere()) {
        return false;
    }
    m_toOpen = attention.job;
    m_openSoon.start();
    return true;
}

void Announcer::openDialog()
{
    if (m_toOpen && QApplication::activeModalWidget() != nullptr) {
        m_openSoon.start(); // one question after the other
        return;
    }
    const auto job = std::exchange(m_toOpen, std::nullopt);
    if (!job) {
        return;
    }
    if (QApplication::activeWindow() && !isTypingSomewhere()) {
        m_dialogs->openError(*job, Appearing::ByItself);
        return;
    }
    // The person has left meanwhile, or begun to type.
    const core::QuestionGroup group = *core::questionGroupOf(*job);
    m_asking[group].jobs[job->id] = *job;
    show(notificationOfQuestion(group, m_asking[group].jobs), {});
}

void Announcer::announceOutside(const core::Attention &attention)
{
    const auto group = core::questionGroupOf(attention.job);
    if (!group) {
        arrive(attention);
        return;
    }
    Bundle &bundle = m_asking[*group];
    bundle.jobs[attention.job.id] = attention.job;
    bundle.pending.append(attention.id);
    if (!m_soon.isActive()) {
        showPending();
        m_soon.start();
    }
}

void Announcer::arrive(const core::Attention &attention)
{
    m_arrived.jobs[attention.job.id] = attention.job;
    if (m_arrived.jobs.size() <= kMostAlone) {
        show(notificationOfArrival(attention.job), {attention.id});
        return;
    }
    m_arrived.pending.append(attention.id);
    if (!m_soon.isActive()) {
        showPending();
        m_soon.start();
    }
}

void Announcer::showPending()
{
    bool isAnything = !m_arrived.pending.isEmpty();
    for (auto &[group, bundle] : m_asking) {
        if (!bundle.pending.isEmpty()) {
            isAnything = true;
            show(notificationOfQuestion(group, bundle.jobs), std::exchange(bundle.pending, {}));
        }
    }
    if (!m_arrived.pending.isEmpty()) {
        for (const auto &[id, job] : m_arrived.jobs) {
            m_notifications->withdraw(keyOfArrival(id));
        }
        show(notificationOfArrivals(m_arrived.jobs), std::exchange(m_arrived.pending, {}));
    }
    if (isAnything) {
        m_soon.start();
    }
}

void Announcer::show(const Notification &notification, const QList<quint64> &attentions)
{
    m_notifications->show(notification, [self = QPointer(this),
                                         attentions](Notifications::Shown shown) {
        if (self) {
            // The row, the sidebar and the tray tell too, where somebody can see them.
            const bool isSeen = shown == Notifications::Shown::Yes || self->m_window->isVisible();
            for (const quint64 attention : attentions) {
                self->settle(attention, isSeen);
            }
        }
    });
}

std::optional<core::JobId> Announcer::firstJobOf(const QString &key) const
{
    for (const auto &[group, bundle] : m_asking) {
        if (keyOfQuestion(group) == key && !bundle.jobs.empty()) {
            return bundle.jobs.begin()->first;
        }
    }
    for (const auto &[id, job] : m_arrived.jobs) {
        if (key == keyOfArrival(id) || key == keyOfArrivals()) {
            return id;
        }
    }
    return std::nullopt;
}

void Announcer::carryOn(const QString &key, const QString &action)
{
    const auto job = firstJobOf(key);
    if (!job) {
        return;
    }
    const auto verb = verbOf(action, key);
    const auto arrived = m_arrived.jobs.find(*job);
    const bool isElsewhere = verb == JobVerb::Open && arrived != m_arrived.jobs.end() &&
                             arrived->second.type == core::JobType::Upload;
    m_notifications->withdraw(key); // some desktops leave it where it is
    forget(key);
    if (verb && !isElsewhere) {
        Q_EMIT verbChosen(*verb, *job);
    } else {
        Q_EMIT windowWanted();
    }
}

/// What comes after it is told of anew.
void Announcer::forget(const QString &key)
{
    if (key == keyOfArrivals()) {
        m_arrived.jobs.clear();
    }
    std::erase_if(m_arrived.jobs,
                  [&key](const auto &entry) { return keyOfArrival(entry.first) == key; });
}

void Announcer::settle(quint64 attention, bool wasPresented)
{
    m_inHand.remove(attention);
    if (wasPresented) {
        // A lost Accept only means that it comes again.
        m_service->ask<core::message::Accept>({.attention = attention}, this, [](const auto &) {});
    }
}

void Announcer::withdrawSettled(core::JobId job, const core::JobSnapshot *now)
{
    const auto group = now ? core::questionGroupOf(*now) : std::nullopt;
    if (m_toOpen && m_toOpen->id == job && (!now || !core::needsAnswer(*now))) {
        m_toOpen.reset();
    }
    for (auto entry = m_asking.begin(); entry != m_asking.end();) {
        Bundle &bundle = entry->second;
        const bool isOther = !group || *group != entry->first || !core::needsAnswer(*now);
        if (isOther && bundle.jobs.erase(job) > 0 && bundle.jobs.empty()) {
            for (const quint64 attention : std::as_const(bundle.pending)) {
                m_inHand.remove(attention);
            }
            m_notifications->withdraw(keyOfQuestion(entry->first));
            entry = m_asking.erase(entry);
        } else {
            ++entry;
        }
    }
}

} // namespace ui
