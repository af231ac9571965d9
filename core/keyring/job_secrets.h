// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"

#include <optional>

namespace core {

/// What a job knows that nobody else may: what of its options is not stored. Not what came with a
/// command from the surroundings of a program.
struct JobSecrets {
    QDateTime createdAt; ///< of the job, so that no other of the same number gets them
    std::optional<Login> login;
    QList<LoginElsewhere> otherLogins;
    HeaderFields headers; ///< whose values are secret
    QUrl proxy;           ///< with its login; empty where that has none

    bool operator==(const JobSecrets &) const = default;
};

[[nodiscard]] JobSecrets secretsOf(const JobRecord &job);
/// Whether there is anything to keep.
[[nodiscard]] bool hasAny(const JobSecrets &secrets);
/// Gives them back to the job; what it has of its own by now counts.
void giveBack(const JobSecrets &secrets, JobOptions *options);

/// What of the job belongs into the keyring now; empty when it has ended or nobody wants it kept.
[[nodiscard]] JobSecrets secretsToKeep(const JobRecord &job);

/// As they are kept, as JSON.
[[nodiscard]] QString text(const JobSecrets &secrets);
/// The reverse; nothing for anything else.
[[nodiscard]] std::optional<JobSecrets> parseJobSecrets(const QString &text);

} // namespace core
