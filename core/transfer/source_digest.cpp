// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/source_digest.h"

#include "core/disk/volumes.h"
#include "core/remedy/diagnose.h"

#include <QCoroFuture>

#include <algorithm>
#include <cerrno>

namespace core {

namespace {

/// After so much it is told how far it is.
constexpr qint64 kStepBytes = qint64(32) * 1024 * 1024;

using Digest = std::shared_ptr<MessageDigest>;

QFuture<DiskResult<>> startDigest(const UploadFrame &frame, ByteRange range, const Digest &digest)
{
    const QString folder = frame.order.path.first(frame.order.path.lastIndexOf(u'/') + 1);
    return frame.world.volumes->runLong<void>(
        folder, [source = frame.source, range, digest, stop = frame.stop] {
            return digestSource(source, range, digest.get(), stop);
        });
}

/// Reads the range step by step.
QCoro::Task<StepResult<>> addAll(UploadFrame *frame, ByteRange range, Digest digest)
{
    const bool isWholeFile = range.sizeBytes() == frame->sizeBytes();
    for (qint64 at = range.first; at < range.end; at += kStepBytes) {
        if (isWholeFile) {
            frame->events.compared(int(at * 100 / range.sizeBytes()));
        }
        const ByteRange step{at, std::min(at + kStepBytes, range.end)};
        const auto working = startDigest(*frame, step, digest);
        const auto added = co_await working;
        if (frame->stop.stop_requested()) {
            co_return endAttempt(Stopped{});
        }
        if (!added) {
            co_return endAttempt(diagnose(added.error()));
        }
    }
    co_return StepResult<>();
}

/// The policy of the system forbids the algorithm.
JobError cannotDigest(const UploadFrame &frame)
{
    return diagnose(
        DiskError{.step = Step::Prepare, .osError = ENOTSUP, .path = frame.source->path});
}

} // namespace

QCoro::Task<StepResult<QByteArray>> digestOfSource(UploadFrame *frame, ByteRange range,
                                                   ExpectedHash::Algorithm algorithm)
{
    const auto digest = std::make_shared<MessageDigest>(algorithm);
    const auto added = co_await addAll(frame, range, digest);
    frame->events.compared(std::nullopt);
    if (!added) {
        co_return tl::unexpected(added.error());
    }
    const QByteArray result = digest->result();
    if (result.isEmpty()) {
        const JobError error = cannotDigest(*frame);
        co_return endAttempt(error);
    }
    co_return result;
}

QCoro::Task<StepResult<bool>> hasDigest(UploadFrame *frame, ExpectedHash stated)
{
    const auto digest = co_await digestOfSource(frame, {0, frame->sizeBytes()}, stated.algorithm);
    if (!digest) {
        co_return tl::unexpected(digest.error());
    }
    co_return digest->toHex() == stated.digestHex;
}

} // namespace core
