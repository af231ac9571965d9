// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/stored_copy.h"

#include "core/http/http_date.h"
#include "core/transfer/source_digest.h"

namespace core {

namespace {

bool isOther(const RemoteCopy &before, const RemoteCopy &now)
{
    return before.exists != now.exists || before.sizeBytes != now.sizeBytes ||
           before.etag != now.etag || before.lastModified != now.lastModified;
}

/// By the clock of the server, which alone tells when a file of its own was made.
bool isMadeSince(const RemoteCopy &before, const RemoteCopy &now)
{
    const auto asked = parseHttpDate(before.date);
    const auto made = parseHttpDate(now.lastModified);
    return asked && made && *made >= *asked;
}

bool hasOtherTag(const RemoteCopy &before, const RemoteCopy &now)
{
    return !before.etag.isEmpty() && !now.etag.isEmpty() && before.etag != now.etag;
}

} // namespace

QCoro::Task<StepResult<Stored>> whatIsStored(UploadFrame *frame, std::optional<RemoteCopy> now)
{
    const auto before = frame->mark.before;
    const bool isNew =
        frame->mark.isUnanswered && before && now && now->exists && isOther(*before, *now);
    if (!isNew) {
        co_return Stored::Nothing;
    }
    if (now->sizeBytes.value_or(frame->sizeBytes()) != frame->sizeBytes()) {
        co_return Stored::Differs;
    }
    if (const auto stated = promisedHash(frame->exchange->head())) {
        const auto isSame = co_await hasDigest(frame, *stated);
        if (!isSame) {
            co_return tl::unexpected(isSame.error());
        }
        co_return *isSame ? Stored::Ours : Stored::OfSomeone;
    }
    co_return isMadeSince(*before, *now) || hasOtherTag(*before, *now) ? Stored::Ours
                                                                       : Stored::OfSomeone;
}

} // namespace core
