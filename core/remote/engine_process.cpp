// SPDX-License-Identifier: Apache-2.0
#include "core/remote/engine_process.h"

#include "core/remote/envelope.h"

#include <QProcess>

namespace core {

namespace {

/// No failure: it is there.
struct StartReport {
    std::optional<StartFailure> failure;
};

} // namespace

template <>
struct Fields<StartReport> {
    static constexpr std::tuple table{Field{"failure", &StartReport::failure}};
};

QByteArray startReport(const JobService::Started &started)
{
    const auto failure = started ? std::nullopt : std::optional(started.error());
    return toText(StartReport{failure}) + '\n';
}

std::optional<JobService::Started> readStartReport(const QByteArray &line)
{
    const auto report = fromText<StartReport>(line);
    if (!report) {
        return std::nullopt;
    }
    return report->failure ? JobService::Started(tl::unexpected(*report->failure))
                           : JobService::Started(Done{});
}

QFuture<JobService::Started> startEngineProcess(const QString &program, const QString &stateFolder,
                                                QObject *context)
{
    auto promise = std::make_shared<QPromise<JobService::Started>>();
    promise->start();
    auto *process = new QProcess(context);
    const auto answer = [process, promise](const QString &problem) {
        if (process->isOpen()) {
            const auto report = readStartReport(process->readAllStandardOutput());
            promise->addResult(report.value_or(
                tl::unexpected(StartFailure(EngineError{EngineFault::CannotStart, problem}))));
            promise->finish();
            process->close();
            process->deleteLater();
        }
    };
    QObject::connect(process, &QProcess::finished, context, [answer] { answer({}); });
    QObject::connect(process, &QProcess::errorOccurred, context, [process, answer] {
        if (process->error() == QProcess::FailedToStart) {
            answer(process->errorString());
        }
    });
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardErrorFile(QProcess::nullDevice());
    process->start(program, {QStringLiteral("engine"), QStringLiteral("--background"),
                             QStringLiteral("--state-dir"), stateFolder});
    return promise->future();
}

} // namespace core
