// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/refusal_reason.h"

#include "core/http/headers.h"
#include "core/http/web_page.h"
#include "core/remedy/link_expiry.h"
#include "core/remedy/reason.h"
#include "core/system/clock.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

bool hasAnswered(const DownloadFrame &frame)
{
    return !frame.file.held().isEmpty() || frame.file.facts().sizeBytes;
}

/// Whether it was refused, or not answered, while further connections of other files were open to
/// the server, which may bear no more. They make way then.
bool isCrowdedOut(const DownloadFrame &frame, const JobError &error)
{
    static constexpr std::array kRefusals{Cause::Forbidden, Cause::ServerBusy,
                                          Cause::ConnectionRefused, Cause::ConnectionLost};
    const int status = frame.exchange->head().status;
    return (status == 0 || status >= 400) &&
           std::ranges::find(kRefusals, error.cause) != kRefusals.end() &&
           frame.world.managers->hosts().hasFurther(originOf(frame.order.url));
}

/// What is told by what this server answered before.
std::optional<Reason> reasonByHistory(const DownloadFrame &frame)
{
    if (!hasAnswered(frame)) {
        return std::nullopt;
    }
    const DownloadOrder &order = frame.order;
    if (frame.world.managers->hosts().isServing(originOf(order.url))) {
        return Reason::TooManyConnections;
    }
    const bool hasMoved = frame.world.managers->answers().hasMovedSince(
        order.file.job, order.url, frame.world.clock->utcNow());
    return hasMoved ? std::optional(Reason::AddressChanged) : std::nullopt;
}

/// Whether the server sends the file when asked so.
QCoro::Task<bool> isAnsweredWith(DownloadFrame *frame, HeaderFields fields)
{
    ExchangeOrder asked{.job = frame->order.file.job,
                        .url = frame->order.url,
                        .options = frame->order.options,
                        .limits = frame->order.limits.exchange};
    asked.options.headers += fields;
    Exchange exchange(frame->world.clock, frame->world.managers, std::move(asked), frame->stop);
    const auto verdict = co_await exchange.verdict();
    const bool isAnswered = verdict && std::holds_alternative<Accepted>(*verdict) &&
                            hasContent(exchange.head()) &&
                            !isWebPageType(exchange.head().header("Content-Type"));
    exchange.end();
    co_return isAnswered;
}

/// Only once, and of a server that has never answered: it may count the requests of a stranger.
bool mayAskWhy(const DownloadFrame &frame)
{
    return frame.order.attempt == 1 && !hasAnswered(frame);
}

QCoro::Task<std::optional<Reason>> reasonByAsking(DownloadFrame *frame)
{
    static constexpr std::array kWants{Reason::WantsReferer, Reason::WantsBrowser};
    for (const Reason reason : kWants) {
        const HeaderFields fields = fieldsFor(reason, frame->order.url);
        const bool isGiven =
            fieldValue(frame->order.options.headers, fields.first().first).has_value();
        if (isGiven ||
            !frame->world.manners->takePlainRequest(frame->order.file, Cause::Forbidden)) {
            continue;
        }
        const bool isAnswered = co_await isAnsweredWith(frame, fields);
        if (isAnswered) {
            co_return reason;
        }
    }
    co_return std::nullopt;
}

} // namespace

QCoro::Task<AttemptOutcome> withReason(DownloadFrame *frame, AttemptOutcome outcome)
{
    auto *error = std::get_if<JobError>(&outcome);
    if (error == nullptr) {
        co_return outcome;
    }
    const bool isOneTooMany = isCrowdedOut(*frame, *error);
    if (isOneTooMany) {
        frame->world.managers->hosts().refusedFirst(originOf(frame->order.url));
    }
    if (error->cause != Cause::Forbidden) {
        co_return outcome;
    }
    JobError seen = *error;
    seen.time = frame->world.clock->utcNow();
    frame->exchange->describe(&seen);
    const bool isPlain = seen.cause == Cause::Forbidden && !isAboutRunOutLink(seen);
    if (!isPlain) {
        co_return outcome;
    }
    error->reason = reasonByHistory(*frame);
    if (!error->reason && isOneTooMany && frame->order.attempt == 1) {
        error->reason = Reason::TooManyConnections; // whether it was, the next attempt tells
    } else if (!error->reason && mayAskWhy(*frame)) {
        error->reason = co_await reasonByAsking(frame);
    }
    co_return outcome;
}

} // namespace core
