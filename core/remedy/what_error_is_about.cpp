// SPDX-License-Identifier: Apache-2.0
#include "core/http/headers.h"
#include "core/remedy/catalogue.h"

#include <algorithm>
#include <array>

// What an error is about beyond its cause.

namespace core {

std::optional<UploadProtocol> protocolInstead(const JobError &error)
{
    if (error.cause != Cause::UploadNotTaken) {
        return std::nullopt;
    }
    if (isAboutTus(error)) {
        return UploadProtocol::Put;
    }
    const bool speaksTus = fieldValue(error.evidence.headers, "Tus-Version") ||
                           fieldValue(error.evidence.headers, "Tus-Resumable");
    return speaksTus ? std::optional(UploadProtocol::Tus) : std::nullopt;
}

bool isAboutTus(const JobError &error)
{
    return error.cause == Cause::UploadNotTaken && error.step == Step::Prepare;
}

bool isAboutNameOfFolder(const JobError &error)
{
    return error.cause == Cause::NameTooLong && error.step == Step::Prepare;
}

bool isUnpackable(const JobError &error)
{
    static constexpr std::array<QByteArrayView, 3> kUndone{"gzip", "x-gzip", "deflate"};
    QByteArrayList codings;
    for (const char *field : {"Content-Encoding", "Transfer-Encoding"}) {
        const auto value = fieldValue(error.evidence.headers, field);
        codings += value.value_or(QByteArray()).toLower().replace(' ', "").split(',');
    }
    codings.removeAll(QByteArray());
    codings.removeAll("chunked"); // the transport has undone it
    return error.cause == Cause::EncodedAnswer && codings.size() == 1 &&
           std::ranges::find(kUndone, QByteArrayView(codings.first())) != kUndone.end();
}

bool isNoticeOnly(const JobError &error)
{
    return error.cause == Cause::BadAnswer && error.httpStatus >= 100 && error.httpStatus < 200;
}

bool isWithoutFields(const JobError &error)
{
    return error.cause == Cause::BadAnswer && error.httpStatus == 200 &&
           error.evidence.headers.isEmpty();
}

bool isAboutOlderForm(const JobError &error)
{
    const auto fixes = catalogueRow(error.cause).fixes;
    return error.isWholeAside && std::ranges::find(fixes, FixKind::Accept) == fixes.end();
}

bool isAboutPart(const JobError &error)
{
    return error.cause == Cause::NoPermission &&
           error.localPath.endsWith(QLatin1StringView(".part"));
}

} // namespace core
