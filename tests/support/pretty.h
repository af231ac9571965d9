// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/cause.h"
#include "core/job/job_record.h"
#include "core/job/job_state.h"

#include <QTest>

/// So that QCOMPARE prints "Queued", not 1.
namespace core {

inline char *toString(JobState state)
{
    return qstrdup(name(state));
}

inline char *toString(JobEvent event)
{
    return qstrdup(name(event));
}

inline char *toString(Cause cause)
{
    return qstrdup(name(cause));
}

inline char *toString(FileState state)
{
    return qstrdup(name(state));
}

} // namespace core
