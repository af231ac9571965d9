// SPDX-License-Identifier: Apache-2.0
#include "core/service/engine.h"

#include "core/log/timeline_line.h"
#include "core/store/sqlite_job_store.h"
#include "core/system/own_addresses.h"

#include <QCoroFuture>
#include <QRandomGenerator>

#include <utility>

namespace core {

namespace {

constexpr auto kSource = "engine";

QString logText(const StoreError &error)
{
    return QStringLiteral("store %1: %2").arg(error.path, error.detail);
}

double systemRandom()
{
    return QRandomGenerator::global()->generateDouble();
}

} // namespace

Engine::Engine(EngineConfig config, QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_clock(m_config.clock != nullptr ? m_config.clock : &m_systemClock)
    , m_log(m_config.log != nullptr ? m_config.log : &m_ownLog)
    , m_volumes(nullptr, m_config.disk)
    , m_feed(m_clock, [this](const JobIds &jobs) { tellChanges(jobs); })
    , m_notifyCommand(m_clock)
{
    connect(&m_notifyCommand, &NotifyCommand::refused, this, [this](JobId id, const QString &why) {
        m_log->write(LogLevel::Warning, kSource,
                     QStringLiteral("job %1 is told again: %2").arg(text(id), why));
    });
}

Engine::~Engine()
{
    m_log->close(); // while the lock on the folder is held
}

QCoro::Task<Engine::Started> Engine::start()
{
    const QString path =
        m_config.stateFolder.isEmpty() ? StateFolder::defaultPath() : m_config.stateFolder;
    auto folder = StateFolder::acquire(path);
    if (!folder) {
        co_return tl::unexpected(StartFailure(folder.error()));
    }
    m_folder.emplace(std::move(*folder));
    m_log->open(m_folder->path());
    m_store = std::make_unique<StoreThread>(
        [database = m_folder->databasePath(), now = m_clock->utcNow()] {
            return std::make_unique<SqliteJobStore>(database, now);
        });
    const auto loading = m_store->load();
    const auto loaded = co_await loading;
    if (!loaded) {
        m_log->write(LogLevel::Error, kSource, logText(loaded.error()));
        m_log->close();
        m_store.reset();
        m_folder.reset();
        co_return tl::unexpected(StartFailure(loaded.error()));
    }
    co_return takeOver(*loaded);
}

Engine::Started Engine::takeOver(StoredState state)
{
    m_log->write(LogLevel::Info, kSource,
                 QStringLiteral("version %1 begins with %2 jobs")
                     .arg(QStringLiteral(BELLHOP_VERSION))
                     .arg(state.jobs.size()));
    m_managers.answers().setOwnAddresses(m_config.ownAddresses ? m_config.ownAddresses
                                                               : ownAddresses);
    m_delivery = std::make_unique<NoticeDelivery>(m_clock, &m_frontEnds);
    m_delivery->setCallback(static_cast<JobCallback *>(this));
    m_commandDelivery = std::make_unique<NoticeDelivery>(m_clock, &m_commands);
    m_commandDelivery->setCallback(&m_notifyCommand);
    if (m_config.keyring != nullptr) {
        m_secrets = std::make_unique<SecretKeeper>(m_config.keyring, m_clock, m_folder->path(),
                                                   static_cast<SecretKeeper::Mediator *>(this));
        m_secrets->begin(state.jobs, state.secretsLeft);
    }
    const JobManager::World world{
        .clock = m_clock,
        .store = m_store.get(),
        .transfer = {.clock = m_clock,
                     .managers = &m_managers,
                     .throttles = &m_throttles,
                     .volumes = &m_volumes,
                     .manners = &m_manners,
                     .held = &m_held},
        .limits = m_config.limits,
        .stateFolder = m_folder->path(),
        .random = m_config.random ? m_config.random : systemRandom,
        .run = m_config.run,
        .isThisComputer = m_config.isThisComputer,
        .hasKeyring = m_secrets != nullptr,
    };
    m_manager = std::make_unique<JobManager>(world, static_cast<JobListener *>(this));
    tellOfList(state);
    m_manager->load(std::move(state));
    m_manager->setConnectivity(m_connectivity);
    return Done{};
}

/// What was out of order with the list when it was opened.
void Engine::tellOfList(const StoredState &state)
{
    if (state.backupFailed) {
        m_log->write(LogLevel::Warning, kSource,
                     QStringLiteral("no backup: ") + logText(*state.backupFailed));
    }
    if (state.restored) {
        m_log->write(LogLevel::Error, kSource,
                     QStringLiteral("the list was damaged: %1 is used, it is now %2")
                         .arg(state.restored->copyOf
                                  ? QStringLiteral("the backup of ") +
                                        state.restored->copyOf->toString(Qt::ISODate)
                                  : QStringLiteral("what of it could be read"),
                              state.restored->damagedPath));
        Q_EMIT notice(notice::Restored{*state.restored});
    }
    if (!state.problems.isEmpty()) {
        m_log->write(LogLevel::Warning, kSource,
                     QStringLiteral("not read: ") + state.problems.join(QStringLiteral("; ")));
        Q_EMIT notice(notice::LeftOut{state.problems});
    }
}

void Engine::jobChanged(JobId id)
{
    m_feed.mark(id);
    m_delivery->modified(id);
    if (m_secrets) {
        m_secrets->keep(id, m_manager->queries().secretsToKeep(id));
    }
}

void Engine::jobRemoved(JobId id)
{
    m_feed.forget(id);
    if (m_secrets) {
        m_secrets->keep(id, {});
    }
    Q_EMIT jobsRemoved({id});
}

void Engine::noticeDue(JobId id, Untold who)
{
    if (who.frontEnds) {
        m_delivery->tell(id);
    }
    if (who.command) {
        m_commandDelivery->tell(id);
    }
}

void Engine::noticeVoid(JobId id)
{
    m_delivery->withdraw(id);
    m_commandDelivery->withdraw(id);
}

void Engine::noted(JobId id, const TimelineEntry &entry)
{
    m_log->write(LogLevel::Info, kSource, logLine(id, entry));
}

void Engine::saveFailed(const StoreError &error)
{
    m_log->write(LogLevel::Error, kSource, logText(error));
    Q_EMIT notice(notice::NotSaved{error});
}

QCoro::Task<> Engine::shutdown()
{
    if (m_manager) {
        co_await m_manager->shutdown();
        m_log->write(LogLevel::Info, kSource, QStringLiteral("ends"));
    }
}

void Engine::take(AnyCall call)
{
    if (m_manager) {
        std::visit([this](auto &&message) { handle(std::forward<decltype(message)>(message)); },
                   std::move(call));
    }
}

void Engine::setCallback(JobCallback *callback)
{
    m_delivery->setCallback(callback != nullptr ? callback : static_cast<JobCallback *>(this));
}

void Engine::setConnectivity(Connectivity connectivity)
{
    m_connectivity = connectivity;
    if (m_manager) {
        m_manager->setConnectivity(connectivity);
    }
}

void Engine::tellChanges(const JobIds &jobs)
{
    QList<JobSnapshot> snapshots;
    for (const JobId id : jobs) {
        if (const auto snapshot = m_manager->queries().snapshot(id)) {
            snapshots.append(*snapshot);
        }
    }
    if (!snapshots.isEmpty()) {
        Q_EMIT jobsChanged(snapshots);
    }
    const bool isAwake = m_manager->queries().settings().keepAwake && m_manager->isTransferring();
    if (std::exchange(m_isAwake, isAwake) != isAwake) {
        Q_EMIT awakeNeeded(isAwake);
    }
}

std::optional<JobSnapshot> Engine::Audience::job(JobId id) const
{
    return m_engine->m_manager->queries().snapshot(id);
}

void Engine::Audience::accepted(JobId id)
{
    m_engine->m_manager->acceptNotice(id, m_who);
}

QCoro::Task<Delivery> Engine::jobTransferred(JobSnapshot job)
{
    const auto id = m_delivery->noticeOf(job.id);
    Q_EMIT attention({.id = id.value_or(0), .kind = Attention::Kind::Transferred, .job = job});
    co_return Delivery::Refused; // until the message `accept` comes
}

QCoro::Task<Delivery> Engine::jobError(JobSnapshot job, JobError error)
{
    const auto id = m_delivery->noticeOf(job.id);
    Q_EMIT attention(
        {.id = id.value_or(0), .kind = Attention::Kind::Error, .job = job, .error = error});
    co_return Delivery::Refused;
}

QCoro::Task<Delivery> Engine::jobModified(JobSnapshot /*job*/)
{
    co_return Delivery::Accepted; // front ends have jobsChanged
}

} // namespace core
