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
        QString stateFolder; ///< empty: StateFolder::defaultPath()
        Log *log = nullptr;  ///< outlives this
    };
    explicit ServedEngine(const Config &config);

    /// Ready when it can be connected to.
    [[nodiscard]] QFuture<JobService::Started> start();

Q_SIGNALS:
    /// By nobody at the moment: it may end.
    void notNeeded();

private:
    QString m_stateFolder;
    InProcessService m_service;
    EngineServer m_server;
};

} // namespace core
