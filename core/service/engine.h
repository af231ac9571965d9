// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/volumes.h"
#include "core/keyring/secret_keeper.h"
#include "core/log/log.h"
#include "core/notify/notice_delivery.h"
#include "core/notify/notify_command.h"
#include "core/queue/job_manager.h"
#include "core/service/call.h"
#include "core/service/change_feed.h"
#include "core/service/engine_config.h"
#include "core/service/start_failure.h"
#include "core/store/state_folder.h"
#include "core/store/store_thread.h"
#include "core/system/system_clock.h"
#include "core/transfer/exchange/held_exchanges.h"
#include "core/transfer/exchange/network_manager_pool.h"
#include "core/transfer/range_manners.h"
#include "core/transfer/throttle.h"

namespace core {

/// The engine put together: the one place that makes the long-lived objects of core, on the thread
/// they live on. Whatever comes in is a message of the table.
class Engine final : public QObject,
                     private JobListener,
                     private JobCallback,
                     private SecretKeeper::Mediator {
    Q_OBJECT
public:
    explicit Engine(EngineConfig config, QObject *parent = nullptr);
    ~Engine() override;

    using Started = tl::expected<Done, StartFailure>;

    [[nodiscard]] QCoro::Task<Started> start();
    /// Ready when nothing runs any more and all is saved that can be.
    [[nodiscard]] QCoro::Task<> shutdown();
    /// After shutdown(): false when the list could not take what was changed last.
    [[nodiscard]] bool isSaved() const { return !m_manager || m_manager->isSaved(); }
    /// Dropped unanswered (EngineGone) when the engine has not started.
    void take(AnyCall call);
    /// A program that embeds the engine may be told instead of the front ends.
    void setCallback(JobCallback *callback);
    /// What the system says of the network; taken note of also before start().
    void setConnectivity(Connectivity connectivity);

Q_SIGNALS:
    void jobsChanged(const QList<core::JobSnapshot> &jobs);
    void jobsRemoved(const core::JobIds &jobs);
    void attention(const core::Attention &attention);
    void notice(const core::Notice &notice);
    void settingsChanged(const core::Settings &settings);
    /// Bytes move, so that this computer should not fall asleep; or they do not.
    void awakeNeeded(bool isNeeded);

private:
    /// Those who are told, as the ones who bring it to them see the engine.
    class Audience final : public NoticeDelivery::Mediator {
    public:
        Audience(Engine *engine, bool Untold::*who)
            : m_engine(engine)
            , m_who(who)
        {
        }
        [[nodiscard]] std::optional<JobSnapshot> job(JobId id) const override;
        void accepted(JobId id) override;

    private:
        Engine *m_engine;
        bool Untold::*m_who;
    };

    [[nodiscard]] Started takeOver(StoredState state);
    // engine_adoption.cpp
    QCoro::Task<> findParts(QStringList folders, std::shared_ptr<Reply<QList<LonePart>>> reply);
    QCoro::Task<> adopt(message::Adopt::Request request, std::shared_ptr<Reply<JobId>> reply);
    void resolveFolder(Fixes fixes, std::function<void(const Fixes &)> then);
    void tellOfList(const StoredState &state);
    void tellChanges(const JobIds &jobs);

    // JobListener
    void jobChanged(JobId id) override;
    void jobRemoved(JobId id) override;
    void noticeDue(JobId id, Untold who) override;
    void noticeVoid(JobId id) override;
    void noted(JobId id, const TimelineEntry &entry) override;
    void saveFailed(const StoreError &error) override;
    // JobCallback: notices become the event `attention`, accepted by the message `accept`
    QCoro::Task<Delivery> jobTransferred(JobSnapshot job) override;
    QCoro::Task<Delivery> jobError(JobSnapshot job, JobError error) override;
    QCoro::Task<Delivery> jobModified(JobSnapshot job) override;

    // SecretKeeper::Mediator
    void secretsCame(JobId job, const std::optional<JobSecrets> &secrets) override;
    void secretsGone(JobId job) override;
    void secretsNotRead(KeyringState why, const JobIds &jobs) override;
    void secretsNotKept(KeyringState why, JobId job) override;

    // engine_calls.cpp: one overload per message
    void handle(Call<message::Add> call);
    void handle(Call<message::AddFiles> call);
    void handle(Call<message::Suspend> call);
    void handle(Call<message::Resume> call);
    void handle(Call<message::Check> call);
    void handle(Call<message::Cancel> call);
    void handle(Call<message::Complete> call);
    void handle(Call<message::Change> call);
    void handle(Call<message::Remove> call);
    void handle(Call<message::TellAgain> call);
    void handle(Call<message::Accept> call);
    void handle(Call<message::Jobs> call);
    void handle(Call<message::Files> call);
    void handle(Call<message::Timeline> call);
    void handle(Call<message::Activity> call);
    void handle(Call<message::RunEverything> call);
    void handle(Call<message::InspectLinks> call);
    void handle(Call<message::InspectFolder> call);
    void handle(Call<message::InspectSource> call);
    void handle(Call<message::FindParts> call);
    void handle(Call<message::Adopt> call);
    void handle(Call<message::Keyring> call);
    void handle(Call<message::GetSettings> call);
    void handle(Call<message::SetSettings> call);
    void handle(Call<message::LimitAll> call);
    /// Everybody is told if they are other ones now than before.
    void tellSettings(const Settings &before);

    EngineConfig m_config;
    SystemClock m_systemClock;
    Clock *m_clock;
    Log m_ownLog;
    Log *m_log;
    std::optional<StateFolder> m_folder;
    std::unique_ptr<StoreThread> m_store;
    Volumes m_volumes;
    NetworkManagerPool m_managers;
    Throttles m_throttles;
    RangeManners m_manners;
    HeldExchanges m_held{m_clock};
    ChangeFeed m_feed;
    Audience m_frontEnds{this, &Untold::frontEnds};
    Audience m_commands{this, &Untold::command};
    NotifyCommand m_notifyCommand;
    std::unique_ptr<NoticeDelivery> m_delivery; ///< to front ends, or the program that embeds this
    std::unique_ptr<NoticeDelivery> m_commandDelivery;
    std::unique_ptr<SecretKeeper> m_secrets; ///< where there is a keyring
    std::unique_ptr<JobManager> m_manager;   ///< tells the four above
    Connectivity m_connectivity = Connectivity::Free;
    bool m_isAwake = false; ///< as it was told last
};

} // namespace core
