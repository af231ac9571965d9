// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"
#include "core/remedy/catalogue.h"

#include <QByteArray>

#include <optional>

/// What an error comes to for a person and for a script, in one line that tables can hold: the
/// cause, the context, the exit status of `bhop`, and the repair that is offered first.
inline QByteArray asked(const std::optional<core::JobError> &error)
{
    if (!error) {
        return "nothing";
    }
    const QList<core::FixKind> fixes = core::fixesFor(*error);
    return QByteArray(core::name(error->cause)) + ' ' + core::name(core::contextOf(*error)) + ' ' +
           QByteArray::number(int(core::exitCodeFor(*error))) + ' ' +
           (fixes.isEmpty() ? "no fix" : core::name(fixes.first()));
}
