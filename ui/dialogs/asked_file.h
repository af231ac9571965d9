// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"
#include "core/remedy/question_group.h"

namespace ui {

/// One file that stopped its job, as a question names it.
struct AskedFile {
    core::FileId id;
    core::JobError error;
    QString name;  ///< never empty
    QString label; ///< the name, and what tells the file from others of the question that have it
    QString jobName;

    bool operator==(const AskedFile &) const = default;
};

/// One question and the files that one answer to it is for, in order of job and file.
struct AskedQuestion {
    core::QuestionGroup group;
    QList<AskedFile> files;
    int untoldFiles = 0; ///< that are of it, but too many to be listed

    bool operator==(const AskedQuestion &) const = default;
};

[[nodiscard]] inline QList<core::JobError> errorsOf(const QList<AskedFile> &files)
{
    QList<core::JobError> errors;
    errors.reserve(files.size());
    for (const AskedFile &file : files) {
        errors.append(file.error);
    }
    return errors;
}

} // namespace ui
