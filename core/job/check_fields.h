// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/check_report.h"
#include "core/job/job_fields.h"

/// What a check found, as JSON.
namespace core {

template <>
struct Fields<ServerFinding> {
    static constexpr std::tuple table{
        Field{"proof", &ServerFinding::proof},
        Field{"size", &ServerFinding::sizeBytes},
        Field{"kept", &ServerFinding::bytesKept},
        Field{"wholeSent", &ServerFinding::isWholeSent},
        Field{"toBeReread", &ServerFinding::isToBeReread},
        Field{"packed", &ServerFinding::isPacked},
        Field{"url", &ServerFinding::url},
        Field{"remainingSeconds", &ServerFinding::remaining},
    };
};

template <>
struct Fields<UploadFinding> {
    static constexpr std::tuple table{
        Field{"there", &UploadFinding::there},
        Field{"size", &UploadFinding::sizeBytes},
        Field{"kept", &UploadFinding::bytesThere},
        Field{"folderMissing", &UploadFinding::isFolderMissing},
        Field{"folderToBeMade", &UploadFinding::isFolderToBeMade},
        Field{"url", &UploadFinding::url},
    };
};

template <>
struct Fields<PlaceFinding> {
    static constexpr std::tuple table{
        Field{"folder", &PlaceFinding::folder},      Field{"toBeMade", &PlaceFinding::isToBeMade},
        Field{"needed", &PlaceFinding::neededBytes}, Field{"free", &PlaceFinding::freeBytes},
        Field{"name", &PlaceFinding::fileName},
    };
};

template <>
struct Fields<CheckReport> {
    static constexpr std::tuple table{
        Field{"job", &CheckReport::job},
        Field{"file", &CheckReport::fileIndex, fields::kFileIndex},
        Field{"server", &CheckReport::server},
        Field{"upload", &CheckReport::upload},
        Field{"place", &CheckReport::place},
        Field{"problem", &CheckReport::problem},
        Field{"hashOnlyTold", &CheckReport::isHashOnlyTold},
    };
};

} // namespace core
