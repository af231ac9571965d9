// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/job/refusal.h"

namespace core {

/// A new record for this order, in Suspended and without an id, or why there can be none. Every
/// value is looked at as if it came from a stranger; nothing is touched on disk or network.
[[nodiscard]] Answer<JobRecord> admit(const JobSpec &spec, const QDateTime &nowUtc);

/// Whether an address was given without its scheme ("//host/path"): https is tried, and http if
/// that is not to be had.
[[nodiscard]] bool isSchemeToBeFound(const QUrl &url);

/// A file to be added to a job of that type.
[[nodiscard]] Answer<FileRecord> admit(const FileSpec &spec, JobType type);
/// How many files a job of that type may have.
[[nodiscard]] constexpr int maxFilesOf(JobType type)
{
    return type == JobType::Upload ? 1 : kMaxFilesPerJob;
}

/// As they may be sent.
[[nodiscard]] Answer<HeaderFields> admitHeaders(const HeaderFields &fields);
/// Usable, or empty: as the environment says.
[[nodiscard]] Answer<QUrl> admitProxy(const QUrl &proxy);
/// With its fingerprint as it is compared: lower case, without colons.
[[nodiscard]] Answer<TrustedCertificate> admitCertificate(TrustedCertificate certificate);
/// Absolute and clean; whether it exists is seen when it is used.
[[nodiscard]] Answer<QString> admitFolder(const QString &folder);
[[nodiscard]] Answer<QString> admitName(const QString &fileName);
/// The name of a local file that is to be sent: whatever the system lets it be called, as long as
/// it can be told to people.
[[nodiscard]] Answer<QString> admitSourceName(const QString &fileName);

/// Why one with more is refused.
[[nodiscard]] constexpr RefusalKind tooManyFor(JobType type)
{
    return type == JobType::Upload ? RefusalKind::OneFilePerUpload : RefusalKind::TooManyFiles;
}

} // namespace core
