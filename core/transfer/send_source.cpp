// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/send_source.h"

#include "core/remedy/diagnose.h"
#include "core/transfer/remote_place.h"
#include "core/transfer/throttle.h"

namespace core {

namespace {

constexpr qint64 kTellEveryBytes = qint64(256) * 1024;
constexpr std::chrono::milliseconds kTellEvery{200};

/// Tells how far it is, not for every record.
std::function<void(qint64)> teller(UploadFrame *frame, qint64 first)
{
    return [frame, first, told = qint64(0), toldAt = BootTime()](qint64 bytes) mutable {
        const BootTime now = frame->world.clock->now();
        const bool isNews = bytes >= told + kTellEveryBytes || now - toldAt >= kTellEvery;
        if (isNews || bytes < told || first + bytes == frame->sizeBytes()) {
            told = bytes;
            toldAt = now;
            frame->events.sent(first + bytes);
        }
        if (first + bytes == frame->sizeBytes() && frame->allGiven) {
            frame->allGiven();
        }
    };
}

SourceBodyEvents eventsOf(UploadFrame *frame, qint64 first, const std::stop_source &cut)
{
    const auto admit = [frame](qint64 wanted) {
        Throttles *const throttles = frame->world.throttles;
        const FileId file = frame->order.file;
        const qint64 admitted = throttles->take(file, wanted, frame->world.clock->now());
        return std::pair(admitted, throttles->wait(file.job));
    };
    return {.given = teller(frame, first),
            .failed = [cut]() mutable { cut.request_stop(); },
            .admit = admit};
}

/// The request may have got through: only its answer is missing.
bool isWithoutAnswer(const JobError &error)
{
    return error.cause == Cause::ConnectionLost || error.cause == Cause::ServerSilent ||
           error.cause == Cause::NotHttp || error.cause == Cause::ProxyFailed;
}

} // namespace

QCoro::Task<StepResult<SendEnd>> sendSource(UploadFrame *frame, ExchangeOrder asked,
                                            ByteRange range)
{
    const std::stop_source cut; // by a person, or because the file can not be read on
    const std::stop_callback byPerson(frame->stop, [cut]() mutable { cut.request_stop(); });
    frame->exchange.reset();
    frame->body.reset(new SourceBody(frame->world.clock, frame->volume, frame->source, range,
                                     eventsOf(frame, range.first, cut)));
    ExchangeOrder withBody = asked;
    withBody.body = frame->body.get();
    frame->begin(std::move(withBody), cut.get_token());
    const auto verdict = co_await frame->exchange->verdict();
    if (const auto &failure = frame->body->failure()) {
        co_return endAttempt(diagnose(*failure));
    }
    if (verdict) {
        co_return SendEnd(*verdict);
    }
    const auto *error = std::get_if<JobError>(&verdict.error());
    if (error == nullptr || !isWithoutAnswer(*error)) {
        co_return endAttempt(outcomeOf(verdict.error()));
    }
    JobError lost = *error;
    lost.bytesSent = range.first + frame->body->pos();
    if (frame->body->isAllGiven() && range.sizeBytes() > 0) {
        frame->lost = lost;
        co_return SendEnd();
    }
    const auto reason = co_await askWhyRefused(frame, std::move(asked), range.sizeBytes());
    if (!reason) {
        co_return tl::unexpected(reason.error());
    }
    co_return endAttempt(lost);
}

} // namespace core
