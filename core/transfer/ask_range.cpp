// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/ask_range.h"

#include "core/http/file_name.h"
#include "core/http/web_page.h"
#include "core/system/clock.h"
#include "core/transfer/exchange/first_bytes.h"
#include "core/transfer/exchange/page_guard.h"
#include "core/transfer/exchange/peek_body.h"

#include <QCoroFuture>

#include <algorithm>
#include <array>

namespace core {

namespace {

/// Whoever stands between us and all servers shows the same page in place of each.
void seeWhosePage(DownloadFrame *frame, JobError *page)
{
    const QByteArray begin = frame->exchange->readBody(kSniffedBytes);
    const bool isOfNetwork = frame->world.managers->answers().isPageOfNetwork(
        frame->order.url, frame->exchange->head().url, begin, frame->world.clock->utcNow());
    if (isOfNetwork) {
        page->cause = Cause::NetworkSignIn;
        page->evidence.detail = QStringLiteral("the same page in place of several servers");
    }
}

QCoro::Task<StepResult<>> refusePage(DownloadFrame *frame)
{
    if (frame->order.target.acceptance != Acceptance::Checked) {
        co_return StepResult<>();
    }
    const QString &name = frame->file.facts().name;
    const QString expected = name.isEmpty() ? fileNameFrom(frame->order.url) : name;
    const auto file = co_await refuseWebPage(frame->exchange.get(), expected,
                                             frame->file.held().isEmpty() ? Begun::No : Begun::Yes);
    if (file) {
        co_return StepResult<>();
    }
    AttemptOutcome outcome = outcomeOf(file.error());
    if (auto *page = std::get_if<JobError>(&outcome)) {
        seeWhosePage(frame, page);
    }
    co_return endAttempt(outcome);
}

/// A server that speaks only TLS at its port often says so in the page of a 400.
QCoro::Task<std::optional<Reason>> reasonInPage(DownloadFrame *frame)
{
    static constexpr std::array kPhrases{"sent to https port", "ssl-enabled server port",
                                         "http request to an https server"};
    const ResponseHead &head = frame->exchange->head();
    if (head.status != 400 || head.url.scheme() != u"http") {
        co_return std::nullopt;
    }
    const QByteArray begin = co_await peekBody(frame->exchange.get(), kSniffedBytes);
    const QByteArray page = begin.toLower();
    const bool isOfTls = std::ranges::any_of(
        kPhrases, [&page](const char *phrase) { return page.contains(phrase); });
    co_return isOfTls ? std::optional(Reason::SpeaksTls) : std::nullopt;
}

/// A page to sign in is no other version of the file.
QCoro::Task<StepResult<>> refuse(DownloadFrame *frame, Unusable verdict)
{
    const auto file = co_await refusePage(frame);
    if (!file) {
        co_return file;
    }
    const auto reason = co_await reasonInPage(frame);
    JobError error{.cause = verdict.cause, .step = Step::Receive, .reason = reason};
    error.retryAfter = verdict.retryAfter;
    error.otherScheme = verdict.otherScheme;
    error.evidence.detail = verdict.detail;
    co_return endAttempt(error);
}

/// Asked only when it happens again, and of a server that never answered: one more request is no
/// burden then.
bool mayBeNoWebServer(const DownloadFrame &frame, const JobError &error)
{
    return error.cause == Cause::ConnectionLost && error.httpStatus == 0 && error.proxy.isEmpty() &&
           error.url.scheme() == u"http" && frame.order.attempt > 1 &&
           frame.file.held().isEmpty() && !frame.file.facts().sizeBytes;
}

QCoro::Task<QByteArray> answerTo(DownloadFrame *frame, QUrl url, QByteArray words)
{
    const FirstBytes answer(frame->world.clock, url, words, frame->stop);
    const auto coming = answer.coming();
    co_return co_await coming;
}

/// The error of a request that got no answer. What speaks another protocol looks like a lost
/// connection to the transport.
QCoro::Task<AttemptOutcome> explained(DownloadFrame *frame, AttemptOutcome outcome)
{
    auto *error = std::get_if<JobError>(&outcome);
    if (error == nullptr) {
        co_return outcome;
    }
    JobError seen = *error;
    frame->exchange->describe(&seen);
    if (!mayBeNoWebServer(*frame, seen)) {
        co_return outcome;
    }
    const QByteArray request = headRequest(seen.url);
    QByteArray first = co_await answerTo(frame, seen.url, request);
    if (first.isEmpty() && frame->order.attempt == 2) { // to what is no TLS, some say nothing
        const QByteArray greeting = clientHello();
        first = co_await answerTo(frame, seen.url, greeting);
    }
    if (isBeginOfTls(first)) {
        error->reason = Reason::SpeaksTls;
    }
    if (!first.isEmpty() && !isBeginOfHttp(first)) {
        error->cause = Cause::NotHttp;
        error->step = Step::Receive;
        error->evidence.detail = QStringLiteral("what came is no HTTP");
    }
    co_return outcome;
}

/// Remembers how the server took to the request that has brought a body. One without a byte says
/// nothing of it.
void learnManner(const DownloadFrame &frame, const BodyPlan &plan)
{
    const bool isPart = frame.exchange->head().status == 206;
    if ((frame.asksPlainly && plan.endByte != 0) || isPart) {
        frame.world.manners->learn(frame.order.file.job, frame.order.url,
                                   isPart ? RangeManner::Bears : RangeManner::Refuses);
    }
    frame.world.managers->answers().served(frame.order.file.job, frame.order.url,
                                           frame.world.clock->utcNow());
}

/// Whether what is mostly true whatever is asked, that a file is not there for instance, may be
/// owed to the Range all the same: until it was not, some times, at this server.
bool isWorthDoubt(const DownloadFrame &frame, Cause cause)
{
    const RangeManners &manners = *frame.world.manners;
    const DownloadOrder &order = frame.order;
    return !frame.asksPlainly && manners.of(order.file.job, order.url) != RangeManner::Bears &&
           !manners.isPlainInVain(order.file.job, order.url, cause);
}

/// Whether the file has a byte after all, asked for plainly. That it has none is remembered.
bool isEmptyPerhaps(DownloadFrame *frame, const BodyPlan &plan)
{
    if (plan.sizeBytes != 0 || isWorthDoubt(*frame, Cause::EmptyAnswer)) {
        return plan.sizeBytes == 0;
    }
    frame->world.manners->plainInVain(frame->order.file.job, frame->order.url, Cause::EmptyAnswer);
    return false;
}

/// Whether a request without Range may bring what this one did not. What passes by itself is first
/// tried again as it was, and only where the server is not known to bear ranges.
bool mayBeOfRange(const DownloadFrame &frame, const JobError &error)
{
    static constexpr std::array kOften{400, 403, 405, 406, 412, 417, 501};
    const DownloadOrder &order = frame.order;
    const ResponseHead &head = frame.exchange->head();
    const bool happensAgain =
        order.attempt > 1 && !error.retryAfter &&
        frame.world.manners->of(order.file.job, order.url) != RangeManner::Bears;
    const bool isDoubted = isWorthDoubt(frame, error.cause);
    switch (error.cause) {
    case Cause::RangeRefused:
    case Cause::BadAnswer:
        return true;
    case Cause::RemoteChanged: // so it is if the bytes differ, not if only the validator does
        return head.status == 206 && error.step == Step::Receive;
    case Cause::ConnectionLost:
        return head.status == 0 && happensAgain;
    case Cause::ServerBusy:
    case Cause::ServerFailed:
        return happensAgain;
    case Cause::LoginRequired:
        return isDoubted && !loginFor(order.options, order.url, head.url);
    case Cause::NotFound:
    case Cause::Gone:
    case Cause::EmptyAnswer:
        return isDoubted;
    default:
        return !error.reason && (std::ranges::find(kOften, head.status) != kOften.end() ||
                                 (error.cause == Cause::RequestRejected && isDoubted));
    }
}

} // namespace

QCoro::Task<StepResult<ResponseVerdict>> askForRange(DownloadFrame *frame, OpenRange range)
{
    frame->ask(askFor(frame->known(), range.first, range.end));
    const auto verdict = co_await frame->exchange->verdict();
    if (!verdict) {
        const AttemptOutcome outcome = outcomeOf(verdict.error());
        const AttemptOutcome end = co_await explained(frame, outcome);
        co_return endAttempt(end);
    }
    if (const auto *unusable = std::get_if<Unusable>(&*verdict)) {
        const auto refused = co_await refuse(frame, *unusable);
        co_return endAttempt(refused.error());
    }
    if (const auto *plan = std::get_if<BodyPlan>(&*verdict)) {
        if (isEmptyPerhaps(frame, *plan)) {
            co_return endAttempt(Cause::EmptyAnswer, Step::Receive,
                                 QStringLiteral("an empty file to a request with Range"));
        }
        learnManner(*frame, *plan);
        const auto file = co_await refusePage(frame);
        if (!file) {
            co_return endAttempt(file.error());
        }
    }
    co_return *verdict;
}

bool isAskedPlainly(DownloadFrame *frame, const AttemptOutcome &outcome)
{
    const auto *error = std::get_if<JobError>(&outcome);
    const bool isAsked = error != nullptr && !frame->asksPlainly && mayBeOfRange(*frame, *error) &&
                         frame->world.manners->takePlainRequest(frame->order.file, error->cause);
    frame->asksPlainly = frame->asksPlainly || isAsked;
    return isAsked;
}

void notePlainAnswer(DownloadFrame *frame, const AttemptOutcome &outcome)
{
    if (const auto *error = std::get_if<JobError>(&outcome)) {
        frame->world.manners->plainInVain(frame->order.file.job, frame->order.url, error->cause);
    }
}

} // namespace core
