// SPDX-License-Identifier: Apache-2.0
// What the engine does about the keyring.
#include "core/service/engine.h"

#include "core/system/when_ready.h"

namespace core {

namespace {

constexpr auto kSecretsSource = "keyring";

QString idsText(const JobIds &jobs)
{
    QStringList ids;
    for (const JobId id : jobs) {
        ids += text(id);
    }
    return ids.join(QStringLiteral(", "));
}

} // namespace

void Engine::secretsCame(JobId job, const std::optional<JobSecrets> &secrets)
{
    m_manager->takeSecrets(job, secrets);
    if (secrets) {
        m_secrets->keep(job, m_manager->queries().secretsToKeep(job));
    }
}

void Engine::secretsGone(JobId job)
{
    m_manager->secretsGone(job);
}

void Engine::secretsNotRead(KeyringState why, const JobIds &jobs)
{
    m_log->write(LogLevel::Warning, kSecretsSource,
                 QStringLiteral("%1: nothing is had of the jobs %2")
                     .arg(QLatin1StringView(name(why)), idsText(jobs)));
    Q_EMIT notice(notice::SecretsNotRead{why, jobs});
}

void Engine::secretsNotKept(KeyringState why, JobId job)
{
    m_log->write(LogLevel::Warning, kSecretsSource,
                 QStringLiteral("%1: nothing is kept of job %2")
                     .arg(QLatin1StringView(name(why)), text(job)));
    Q_EMIT notice(notice::SecretsNotKept{why, {job}});
}

void Engine::handle(Call<message::Keyring> call)
{
    if (m_config.keyring == nullptr) {
        call.reply.answer(KeyringState::Missing);
        return;
    }
    whenReady(m_config.keyring->state(), this,
              [reply = box(std::move(call.reply))](KeyringState state) { reply->answer(state); });
}

} // namespace core
