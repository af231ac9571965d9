// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_spec.h"

#include <QStringList>

namespace core {

/// The name to order a job with: its own, or, where it has none and several files, the first of
/// them and how many more: "a.iso and 2 more". Empty for one file: the engine calls the job after
/// it.
[[nodiscard]] QString orderedName(const JobSpec &spec);

/// A file that a question is about, among others.
struct FileInQuestion {
    QString jobName;
    QString folder; ///< of the job
    QString name;
    JobError error;
};

/// What to call each of them, in their order: its name and, where another one of a job of that name
/// has it too, what tells them apart. That is the folder, else where they come from or go to, else
/// a number, that in the job where that will do: "a.iso, number 3".
[[nodiscard]] QStringList toldApart(const QList<FileInQuestion> &files);

} // namespace core
