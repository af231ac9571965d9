// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_store.h"

#include "core/words/error_words.h"
#include "core/words/explain.h"

#include <QCoreApplication>

namespace core {

namespace {

QString storeSentence(StoreFault fault)
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
    return storeSentence(error.fault).arg(error.path);
}

QString explain(const RestoredList &restored)
{
    if (!restored.copyOf) {
        return QCoreApplication::translate(
                   "Store", "The list of jobs was damaged and has no good backup, so it has only "
                            "the jobs that could still be read; others may be missing, and the "
                            "damaged list was moved to %1.")
            .arg(restored.damagedPath);
    }
    const QString sentence =
        restored.savedJobs == 0
            ? QCoreApplication::translate(
                  "Store", "The list of jobs was damaged, so its backup from %1, %2, is used "
                           "instead; what was changed later is not in it, and the damaged list "
                           "was moved to %3.")
            : QCoreApplication::translate(
                  "Store",
                  "The list of jobs was damaged, so its backup from %1, %2, is used instead, with "
                  "the newer jobs that could still be read (%4); what else was changed later is "
                  "not in it, and the damaged list was moved to %3.")
                  .replace(QLatin1StringView("%4"), QString::number(restored.savedJobs));
    return sentence.arg(formatDay(*restored.copyOf), clockTime(*restored.copyOf),
                        restored.damagedPath);
}

QString explain(const StateFolderError &error)
{
    if (error.path.isEmpty()) {
        return QCoreApplication::translate(
            "Store", "Bellhop has no folder for its list of jobs, because HOME is not set. Set it, "
                     "or choose a folder with --state-dir.");
    }
    switch (error.fault) {
    case StateFolderFault::CannotCreate:
        return QCoreApplication::translate(
                   "Store", "Bellhop cannot use the state folder %1 (%2). Check that you may write "
                            "there, or choose another folder with --state-dir.")
            .arg(error.path, error.detail);
    case StateFolderFault::NotOurs:
        return QCoreApplication::translate(
                   "Store",
                   "Bellhop will not keep its state in %1: that folder belongs to somebody "
                   "else or is shared with others. Choose another folder with "
                   "--state-dir.")
            .arg(error.path);
    case StateFolderFault::InUse:
        return QCoreApplication::translate(
                   "Store", "Bellhop is already running with this state folder (%1). Close it "
                            "first, or use another folder with --state-dir.")
            .arg(error.path);
    }
    Q_UNREACHABLE();
}

} // namespace core
