// SPDX-License-Identifier: Apache-2.0
#include "core/log/timeline_line.h"

#include "core/job/json_codec.h"

namespace core {

namespace {

QString errorText(const JobError &error)
{
    QString text =
        QStringLiteral("%1 while in step %2, status %3, %4 bytes done")
            .arg(QLatin1StringView(name(error.cause)), QLatin1StringView(name(error.step)),
                 QString::number(error.httpStatus), QString::number(error.fileBytesDone));
    if (error.evidence.osError != 0) {
        text += QStringLiteral(", errno %1").arg(error.evidence.osError);
    }
    if (!error.evidence.detail.isEmpty()) {
        text += QStringLiteral(" (%1)").arg(error.evidence.detail);
    }
    return text;
}

struct Line {
    QString operator()(const happening::Added &what) const
    {
        return QStringLiteral("%1 files added").arg(what.files);
    }
    QString operator()(const happening::StateChanged &what) const
    {
        return QStringLiteral("%1 -> %2 by %3")
            .arg(QLatin1StringView(name(what.from)), QLatin1StringView(name(what.to)),
                 QLatin1StringView(name(what.event)));
    }
    QString operator()(const happening::AttemptStarted &what) const
    {
        return QStringLiteral("attempt %1 from byte %2 at %3")
            .arg(QString::number(what.attempt), QString::number(what.offsetBytes),
                 publicUrl(what.url));
    }
    QString operator()(const happening::AttemptEnded &what) const
    {
        return QStringLiteral("attempt ended: %1, %2 bytes done")
            .arg(QLatin1StringView(name(what.end)), QString::number(what.bytesDone));
    }
    QString operator()(const happening::Rechecked &what) const
    {
        return QStringLiteral("part read again, %1 bytes to be fetched again, %2 of them missing")
            .arg(what.bytes)
            .arg(what.missingBytes);
    }
    QString operator()(const happening::Noted &what) const
    {
        return QStringLiteral("noted: %1 of %2")
            .arg(QLatin1StringView(name(what.note)), what.fileName);
    }
    QString operator()(const happening::Failed &what) const
    {
        const QString next = what.nextTry
                                 ? QStringLiteral("next try in %1 ms").arg(what.nextTry->count())
                                 : QStringLiteral("no further try");
        return QStringLiteral("failed, %1: %2").arg(next, errorText(what.error));
    }
    QString operator()(const happening::FixApplied &what) const
    {
        return QStringLiteral("fix applied: %1").arg(what.fix);
    }
    QString operator()(const happening::Decided &what) const
    {
        return QStringLiteral("%1 decided by %2")
            .arg(QLatin1StringView(name(what.command)), QLatin1StringView(name(what.by)));
    }
    QString operator()(const happening::Fetched &what) const
    {
        return QStringLiteral("%1 files fetched in one go each, %2 bytes")
            .arg(what.files)
            .arg(what.bytes);
    }
    QString operator()(const happening::FilesChosen &what) const
    {
        return QStringLiteral("%1 files left out, %2 wanted after all")
            .arg(what.leftOut)
            .arg(what.takenIn);
    }
    QString operator()(const happening::Completed &what) const
    {
        const QString counts = QStringLiteral("completed: %1 kept, %2 partial, %3 missing")
                                   .arg(what.kept)
                                   .arg(what.partial)
                                   .arg(what.missing);
        return what.obstacle ? counts + QStringLiteral("; obstacle: ") + errorText(*what.obstacle)
                             : counts;
    }
};

} // namespace

QString logLine(JobId job, const TimelineEntry &entry)
{
    const QString where =
        entry.fileIndex ? QStringLiteral("job %1 file %2").arg(text(job)).arg(*entry.fileIndex + 1)
                        : QStringLiteral("job %1").arg(text(job));
    return where + QStringLiteral(": ") + std::visit(Line{}, entry.what);
}

} // namespace core
