// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/source_digest.h"

#include "core/disk/volumes.h"
#include "core/remedy/diagnose.h"

#include <QCoroFuture>

namespace core {

namespace {

QFuture<DiskResult<QByteArray>> startDigest(const UploadFrame &frame, ByteRange range,
                                            ExpectedHash::Algorithm algorithm)
{
    const QString folder = frame.order.path.first(frame.order.path.lastIndexOf(u'/') + 1);
    return frame.world.volumes->runLong<QByteArray>(
        folder, [source = frame.source, range, algorithm, stop = frame.stop] {
            return digestSource(source, range, algorithm, stop);
        });
}

} // namespace

QCoro::Task<StepResult<QByteArray>> digestOfSource(UploadFrame *frame, ByteRange range,
                                                   ExpectedHash::Algorithm algorithm)
{
    const auto working = startDigest(*frame, range, algorithm);
    const auto digest = co_await working;
    if (frame->stop.stop_requested()) {
        co_return endAttempt(Stopped{});
    }
    if (!digest) {
        co_return endAttempt(diagnose(digest.error()));
    }
    co_return *digest;
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
