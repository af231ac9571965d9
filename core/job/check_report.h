// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"
#include "core/job/job_id.h"

#include <QMetaType>

#include <chrono>

namespace core {

/// What a server said when it was asked for what is missing of a file.
struct ServerFinding {
    /// By what the bytes that are here are known to be of the same version.
    enum class Proof {
        None,      ///< there are none, or nothing was compared
        Validator, ///< the server says so (RFC 9110, 13.1.5)
        Compared,  ///< the last of them came again and were equal
    };
    Proof proof = Proof::None;
    std::optional<qint64> sizeBytes; ///< of the whole file, as it is there
    qint64 bytesKept = 0;            ///< of what is here: what stays if the job goes on
    bool isWholeSent =
        false; ///< the server sends it from the start: what is here is compared on the way
    /// What is here was changed since it was claimed, or nothing tells: it is read again first, and
    /// what is not as it came is fetched again.
    bool isToBeReread = false;
    bool isPacked = false; ///< it comes in a coding: the size is that of what comes
    QUrl url;              ///< that answered, after all redirects
    /// Until the file is whole, at the pace that the job had last; absent where it had none.
    std::optional<std::chrono::seconds> remaining;

    bool operator==(const ServerFinding &) const = default;
};
template <>
struct EnumRows<ServerFinding::Proof> {
    static constexpr std::array rows{
        EnumRow{ServerFinding::Proof::None, "None"},
        EnumRow{ServerFinding::Proof::Validator, "Validator"},
        EnumRow{ServerFinding::Proof::Compared, "Compared"},
    };
};

/// What a server said when it was asked about the place that a file is to be sent to.
struct UploadFinding {
    enum class There {
        Unsaid,  ///< it does not say
        Nothing, ///< the name is free
        Other,   ///< a file that is to be replaced
        Part,    ///< of what is sent
        Whole,   ///< all of it
    };
    There there = There::Unsaid;
    qint64 sizeBytes = 0;         ///< of the local file
    qint64 bytesThere = 0;        ///< what of it is not sent again
    bool isFolderMissing = false; ///< as far as is seen: some servers need none
    bool isFolderToBeMade = false;
    QUrl url; ///< that answered

    bool operator==(const UploadFinding &) const = default;
};
template <>
struct EnumRows<UploadFinding::There> {
    static constexpr std::array rows{
        EnumRow{UploadFinding::There::Unsaid, "Unsaid"},
        EnumRow{UploadFinding::There::Nothing, "Nothing"},
        EnumRow{UploadFinding::There::Other, "Other"},
        EnumRow{UploadFinding::There::Part, "Part"},
        EnumRow{UploadFinding::There::Whole, "Whole"},
    };
};

/// What the folder of a job is like.
struct PlaceFinding {
    QString folder;
    bool isToBeMade = false;
    qint64 neededBytes =
        0; ///< what is still to come of the job on that drive, as far as it is known
    std::optional<qint64> freeBytes;
    QString fileName; ///< empty where none is known yet

    bool operator==(const PlaceFinding &) const = default;
};

/// So long the answer of a server is kept, for a Resume that asks for the same: servers give up
/// waiting after a minute or so. After that it is asked anew, and a link that works only once has
/// been used.
inline constexpr std::chrono::seconds kCheckKeptFor{30};

/// What Resume would meet with certain repairs. Nothing was changed to find it out, neither on the
/// disk nor in the job.
struct CheckReport {
    JobId job;
    int fileIndex = 0;
    std::optional<ServerFinding> server; ///< absent when it was not asked, or did not say
    std::optional<UploadFinding> upload; ///< of a job that sends, in its place
    std::optional<PlaceFinding> place;
    std::optional<JobError> problem; ///< the first that would stop the job
    /// The file is taken as it is: another checksum than the one given is only told of.
    bool isHashOnlyTold = false;

    bool operator==(const CheckReport &) const = default;
};

} // namespace core

Q_DECLARE_METATYPE(core::CheckReport)
