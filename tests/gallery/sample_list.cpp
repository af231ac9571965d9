// SPDX-License-Identifier: Apache-2.0
#include "tests/gallery/sample_list.h"

#include <QTimeZone>

using namespace core;
using namespace std::chrono_literals;

namespace {

const QDateTime kNoon(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc());
constexpr qint64 kMB = 1'000'000;

JobSnapshot job(qint64 id, JobState state, const QString &name, const QString &url, qint64 done,
                std::optional<qint64> total)
{
    JobSnapshot made;
    made.id = JobId{id};
    made.state = state;
    made.name = name;
    made.folder = QStringLiteral("/home/anna/Downloads");
    made.firstUrl = QUrl(url);
    made.progress = {.bytesDone = done, .bytesTotal = total, .filesDone = 0, .filesTotal = 1};
    made.completeEffect = {
        .filesPartial = done > 0 ? 1 : 0, .bytesPartial = done, .filesMissing = done > 0 ? 0 : 1};
    made.bytesOnCancel = done;
    made.createdAt = kNoon.addSecs(-3600 * (20 - id));
    made.modifiedAt = kNoon;
    return made;
}

JobError error(Cause cause, int status, const JobSnapshot &about)
{
    JobError made;
    made.cause = cause;
    made.httpStatus = status;
    made.url = about.firstUrl;
    made.localPath = about.folder;
    made.fileBytesDone = about.progress.bytesDone;
    made.fileBytesTotal = about.progress.bytesTotal;
    made.jobBytesDone = about.progress.bytesDone;
    made.jobFilesDone = about.progress.filesDone;
    made.jobFilesTotal = about.progress.filesTotal;
    made.time = kNoon;
    return made;
}

JobSnapshot finished()
{
    JobSnapshot made = job(1, JobState::Acknowledged, QStringLiteral("ubuntu-24.04-desktop.iso"),
                           QStringLiteral("https://releases.example.org/ubuntu-24.04-desktop.iso"),
                           6'114 * kMB, 6'114 * kMB);
    made.progress.filesDone = 1;
    made.completeEffect = {.filesKept = 1, .bytesKept = 6'114 * kMB};
    made.transferredAt = kNoon.addSecs(-900);
    return made;
}

JobSnapshot active()
{
    JobSnapshot made =
        job(2, JobState::Transferring, QStringLiteral("Field recordings, winter 2025"),
            QStringLiteral("https://archive.example.org/recordings/disc-1.flac"), 4'100 * kMB,
            9'800 * kMB);
    made.progress.filesTotal = 12;
    made.progress.filesDone = 4;
    made.progress.filesFailed = 1;
    made.bytesPerSecond = 11'400'000;
    made.remaining = 8min + 20s;
    made.currentFile = QStringLiteral("disc-5.flac");
    return made;
}

JobSnapshot waiting()
{
    JobSnapshot made = job(5, JobState::TransientError, QStringLiteral("planet-260112.osm.pbf"),
                           QStringLiteral("https://maps.example.net/planet-260112.osm.pbf"),
                           31'200 * kMB, 86'300 * kMB);
    made.error = error(Cause::ServerBusy, 503, made);
    made.error->retryAfter = 5min;
    made.due = Due{kNoon.addSecs(300), 5min};
    made.troubleSince = kNoon.addSecs(-30);
    return made;
}

JobSnapshot stopped()
{
    JobSnapshot made = job(7, JobState::Error, QStringLiteral("lecture-07-signal-processing.mp4"),
                           QStringLiteral("https://media.example.edu/l/lecture-07.mp4?sig=9f2c"),
                           412 * kMB, 1'180 * kMB);
    made.error = error(Cause::Forbidden, 403, made);
    made.progress.filesFailed = 1;
    return made;
}

JobSnapshot obstructed()
{
    JobSnapshot made =
        job(9, JobState::Transferred, QStringLiteral("report-final.pdf"),
            QStringLiteral("https://intra.example.com/report-final.pdf"), 3 * kMB, 3 * kMB);
    made.progress.filesDone = 1;
    made.completeEffect = {.filesKept = 1, .bytesKept = 3 * kMB};
    made.obstacle = error(Cause::NameExists, 0, made);
    made.obstacle->step = Step::Publish;
    made.obstacle->localPath = QStringLiteral("/home/anna/Downloads/report-final.pdf");
    return made;
}

QList<JobSnapshot> uploads()
{
    JobSnapshot sending =
        job(11, JobState::Transferring, QStringLiteral("holidays-2025.mp4"),
            QStringLiteral("https://cloud.example.org/anna/"), 1'310 * kMB, 4'200 * kMB);
    sending.bytesPerSecond = 3'100'000;
    sending.remaining = 15min + 32s;
    JobSnapshot sent =
        job(12, JobState::Acknowledged, QStringLiteral("thesis.pdf"),
            QStringLiteral("https://cloud.example.org/anna/thesis.pdf"), 12 * kMB, 12 * kMB);
    sent.progress.filesDone = 1;
    QList<JobSnapshot> both{sending, sent};
    for (JobSnapshot &each : both) {
        each.type = JobType::Upload;
        each.folder = QStringLiteral("/home/anna/Videos");
    }
    return both;
}

} // namespace

QList<JobSnapshot> sampleList()
{
    QList<JobSnapshot> list{finished(), active()};
    JobSnapshot second = job(
        3, JobState::Transferring, QStringLiteral("blender-5.0-linux-x64.tar.xz"),
        QStringLiteral("https://mirror.example.org/blender-5.0.tar.xz"), 23 * kMB, std::nullopt);
    second.bytesPerSecond = 2'300'000;
    list.append(second);
    list.append(job(4, JobState::Connecting, QStringLiteral("debian-12.9.0-amd64-netinst.iso"),
                    QStringLiteral("https://cdimage.example.org/debian-12.9.0-amd64-netinst.iso"),
                    0, 663 * kMB));
    list.append(waiting());
    list.append(job(6, JobState::Suspended, QStringLiteral("photos-backup.zip"),
                    QStringLiteral("https://cloud.example.com/s/photos-backup.zip"), 780 * kMB,
                    2'050 * kMB));
    list.append(stopped());
    list.append(job(8, JobState::Queued, QStringLiteral("podcast-2026-01-14.opus"),
                    QStringLiteral("https://cast.example.fm/2026-01-14.opus"), 0, std::nullopt));
    list.append(obstructed());
    list.append(job(10, JobState::Cancelled, QStringLiteral("old-driver-setup.run"),
                    QStringLiteral("http://drivers.example.com/old-driver-setup.run"), 0,
                    std::nullopt));
    list += uploads();
    return list;
}

FilePage sampleFiles(JobId job)
{
    FilePage page;
    const auto add = [&](FileState state, const QString &name, qint64 done,
                         std::optional<qint64> size) {
        FileSnapshot file;
        file.id = {job, int(page.files.size())};
        file.state = state;
        file.name = name;
        file.url = QUrl(QStringLiteral("https://archive.example.org/recordings/") + name);
        file.bytesDone = done;
        file.sizeBytes = size;
        file.path = QStringLiteral("/home/anna/Downloads/") + name;
        page.files.append(file);
    };
    if (job == JobId{11}) {
        add(FileState::Active, QStringLiteral("holidays-2025.mp4"), 1'310 * kMB, 4'200 * kMB);
        page.total = 1;
        return page;
    }
    add(FileState::Whole, QStringLiteral("disc-1.flac"), 812 * kMB, 812 * kMB);
    add(FileState::Published, QStringLiteral("booklet.pdf"), 14 * kMB, 14 * kMB);
    add(FileState::Active, QStringLiteral("disc-5.flac"), 377 * kMB, 840 * kMB);
    page.files.last().priority = FilePriority::High;
    add(FileState::Waiting, QStringLiteral("disc-6.flac"), 120 * kMB, 795 * kMB);
    page.files.last().priority = FilePriority::Low;
    page.files.last().due = Due{kNoon.addSecs(40), 40s};
    add(FileState::Failed, QStringLiteral("disc-7.flac"), 0, std::nullopt);
    JobError missing;
    missing.cause = Cause::NotFound;
    missing.httpStatus = 404;
    missing.url = page.files.last().url;
    page.files.last().error = missing;
    add(FileState::Pending, QStringLiteral("disc-8.flac"), 0, std::nullopt);
    page.files.last().priority = FilePriority::High;
    add(FileState::Unwanted, QStringLiteral("disc-9.flac"), 90 * kMB, 801 * kMB);
    page.total = int(page.files.size());
    return page;
}

TimelinePage sampleTimeline()
{
    TimelinePage page;
    int seconds = -3600;
    const auto add = [&](const Happening &what, std::optional<int> file = std::nullopt) {
        page.entries.append(
            {.time = kNoon.addSecs(seconds += 37), .fileIndex = file, .what = what});
    };
    const QUrl url(QStringLiteral("https://archive.example.org/recordings/disc-5.flac"));
    const auto failed = [&](Cause cause, int status, auto nextTry) {
        JobError made = error(cause, status, active());
        made.url = url;
        made.fileBytesDone = 377 * kMB;
        made.fileBytesTotal = 840 * kMB;
        return happening::Failed{.error = made, .nextTry = nextTry};
    };
    const std::optional<std::chrono::milliseconds> soon(4s);
    add(happening::Added{.files = 12});
    add(happening::Decided{JobEvent::Resume, Decider::Person});
    add(happening::AttemptStarted{.attempt = 1, .offsetBytes = 0, .url = url}, 4);
    add(happening::StateChanged{JobState::Connecting, JobState::Transferring, JobEvent::FirstByte});
    add(failed(Cause::ConnectionLost, 206, soon), 4);
    add(happening::AttemptStarted{.attempt = 2, .offsetBytes = 377 * kMB, .url = url}, 4);
    add(failed(Cause::Forbidden, 403, std::optional<std::chrono::milliseconds>()), 4);
    add(happening::StateChanged{JobState::Transferring, JobState::Error, JobEvent::FailForGood});
    add(happening::FixApplied{QStringLiteral("NewLink")}, 4);
    add(happening::Decided{JobEvent::Suspend, Decider::Person});
    add(happening::AttemptEnded{AttemptEnd::Stopped, 512 * kMB}, 4);
    page.total = int(page.entries.size());
    page.next = page.total;
    return page;
}
