// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/dialogs/sample_jobs.h"

#include "core/remedy/catalogue.h"

#include <QTimeZone>

using namespace core;

namespace {

constexpr qint64 kMega = 1'000'000;

constexpr qint64 kFileBytes = 9800 * kMega;
constexpr qint64 kPartBytes = 4100 * kMega;
constexpr qint64 kWholeBytes = 7200 * kMega; ///< of the two files that are done
constexpr qint64 kJobBytes = 31'000 * kMega;

struct CauseSample {
    Cause cause;
    Step step;
    int httpStatus; ///< 0 where no answer came
    int osError;
};

// clang-format off
constexpr std::array kSamples{
    CauseSample{Cause::Forbidden,         Step::Receive, 403, 0},
    CauseSample{Cause::NotFound,          Step::Receive, 404, 0},
    CauseSample{Cause::LoginRequired,     Step::Receive, 401, 0},
    CauseSample{Cause::RemoteChanged,     Step::Receive, 200, 0},
    CauseSample{Cause::RangeRefused,      Step::Receive, 206, 0},
    CauseSample{Cause::NameNotFound,      Step::Connect, 0,   0},
    CauseSample{Cause::ConnectionRefused, Step::Connect, 0,   111},
    CauseSample{Cause::DiskFull,          Step::Write,   206, 28},
    CauseSample{Cause::NoPermission,      Step::Prepare, 0,   13},
    CauseSample{Cause::FolderMissing,     Step::Prepare, 0,   2},
    CauseSample{Cause::NameExists,        Step::Publish, 0,   17},
    CauseSample{Cause::WebPageInstead,    Step::Receive, 200, 0},
    CauseSample{Cause::NetworkSignIn,     Step::Receive, 511, 0},
    CauseSample{Cause::InsecureRedirect,  Step::Receive, 302, 0},
    CauseSample{Cause::Untrusted,         Step::Connect, 0,   0},
    CauseSample{Cause::CertificateExpired, Step::Connect, 0,  0},
    CauseSample{Cause::CertificateNotYetValid, Step::Connect, 0, 0},
    CauseSample{Cause::CertificateOfOtherHost, Step::Connect, 0, 0},
    CauseSample{Cause::CertificateChanged, Step::Connect, 0,  0},
    CauseSample{Cause::HandshakeFailed,   Step::Connect, 0,   0},
    CauseSample{Cause::ProxyUnreachable,  Step::Connect, 0,   0},
    CauseSample{Cause::ProxyLoginRequired, Step::Connect, 407, 0},
    CauseSample{Cause::ProxyFailed,       Step::Connect, 0,   0},
    CauseSample{Cause::ProxyRefused,      Step::Connect, 0,   0},
    CauseSample{Cause::HashMismatch,      Step::Verify,  200, 0},
};
// clang-format on

bool isAboutCertificate(Cause cause)
{
    return cause >= Cause::Untrusted && cause <= Cause::CertificateChanged;
}

bool isAboutProxy(Cause cause)
{
    return cause >= Cause::ProxyUnreachable && cause <= Cause::ProxyRefused;
}

SeenCertificate certificateFor(Cause cause)
{
    SeenCertificate seen{
        .sha256Hex = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        .subject = QStringLiteral("downloads.example.org"),
        .issuer = QStringLiteral("downloads.example.org"),
        .names = {QStringLiteral("downloads.example.org")},
        .notBefore = QDateTime(QDate(2025, 3, 2), QTime(9, 30), QTimeZone::utc()).toUTC(),
        .notAfter = QDateTime(QDate(2027, 3, 2), QTime(9, 30), QTimeZone::utc()).toUTC()};
    if (cause != Cause::Untrusted) {
        seen.issuer = QStringLiteral("Example Trust Services R4");
    }
    if (cause == Cause::CertificateExpired) {
        seen.notAfter = QDateTime(QDate(2025, 12, 24), QTime(9, 30), QTimeZone::utc()).toUTC();
    }
    if (cause == Cause::CertificateNotYetValid) {
        seen.notBefore = QDateTime(QDate(2026, 2, 1), QTime(9, 30), QTimeZone::utc()).toUTC();
    }
    if (cause == Cause::CertificateOfOtherHost) {
        seen.subject = QStringLiteral("*.hosting.example.net");
        seen.names = {seen.subject,
                      QStringLiteral("hosting.example.net"),
                      QStringLiteral("shop.example.com"),
                      QStringLiteral("www.example.com"),
                      QStringLiteral("mail.example.com"),
                      QStringLiteral("news.example.com")};
    }
    return seen;
}

/// What came with the answer, where one came.
void addAnswerOf(const CauseSample &sample, JobError *error)
{
    if (sample.httpStatus == 0) {
        return;
    }
    const bool isPage = sample.httpStatus >= 300;
    const bool isRest = sample.httpStatus == 206;
    const qint64 length = isPage ? 153 : kFileBytes - (isRest ? kPartBytes : 0);
    error->httpStatus = sample.httpStatus;
    error->evidence.redirects = {QUrl(QStringLiteral("https://mirror.example.net/f?token=abc"))};
    error->evidence.headers = {{"Server", "nginx"},
                               {"Set-Cookie", "sid=secret"},
                               {"Content-Length", QByteArray::number(length)}};
}

void addEvidenceOf(Cause cause, JobError *error)
{
    if (isAboutCertificate(cause)) {
        error->certificate = certificateFor(cause);
    }
    if (isAboutProxy(cause)) {
        error->proxy = QUrl(QStringLiteral("http://proxy.example.org:3128"));
    }
    if (cause == Cause::WebPageInstead) {
        error->pageTitle = QStringLiteral("Sign in – Example Cloud");
    }
    if (cause == Cause::HashMismatch) {
        error->localPath = QStringLiteral("/media/archive/recordings/field-recordings-3.tar.xz");
        error->wantedHash = parseExpectedHash(
            u"sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae");
        error->foundHash = parseExpectedHash(
            u"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    }
}

JobError errorOf(Cause cause)
{
    CauseSample sample{cause, Step::Receive, 0, 0};
    for (const CauseSample &row : kSamples) {
        sample = row.cause == cause ? row : sample;
    }
    JobError error{.cause = cause, .step = sample.step};
    error.evidence.osError = sample.osError;
    error.fileIndex = 2;
    error.url =
        QUrl(QStringLiteral("https://downloads.example.org/images/2026/field-recordings-3.tar.xz"
                            "?key=8a1f&sig=c0ffee"));
    if (catalogueRow(cause).scope == Scope::Job && sample.osError != 0) {
        error.localPath = QStringLiteral("/media/archive/recordings");
    }
    const bool isWhole = sample.step == Step::Verify || sample.step == Step::Publish;
    error.fileBytesDone = isWhole ? kFileBytes : kPartBytes;
    error.fileBytesTotal = kFileBytes;
    error.jobBytesDone = kWholeBytes + error.fileBytesDone;
    error.jobFilesDone = 2;
    error.jobFilesTotal = 5;
    error.time = QDateTime(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc()).toUTC();
    error.evidence.attempt = 3;
    error.evidence.offsetBytes = error.fileBytesDone;
    addAnswerOf(sample, &error);
    if (cause == Cause::DiskFull) {
        error.bytesMissing = kFileBytes - kPartBytes;
    }
    addEvidenceOf(cause, &error);
    return error;
}

} // namespace

JobSnapshot stoppedJob(Cause cause)
{
    JobSnapshot job;
    job.id = {7};
    job.state = JobState::Error;
    job.name = QStringLiteral("Field recordings");
    job.folder = QStringLiteral("/media/archive/recordings");
    job.error = errorOf(cause);
    job.progress = {.bytesDone = job.error->jobBytesDone,
                    .bytesTotal = kJobBytes,
                    .filesDone = 2,
                    .filesTotal = 5,
                    .filesFailed = 1};
    job.completeEffect = {.filesKept = 2,
                          .bytesKept = kWholeBytes,
                          .filesPartial = 1,
                          .bytesPartial = job.error->fileBytesDone,
                          .filesMissing = 2};
    job.bytesOnCancel = job.progress.bytesDone;
    return job;
}

JobSnapshot stoppedBeforeTheFirstByte(Cause cause)
{
    JobSnapshot job = stoppedJob(cause);
    job.name = QStringLiteral("field-recordings-3.tar.xz");
    job.progress = {
        .bytesDone = 0, .bytesTotal = {}, .filesDone = 0, .filesTotal = 1, .filesFailed = 1};
    job.completeEffect = {.filesMissing = 1};
    job.bytesOnCancel = 0;
    job.error->fileIndex = 0;
    job.error->fileBytesDone = 0;
    job.error->fileBytesTotal.reset();
    job.error->bytesMissing.reset();
    job.error->jobBytesDone = 0;
    job.error->jobFilesDone = 0;
    job.error->jobFilesTotal = 1;
    job.error->evidence.attempt = 1;
    job.error->evidence.offsetBytes = 0;
    job.error->evidence.redirects.clear();
    job.error->evidence.headers.clear();
    return job;
}

JobSnapshot jobWithNameTaken()
{
    JobSnapshot job = stoppedJob(Cause::NameExists);
    job.state = JobState::Transferred;
    job.obstacle = std::exchange(job.error, std::nullopt);
    job.obstacle->localPath = QStringLiteral("/media/archive/recordings/field-recordings-3.tar.xz");
    job.obstacle->jobBytesDone = kJobBytes;
    job.obstacle->jobFilesDone = 5;
    job.progress = {.bytesDone = kJobBytes,
                    .bytesTotal = kJobBytes,
                    .filesDone = 5,
                    .filesTotal = 5,
                    .filesFailed = 0};
    job.completeEffect = {.filesKept = 5, .bytesKept = kJobBytes};
    job.bytesOnCancel = kJobBytes;
    return job;
}

JobSnapshot stoppedUpload(Cause cause)
{
    JobSnapshot job = stoppedJob(cause);
    job.type = JobType::Upload;
    job.name = QStringLiteral("Weekly backup");
    job.progress = {.bytesDone = kPartBytes,
                    .bytesTotal = kFileBytes,
                    .filesDone = 0,
                    .filesTotal = 1,
                    .filesFailed = 1};
    job.completeEffect = {.filesPartial = 1, .bytesPartial = kPartBytes};
    job.error->type = JobType::Upload;
    job.error->jobBytesDone = kPartBytes;
    job.error->fileIndex = 0;
    job.error->jobFilesDone = 0;
    job.error->jobFilesTotal = 1;
    return job;
}

JobSnapshot stoppedFilm(qint64 id, Cause cause)
{
    JobSnapshot job = stoppedJob(cause);
    job.id = {id};
    job.name = QStringLiteral("film-%1.mp4").arg(id);
    job.progress = {.bytesDone = kMega, .bytesTotal = 4 * kMega, .filesTotal = 1, .filesFailed = 1};
    job.completeEffect = {.filesPartial = 1, .bytesPartial = kMega};
    job.bytesOnCancel = kMega;
    job.error->fileIndex = 0;
    job.error->fileBytesDone = job.error->jobBytesDone = kMega;
    job.error->fileBytesTotal = 4 * kMega;
    job.error->jobFilesDone = 0;
    job.error->jobFilesTotal = 1;
    job.error->url = QUrl(QStringLiteral("https://films.example.org/old/") + job.name);
    return job;
}

QList<JobSnapshot> stoppedFilms(int count, Cause cause)
{
    QList<JobSnapshot> jobs;
    for (int id = 1; id <= count; ++id) {
        jobs.append(stoppedFilm(id, cause));
    }
    return jobs;
}

QList<FileSnapshot> failedFilesOf(JobSnapshot *job)
{
    job->progress.filesFailed = 3;
    QList<FileSnapshot> files;
    for (int index = 0; index < 5; ++index) {
        FileSnapshot file{.id = {job->id, index},
                          .state = index < 2 ? FileState::Whole : FileState::Failed,
                          .url = {},
                          .name = QStringLiteral("part-%1.tar").arg(index)};
        if (index >= 2) {
            file.error = *job->error;
            file.error->fileIndex = index;
        }
        if (index == 4) {
            file.error->cause = Cause::HashMismatch;
        }
        files.append(file);
    }
    return files;
}
