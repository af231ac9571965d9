// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/help.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"

#include <QList>

#include <array>

namespace cli {

namespace {

struct EventRow {
    const char *event;
    const char *keys;
    const char *meaning;
};

// clang-format off
constexpr std::array kEvents{
    EventRow{"state",
        "state type name priority queuePlace folder url page progress completeEffect bytesOnCancel currentFile bytesPerSecond remainingSeconds limitBytesPerSecond connections connectionsWanted connectionsBorne percentCompared due troubleSince error obstacle complete notifyCommand keepSecrets errorCount createdAt modifiedAt transferredAt",
        QT_TRANSLATE_NOOP("bhop", "A job as it is now: each one of list and show, and each change of its state while it is followed.")},
    EventRow{"file",
        "file state priority url name path bytesDone sizeBytes due error sizeSource",
        QT_TRANSLATE_NOOP("bhop", "A file of a job, of show.")},
    EventRow{"timeline",
        "time kind file text",
        QT_TRANSLATE_NOOP("bhop", "Something that happened to a job, of show; further keys belong to the kind.")},
    EventRow{"progress",
        "bytesDone bytesUnconfirmed bytesTotal filesDone filesTotal filesFailed filesCounted bytesPerSecond remainingSeconds",
        QT_TRANSLATE_NOOP("bhop", "How far a job is. None with --quiet.")},
    EventRow{"error",
        "context cause reason step httpStatus file name fileBytesDone fileBytesTotal bytesDone filesDone filesTotal explanation fixes certificate pageTitle serverWords proxy wantedHash foundHash",
        QT_TRANSLATE_NOOP("bhop", "A job is in Error and needs somebody: one line for each file that stopped; fixes has the repairs, the best first.")},
    EventRow{"transferred",
        "filesDone bytesDone",
        QT_TRANSLATE_NOOP("bhop", "Every file of a job is whole.")},
    EventRow{"completed",
        "kept partial missing skipped",
        QT_TRANSLATE_NOOP("bhop", "The files of a job have their names: which were kept, and where they are.")},
    EventRow{"cancelled", "",
        QT_TRANSLATE_NOOP("bhop", "A job was cancelled.")},
    EventRow{"check",
        "file verdict text server place problem",
        QT_TRANSLATE_NOOP("bhop", "What a job would meet, of check; problem, with the keys of error, is what would stop it.")},
    EventRow{"lonePart",
        "path name bytes",
        QT_TRANSLATE_NOOP("bhop", "An unfinished file that no job knows of, of adopt.")},
    EventRow{"notice",
        "text problem",
        QT_TRANSLATE_NOOP("bhop", "Something to know; problem, with the keys of error, where a job that is not in Error asks.")},
};
// clang-format on

} // namespace

QString jsonHelpText()
{
    QString help = Words::tr("With --json each line is one object. Each has \"event\" and \"job\", "
                             "the number of the job or null.\nWhat is not known is null. A newer "
                             "version may add keys and events.\n");
    for (const EventRow &row : kEvents) {
        help += u'\n' + QString::fromLatin1(row.event) + u'\n';
        help += QStringLiteral("  ") + Words::tr(row.meaning) + u'\n';
        const QString keys = QString::fromLatin1(row.keys);
        help += keys.isEmpty() ? QString() : QStringLiteral("  ") + keys + u'\n';
    }
    return help;
}

} // namespace cli
