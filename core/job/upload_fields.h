// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_fields.h"
#include "core/job/upload_mark.h"

/// What is known of an upload, as the store keeps it.
namespace core {

template <>
struct Fields<SourceStamp> {
    static constexpr std::tuple table{
        Field{"sizeBytes", &SourceStamp::sizeBytes},
        Field{"modified", &SourceStamp::modified},
        Field{"fileId", &SourceStamp::fileId},
    };
};

template <>
struct Fields<RemoteCopy> {
    static constexpr std::tuple table{
        Field{"exists", &RemoteCopy::exists}, Field{"sizeBytes", &RemoteCopy::sizeBytes},
        Field{"etag", &RemoteCopy::etag},     Field{"lastModified", &RemoteCopy::lastModified},
        Field{"date", &RemoteCopy::date},
    };
};

template <>
struct Fields<UploadMark> {
    static constexpr std::tuple table{
        Field{"protocol", &UploadMark::protocol},       Field{"source", &UploadMark::source},
        Field{"proven", &UploadMark::proven},           Field{"before", &UploadMark::before},
        Field{"unanswered", &UploadMark::isUnanswered}, Field{"resource", &UploadMark::resource},
    };
};

} // namespace core
