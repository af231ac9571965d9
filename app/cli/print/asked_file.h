// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"

#include <QList>
#include <QString>

namespace cli {

/// A file that a job asks about.
struct AskedFile {
    core::JobError error;
    QString name;

    bool operator==(const AskedFile &) const = default;
};

/// What a job asks: the files that ask the same together. That of the job comes first.
using Questions = QList<QList<AskedFile>>;

[[nodiscard]] inline QList<core::JobError> errorsOf(const QList<AskedFile> &files)
{
    QList<core::JobError> errors;
    for (const AskedFile &file : files) {
        errors.append(file.error);
    }
    return errors;
}

} // namespace cli
