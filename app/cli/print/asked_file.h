// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace cli {

/// A file that a job asks about.
struct AskedFile {
    core::JobError error;
    QString name;

    bool operator==(const AskedFile &) const = default;
};

[[nodiscard]] inline QList<core::JobError> errorsOf(const QList<AskedFile> &files)
{
    QList<core::JobError> errors;
    for (const AskedFile &file : files) {
        errors.append(file.error);
    }
    return errors;
}

[[nodiscard]] inline QStringList namesOf(const QList<AskedFile> &files)
{
    QStringList names;
    for (const AskedFile &file : files) {
        names.append(file.name);
    }
    return names;
}

} // namespace cli
