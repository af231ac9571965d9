// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/remote/engine_server.h"
#include "core/service/in_process_service.h"

namespace core {

/// An engine for the programs that connect to it. Stopped when this object goes, as an
/// InProcessService is. Runs what they command it to.
class ServedEngine final : public QObject {
    Q_OBJECT
public:
    struct Config {
        QString stateFolder;        ///< empty: StateFolder::defaultPath()
        Log *log = nullptr;         ///< outlives this
        Keyring *keyring = nullptr; ///< likewise; none: secrets are in memory only
    };
    explicit ServedEngine(const Config &config);

    /// Ready when it can be connected to.
    [[nodiscard]] QFuture<JobService::Started> start();

    /// Stops it, as InProcessService::close() does.
    [[nodiscard]] Ending close() { return m_service.close(); }

Q_SIGNALS:
    /// By nobody at the moment: it may end.
    void notNeeded();
    /// Somebody should be told something, and nobody is there who would tell.
    void unheard(const QStringList &desktop);

private:
    QString m_stateFolder;
    InProcessService m_service;
    EngineServer m_server;
};

} // namespace core
