// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

namespace core {

/// Runs `program engine --background`, which says in a line on its standard output whether an
/// engine for the state folder can be connected to, and leaves it behind. Answers on this thread,
/// not at all when the context has gone.
[[nodiscard]] QFuture<JobService::Started>
startEngineProcess(const QString &program, const QString &stateFolder, QObject *context);

/// That line.
[[nodiscard]] QByteArray startReport(const JobService::Started &started);
/// The reverse; nothing for anything else.
[[nodiscard]] std::optional<JobService::Started> readStartReport(const QByteArray &line);

} // namespace core
