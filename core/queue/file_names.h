// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/queue/job_totals.h"

namespace core {

/// The name of a file: as it is or will be, else as asked for, else from its address.
[[nodiscard]] QString displayName(const FileRecord &file);

/// The wanted name for a file without one, or, where another file of the job has it, the next
/// numbered one that is free among them: files of one job are siblings, none of which replaces
/// another.
[[nodiscard]] QString nameAmongSiblings(const JobTotals &siblings, int index,
                                        const QString &wanted);

/// The same for a name in place of the one that the file has.
[[nodiscard]] QString nameAmongOthers(const JobRecord &job, int index, const QString &wanted);

/// The same for the name that a server has given it just now. Where files before it in the job will
/// get that name by all that is known, it is left to them, so that numbers go by order and not by
/// who answers first; not looked for among very many.
[[nodiscard]] QString nameInTurn(const JobRecord &job, const JobTotals &siblings, int index,
                                 const QString &wanted);

/// Whether a file before it in the job has the name that this one would have, so that it will be
/// numbered; not looked for among very many.
[[nodiscard]] bool hasNamesakeBefore(const JobRecord &job, int index);

/// What the job is called once this file of it has that name: a job that was called after its first
/// file still is.
[[nodiscard]] QString jobNameAfter(const JobRecord &job, int index, const QString &fileName);

} // namespace core
