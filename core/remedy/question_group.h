// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"
#include "core/remedy/fix.h"

#include <QHashFunctions>
#include <QString>

#include <compare>

namespace core {

/// What one answer of a person settles: questions that are equal are put as one, whatever jobs and
/// files they come from. To be compared and shown to nobody.
struct QuestionGroup {
    Cause cause = Cause::Internal;
    QString about; ///< the server, proxy, certificate or folder concerned; empty for no one thing

    bool operator==(const QuestionGroup &) const = default;
    [[nodiscard]] friend bool operator<(const QuestionGroup &one, const QuestionGroup &other)
    {
        return one.cause != other.cause ? one.cause < other.cause : one.about < other.about;
    }
};

[[nodiscard]] inline size_t qHash(const QuestionGroup &group, size_t seed = 0)
{
    return qHashMulti(seed, int(group.cause), group.about);
}

/// The group of what went wrong in a job with this folder. Total over Cause.
[[nodiscard]] QuestionGroup questionGroupOf(const JobError &error, const QString &folder);
/// The group of the question of a job, see questionOf(). Nothing when it asks nothing.
[[nodiscard]] std::optional<QuestionGroup> questionGroupOf(const JobSnapshot &job);

/// The server of an address, as the repairs for one server name it.
[[nodiscard]] QString serverOf(const QUrl &url);

/// How far one repair of this kind reaches among the files of a group.
enum class Reach {
    All,      ///< it is the same for every file: a login, a folder, a decision
    EachFile, ///< every file needs one of its own: a link
    OneFile,  ///< makes sense for a single file only: its name, its checksum
};
[[nodiscard]] Reach reachOf(FixKind kind);

/// The repair addressed to this file, if it is one of those that name a file.
[[nodiscard]] Fix forFile(Fix fix, int fileIndex);

/// The repairs to offer for all of these errors together, best first; as fixesFor() for one. Not to
/// replace what is there where two are to go to one place: one would replace the other.
[[nodiscard]] QList<FixKind> fixesForAll(const QList<JobError> &errors);

} // namespace core
