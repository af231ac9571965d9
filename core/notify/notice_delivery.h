// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/notify/job_callback.h"
#include "core/system/clock.h"

#include <QObject>

#include <map>
#include <memory>
#include <set>

namespace core {

/// Brings jobError, of a job in Error, and jobTransferred, of any other, to the registered callback
/// until it accepts them: again after 1, 2, 4 … 300 s, at once when another callback is registered,
/// and not any more when the notice is withdrawn. Calls are made from the event loop, never from
/// inside the change that caused them.
class NoticeDelivery final : public QObject {
    Q_OBJECT
public:
    /// What it needs of the world.
    class Mediator {
    public:
        [[nodiscard]] virtual std::optional<JobSnapshot> job(JobId id) const = 0;
        /// The notice of this job is done with.
        virtual void accepted(JobId id) = 0;

    protected:
        ~Mediator() = default;
    };

    NoticeDelivery(Clock *clock, Mediator *mediator, QObject *parent = nullptr);
    ~NoticeDelivery() override;

    /// From now on this one is told, everything that is pending first; nullptr for none. The
    /// callback must outlive its registration, and a call under way.
    void setCallback(JobCallback *callback);
    void tell(JobId job);
    /// All that is pending, at once, and then as if it were new.
    void tellAgain();
    void withdraw(JobId job);
    /// jobModified, at most once each interval; what it returns is ignored.
    void modified(JobId job);
    /// Accepts a notice from outside a call of the callback. Unknown ids are ignored: an answer may
    /// come late.
    void accept(quint64 notice);
    /// The id of the pending notice of a job: new for every notice, the same for its repetitions.
    [[nodiscard]] std::optional<quint64> noticeOf(JobId job) const;
    /// How many are being told, or will be again so soon that it is worth waiting for.
    [[nodiscard]] int soon() const;

    static constexpr std::chrono::seconds kFirstRepeat{1};
    static constexpr std::chrono::seconds kLongestRepeat{300};
    static constexpr std::chrono::seconds kSoon{16};
    static constexpr std::chrono::milliseconds kModifiedInterval{500};

private:
    struct Entry;

    void deliverLater(JobId job, std::chrono::milliseconds delay);
    void deliver(JobId job, quint64 notice);
    void take(JobId job, quint64 notice, Delivery answer);
    void tellModified();

    Clock *m_clock;
    Mediator *m_mediator;
    JobCallback *m_callback = nullptr;
    std::map<JobId, std::unique_ptr<Entry>> m_pending;
    std::set<JobId> m_modified;
    Alarm m_modifiedAlarm;
    quint64 m_lastNotice = 0;
    quint64 m_registration = 0;
};

} // namespace core
