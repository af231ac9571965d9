// SPDX-License-Identifier: Apache-2.0
#include "core/remote/served_engine.h"

#include "core/store/state_folder.h"

namespace core {

ServedEngine::ServedEngine(const Config &config)
    : m_stateFolder(config.stateFolder.isEmpty() ? StateFolder::defaultPath() : config.stateFolder)
    , m_service({.stateFolder = m_stateFolder,
                 .run = RunPolicy::OnlyCommanded,
                 .log = config.log,
                 .keyring = config.keyring})
    , m_server(&m_service)
{
    connect(&m_server, &EngineServer::notNeeded, this, &ServedEngine::notNeeded);
    connect(&m_server, &EngineServer::unheard, this, &ServedEngine::unheard);
}

QFuture<JobService::Started> ServedEngine::start()
{
    auto promise = std::make_shared<QPromise<JobService::Started>>();
    promise->start();
    whenReady(m_service.start(), this, [this, promise](JobService::Started started) {
        if (started) {
            const QString problem = m_server.listen(m_stateFolder);
            if (!problem.isEmpty()) {
                started =
                    tl::unexpected(StartFailure(EngineError{EngineFault::CannotListen, problem}));
            }
        }
        promise->addResult(started);
        promise->finish();
    });
    return promise->future();
}

} // namespace core
