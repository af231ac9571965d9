// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/job/upload_fields.h"

/// The members of what is stored in columns of its own, by the names they have in the program.
namespace core {

template <>
struct Fields<Validator> {
    static constexpr std::tuple table{
        Field{"etag", &Validator::etag},
        Field{"lastModified", &Validator::lastModified},
        Field{"date", &Validator::date},
    };
};

template <>
struct Fields<PartIdentity> {
    static constexpr std::tuple table{
        Field{"path", &PartIdentity::path},
        Field{"device", &PartIdentity::device},
        Field{"inode", &PartIdentity::inode},
    };
};

template <>
struct Fields<OlderPart> {
    static constexpr std::tuple table{
        Field{"part", &OlderPart::part},
        Field{"bytes", &OlderPart::bytes},
        Field{"whole", &OlderPart::isWhole},
    };
};

template <>
struct Fields<PartStamp> {
    static constexpr std::tuple table{
        Field{"sizeBytes", &PartStamp::sizeBytes},
        Field{"modifiedNs", &PartStamp::modifiedNs},
    };
};

template <>
struct Fields<PartSeal> {
    static constexpr std::tuple table{
        Field{"hashes", &PartSeal::hashes},
        Field{"stamp", &PartSeal::stamp},
    };
};

template <>
struct Fields<FileRecord> {
    static constexpr std::tuple table{
        Field{"spec", &FileRecord::spec},
        Field{"state", &FileRecord::state},
        Field{"priority", &FileRecord::priority},
        Field{"name", &FileRecord::name},
        Field{"sizeBytes", &FileRecord::sizeBytes},
        Field{"sizeSource", &FileRecord::sizeSource},
        Field{"validator", &FileRecord::validator},
        Field{"promisedHash", &FileRecord::promisedHash},
        Field{"durable", &FileRecord::durable},
        Field{"seal", &FileRecord::seal},
        Field{"part", &FileRecord::part},
        Field{"upload", &FileRecord::upload},
        Field{"superseded", &FileRecord::superseded},
        Field{"publishedPath", &FileRecord::publishedPath},
        Field{"existing", &FileRecord::existing},
        Field{"acceptance", &FileRecord::acceptance},
        Field{"error", &FileRecord::error},
        Field{"due", &FileRecord::due},
        Field{"failures", &FileRecord::failures},
    };
};

template <>
struct Fields<Untold> {
    static constexpr std::tuple table{
        Field{"frontEnds", &Untold::frontEnds},
        Field{"command", &Untold::command},
    };
};

template <>
struct Fields<JobRecord> {
    static constexpr std::tuple table{
        Field{"id", &JobRecord::id},
        Field{"type", &JobRecord::type},
        Field{"state", &JobRecord::state},
        Field{"name", &JobRecord::name},
        Field{"priority", &JobRecord::priority},
        Field{"folder", &JobRecord::folder},
        Field{"options", &JobRecord::options},
        Field{"files", &JobRecord::files},
        Field{"error", &JobRecord::error},
        Field{"obstacle", &JobRecord::obstacle},
        Field{"errorCount", &JobRecord::errorCount},
        Field{"createdAt", &JobRecord::createdAt},
        Field{"modifiedAt", &JobRecord::modifiedAt},
        Field{"transferredAt", &JobRecord::transferredAt},
        Field{"untold", &JobRecord::untold},
        Field{"connectionsBorne", &JobRecord::connectionsBorne},
        Field{"servedAs", &JobRecord::servedAs},
    };
};

} // namespace core
