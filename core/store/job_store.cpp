// SPDX-License-Identifier: Apache-2.0
#include "core/store/job_store.h"

#include <QCoreApplication>

namespace core {

namespace {

QString sentence(StoreFault fault)
{
    switch (fault) {
    case StoreFault::CannotOpen:
        return QCoreApplication::translate(
            "Store", "The list of jobs in %1 cannot be opened. Check that you may write to it and "
                     "that its disk has room, or start with another --state-dir.");
    case StoreFault::Newer:
        return QCoreApplication::translate(
            "Store", "The list of jobs in %1 was made by a newer version of Bellhop. Update "
                     "Bellhop, or start with another --state-dir; nothing was changed.");
    case StoreFault::Damaged:
        return QCoreApplication::translate(
            "Store", "The list of jobs in %1 is damaged. Move that file away to begin with an "
                     "empty list, or start with another --state-dir; nothing was changed.");
    case StoreFault::Locked:
        return QCoreApplication::translate(
            "Store", "The list of jobs in %1 is in use by another program. Close that program, or "
                     "start with another --state-dir.");
    case StoreFault::CannotSave:
        return QCoreApplication::translate(
            "Store", "The list of jobs in %1 cannot be saved; what was saved before is safe. Make "
                     "room on its disk and check that you may write to it.");
    }
    Q_UNREACHABLE();
}

} // namespace

QString explain(const StoreError &error)
{
    return sentence(error.fault).arg(error.path);
}

const char *name(NoticeKind kind)
{
    switch (kind) {
    case NoticeKind::Error:
        return "Error";
    case NoticeKind::Transferred:
        return "Transferred";
    }
    Q_UNREACHABLE();
}

} // namespace core
