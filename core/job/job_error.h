// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/cause.h"
#include "core/job/certificate.h"
#include "core/job/expected_hash.h"
#include "core/job/job_state.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QStringList>
#include <QUrl>

#include <tl/expected.hpp>

#include <chrono>
#include <optional>
#include <utility>

namespace core {

/// The context of an error in the sense of BITS / Delivery Optimization: RemoteFile exactly when
/// the final response for the file was HTTP 403, else None.
enum class ErrorContext { None, RemoteFile };
template <>
struct EnumRows<ErrorContext> {
    static constexpr std::array rows{
        EnumRow{ErrorContext::None, "None"},
        EnumRow{ErrorContext::RemoteFile, "RemoteFile"},
    };
};

/// What became of the login where a server wants one.
enum class SignIn {
    NotGiven,    ///< there was none for the origin that asked
    NotAccepted, ///< it was sent to that origin
    Unknown,     ///< none of the ways in which it may be sent is known
};
template <>
struct EnumRows<SignIn> {
    static constexpr std::array rows{
        EnumRow{SignIn::NotGiven, "NotGiven"},
        EnumRow{SignIn::NotAccepted, "NotAccepted"},
        EnumRow{SignIn::Unknown, "Unknown"},
    };
};

/// Why, beyond the cause, as far as the history of the file and of its server tells, or what stands
/// in its place.
enum class Reason {
    WantsReferer,       ///< the same request was answered once it named a page of the server
    WantsBrowser,       ///< the same request was answered once it named a browser
    TooManyConnections, ///< it was answered before, and now others are open to the same server
    OtherFile,          ///< a person has given the link since, and it leads to another file
    AddressChanged,     ///< it was answered while this computer had other addresses
    NotUnpackable,      ///< a person wants it unpacked, and what came is no whole sound packed file
    OfUnpacked,         ///< what came out of unpacking was compared (HashMismatch)
    IsFolder,           ///< what is to be sent (SourceNotAFile), or has the name (NotRegularFile)
    IsPipe,             ///< of what is to be sent, or a socket, as the two that follow
    IsDevice,
    IsMadeWhenRead, ///< reading it brings another number of bytes than it says it has
    SpeaksTls,      ///< it was asked over http, and speaks nothing but https there
    SpeaksNoTls,    ///< it was asked over https, and what it answers is no TLS (HandshakeFailed)
};
template <>
struct EnumRows<Reason> {
    static constexpr std::array rows{
        EnumRow{Reason::WantsReferer, "WantsReferer"},
        EnumRow{Reason::WantsBrowser, "WantsBrowser"},
        EnumRow{Reason::TooManyConnections, "TooManyConnections"},
        EnumRow{Reason::OtherFile, "OtherFile"},
        EnumRow{Reason::AddressChanged, "AddressChanged"},
        EnumRow{Reason::NotUnpackable, "NotUnpackable"},
        EnumRow{Reason::OfUnpacked, "OfUnpacked"},
        EnumRow{Reason::IsFolder, "IsFolder"},
        EnumRow{Reason::IsPipe, "IsPipe"},
        EnumRow{Reason::IsDevice, "IsDevice"},
        EnumRow{Reason::IsMadeWhenRead, "IsMadeWhenRead"},
        EnumRow{Reason::SpeaksTls, "SpeaksTls"},
        EnumRow{Reason::SpeaksNoTls, "SpeaksNoTls"},
    };
};

/// One header field, name first. Names compare without case (RFC 9110, 5.1).
using HeaderField = std::pair<QByteArray, QByteArray>;
using HeaderFields = QList<HeaderField>;

/// What was seen, for "Details" and for reports. Nothing is decided from it after the error was
/// made, and it passes redaction before anyone reads it.
struct Evidence {
    QList<QUrl> redirects;  ///< every hop after the first address, in order
    HeaderFields headers;   ///< of the final response
    int attempt = 0;        ///< which try of the file, from 1
    qint64 offsetBytes = 0; ///< where in the file it happened
    QString detail;         ///< for the log, in English; never shown as the sentence
    int osError = 0;        ///< errno, 0 when the system was not involved

    bool operator==(const Evidence &) const = default;
};

/// What happened, as a value made once, where it is understood. The store keeps it; the sentence a
/// person reads is made by explain() in core/words, in the language of the front end.
struct JobError {
    Cause cause = Cause::Internal;
    Step step = Step::Receive;
    JobType type = JobType::Download; ///< of the job
    int fileIndex = 0;
    QUrl url;                 ///< the address that gave the final answer
    QString localPath;        ///< the file or folder concerned, empty when none is
    quint64 device = 0;       ///< that the folder of the job is on; 0: not known
    int httpStatus = 0;       ///< 0 when no response arrived
    qint64 fileBytesDone = 0; ///< durable bytes of the file when it stopped
    std::optional<qint64> fileBytesTotal;
    /// Of an older form of the file, kept aside until this one is whole.
    qint64 fileBytesAside = 0;
    bool isWholeAside = false;       ///< that older form was all of the file
    std::optional<qint64> bytesSent; ///< of an upload: on their way when the connection went
    qint64 jobBytesDone = 0;         ///< durable bytes of the whole job
    int jobFilesDone = 0;
    int jobFilesTotal = 0;
    std::optional<qint64> bytesMissing;                  ///< how much room is needed (DiskFull)
    std::optional<std::chrono::milliseconds> retryAfter; ///< what the server asked for
    std::optional<SeenCertificate> certificate;          ///< the one that was refused
    QString pageTitle;            ///< of the web page that came instead of the file
    QString serverWords;          ///< what the server wrote of its refusal: plain, and short
    QUrl proxy;                   ///< that was on the way, without login; empty for none
    std::optional<SignIn> signIn; ///< of LoginRequired
    std::optional<Reason> reason;
    QString similarHost;     ///< of the list, spelt nearly as the one that cannot be found
    QString otherScheme;     ///< where a redirect leads, when not to http (BadRedirect)
    QStringList triedInVain; ///< names of repairs that brought the same cause again
    std::optional<ExpectedHash> wantedHash; ///< what the file was compared with (HashMismatch), or
                                            ///< will be, by the word of a person
    std::optional<ExpectedHash> foundHash;  ///< what it has, by the same algorithm
    QDateTime time;                         ///< UTC
    /// What the time was by the last Date that a server sent, where it is far from ours; else
    /// invalid. UTC.
    QDateTime serverTime;
    Evidence evidence;

    bool operator==(const JobError &) const = default;
};

/// RemoteFile exactly on HTTP 403 as the final response for the file.
[[nodiscard]] constexpr ErrorContext contextOf(int httpStatus)
{
    return httpStatus == 403 ? ErrorContext::RemoteFile : ErrorContext::None;
}

[[nodiscard]] inline ErrorContext contextOf(const JobError &error)
{
    // A proxy that refuses in its own name has not asked for the file.
    return error.cause == Cause::ProxyRefused ? ErrorContext::None : contextOf(error.httpStatus);
}

template <typename T = void>
using Result = tl::expected<T, JobError>;

} // namespace core

Q_DECLARE_METATYPE(core::JobError)
