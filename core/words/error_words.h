// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"
#include "core/remedy/fix.h"
#include "core/words/sentence.h"

namespace core {

/// What a sentence about an error may name: {host} {server} (with port) {address} {file} {target}
/// (its name there) {place}
/// {done} {sent} {total} {saved} {missing} {until} {since} {similar} {theirTime} {ourTime} {expiry}
/// {begin} {subject} {proxy} {title} {scheme}. Every value can be shown as it is; what is not known
/// reads "the server", "the file", "the folder".
[[nodiscard]] Fillings wordsOf(const JobError &error);

/// The two sentences of an error that depend on its cause, still to be translated and filled.
struct CauseSentences {
    const char *whatHappened;
    const char *whatToDo;
};

/// Where an error tells more than its cause does.
[[nodiscard]] std::optional<CauseSentences> exacterSentencesFor(const JobError &error);

/// Those of an upload, where the ones about fetching would be wrong.
[[nodiscard]] std::optional<CauseSentences> uploadSentencesFor(const JobError &error);
[[nodiscard]] const char *uploadLabelOf(FixKind kind, const JobError &error);
[[nodiscard]] const char *uploadEffectOf(FixKind kind, const JobError &error);
/// That the repair was made; nullptr where the words about fetching will do.
[[nodiscard]] const char *uploadMadeSentence(FixKind kind);
[[nodiscard]] QString whatIsSafeOfUpload(const JobError &error);

[[nodiscard]] CauseSentences sentencesOfCause(Cause cause);
/// Those of the cause, or a more exact pair where the error tells more than its cause.
[[nodiscard]] CauseSentences sentencesFor(const JobError &error);

/// That a repair was made, for the timeline, without a full stop; still to be translated.
[[nodiscard]] const char *madeSentence(FixKind kind);

/// What to do about it: as usual or, where that was tried and would bring the same once more, the
/// first of the repairs offered that was not. With what was tried, if anything was.
[[nodiscard]] QString adviceFor(const JobError &error, const char *usual,
                                const QList<FixKind> &offered,
                                QString (*labelOf)(FixKind, const JobError &));

/// What is accepted as it is may have another checksum than the one given.
[[nodiscard]] QString hashOnlyTold();
/// The effect of a repair with that, where it is so.
[[nodiscard]] QString withHash(const QString &effect, FixKind kind, const JobError &error);

/// Why something is tried again, without a full stop: "Connection lost".
[[nodiscard]] QString waitingReason(const JobError &error);

/// Time of day where the program runs, "14:05".
[[nodiscard]] QString clockTime(const QDateTime &utc);
/// The same, with its day where that is another one than it is now.
[[nodiscard]] QString clockTime(const QDateTime &utc, const QDateTime &nowUtc);

/// "24.0 of 40.0 MB", or "980 kB of 1.2 MB" where the units differ.
[[nodiscard]] QString amountOf(qint64 done, qint64 total);

} // namespace core
