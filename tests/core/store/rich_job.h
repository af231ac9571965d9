// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/job_store.h"

#include <QDateTime>
#include <QTimeZone>

/// Records in which every field has a value of its own, so that one that is forgotten is noticed.
namespace rich {

inline const QDateTime kTime(QDate(2026, 2, 3), QTime(4, 5, 6, 789), QTimeZone::utc());

inline core::JobError error(core::Cause cause, int fileIndex)
{
    core::JobError error;
    error.cause = cause;
    error.step = core::Step::Write;
    error.fileIndex = fileIndex;
    error.type = core::JobType::Upload;
    error.url = QUrl(QStringLiteral("https://mirror.example/final%20name?x=1&y=%C3%A4"));
    error.localPath = QStringLiteral("/home/anna/Größe/a b.part");
    error.device = 2049;
    error.httpStatus = 403;
    error.fileBytesDone = 4'100'000'000;
    error.fileBytesTotal = 9'800'000'000;
    error.fileBytesAside = 5'000;
    error.isWholeAside = true;
    error.bytesSent = 4'100'000'001;
    error.jobBytesDone = 5'000'000'001;
    error.jobFilesDone = 1;
    error.jobFilesTotal = 2;
    error.bytesMissing = 5'700'000'000;
    error.retryAfter = std::chrono::milliseconds(90'500);
    error.certificate = core::SeenCertificate{
        .sha256Hex = QByteArray(64, 'c'),
        .subject = QStringLiteral("mirror.example"),
        .issuer = QStringLiteral("Example Authority"),
        .names = {QStringLiteral("mirror.example"), QStringLiteral("*.example")},
        .notBefore = kTime.addYears(-1),
        .notAfter = kTime.addYears(1)};
    error.serverWords = QStringLiteral("Only photos");
    error.pageTitle = QStringLiteral("Sign in \u2013 <b>example</b>");
    error.signIn = core::SignIn::NotAccepted;
    error.reason = core::Reason::AddressChanged;
    error.similarHost = QStringLiteral("mirrors.example");
    error.serverTime = kTime.addDays(2);
    error.otherScheme = QStringLiteral("magnet");
    error.triedInVain = {QStringLiteral("Retry")};
    error.proxy = QUrl(QStringLiteral("socks5://proxy.example:1080"));
    error.wantedHash = core::ExpectedHash{core::ExpectedHash::Algorithm::Sha1, QByteArray(40, 'd')};
    error.foundHash = core::ExpectedHash{core::ExpectedHash::Algorithm::Sha1, QByteArray(40, 'e')};
    error.time = kTime.addMSecs(17);
    error.evidence.redirects = {QUrl(QStringLiteral("http://a.example/1")),
                                QUrl(QStringLiteral("https://b.example/2?q=%2F"))};
    error.evidence.headers = {{"Server", "nginx"}, {"X-Cache", "a, \"b\""}, {"X-Cache", "twice"}};
    error.evidence.attempt = 3;
    error.evidence.offsetBytes = 4'099'999'999;
    error.evidence.detail = QStringLiteral("pwrite: \"no room\" \\ \u2013 ENOSPC\n");
    error.evidence.osError = 28;
    return error;
}

inline core::FileRecord plainFile(int index)
{
    core::FileRecord file;
    file.spec.url = QUrl(QStringLiteral("https://files.example/pub/%1.iso").arg(index));
    file.name = QStringLiteral("%1.iso").arg(index);
    file.sizeBytes = 1'000'000 + index;
    file.durable = core::RangeSet::prefix(500'000);
    file.part = {QStringLiteral("/srv/downloads/%1.iso.part").arg(index), 2049,
                 1'000'000ULL + quint64(index)};
    file.validator.etag = "\"abc-123\"";
    return file;
}

inline core::FileRecord fullFile()
{
    core::FileRecord file = plainFile(0);
    file.spec.url = QUrl(QStringLiteral("https://files.example:8443/a%20b/%C3%BC.iso?k=v&w=%26"));
    file.spec.name = QStringLiteral("Übersicht 1.iso");
    file.spec.hash = core::ExpectedHash{core::ExpectedHash::Algorithm::Sha1, QByteArray(40, 'b')};
    file.state = core::FileState::Waiting;
    file.priority = core::FilePriority::Low;
    file.name = QStringLiteral("Übersicht 1 (2).iso");
    file.sizeBytes = 9'800'000'000;
    file.sizeSource = core::SizeSource::Counted;
    file.validator = {"W/\"v1\"", "Tue, 03 Feb 2026 04:05:06 GMT", "Tue, 03 Feb 2026 05:00:00 GMT"};
    file.durable.insert({4'000'000'000, 5'000'000'000});
    file.seal.hashes.insert({{0, 1'000}, ~quint64(0)});
    file.seal.stamp = core::PartStamp{5'000'000'000, 1'770'091'506'123'456'789};
    file.part = {QStringLiteral("/srv/downloads/Übersicht 1.iso.part"), ~quint64(0),
                 quint64(1) << 63};
    file.upload = {.protocol = core::UploadProtocol::Tus,
                   .source = core::SourceStamp{1'000'000, QStringLiteral("1770091506.123456789"),
                                               QStringLiteral("2049:17")},
                   .proven =
                       core::ExpectedHash{core::ExpectedHash::Algorithm::Sha1, QByteArray(40, '7')},
                   .before = core::RemoteCopy{true, 7, "\"old\"", "Tue, 03 Feb 2026 04:05:06 GMT",
                                              "Wed, 04 Feb 2026 04:05:06 GMT"},
                   .isUnanswered = true,
                   .resource = QUrl(QStringLiteral("https://files.example/up/17?k=v"))};
    file.superseded = {{{QStringLiteral("/srv/downloads/old.part"), 1, 2}, 4'000, true},
                       {{QStringLiteral("/srv/downloads/older.part"), 3, 4}, 5'000, true}};
    file.publishedPath = QStringLiteral("/srv/downloads/done.iso");
    file.promisedHash =
        core::ExpectedHash{core::ExpectedHash::Algorithm::Sha512, QByteArray(128, 'f')};
    file.existing = core::ExistingFile::KeepBoth;
    file.acceptance = core::Acceptance::AsItIs;
    file.error = error(core::Cause::ServerBusy, 1);
    file.due = core::Due{kTime.addSecs(60), std::chrono::milliseconds(60'001)};
    file.failures = 4;
    return file;
}

inline core::JobRecord job(qint64 id = 7)
{
    core::JobRecord job;
    job.id = {id};
    job.type = core::JobType::Download;
    job.state = core::JobState::Error;
    job.name = QStringLiteral("Bilder & \"Töne\"\n<b>bold</b>");
    job.priority = core::Priority::Foreground;
    job.folder = QStringLiteral("/srv/downloads/Größe");
    job.options.existing = core::ExistingFile::Skip;
    job.options.complete = core::CompleteMode::OnRequest;
    job.options.firstError = core::FirstError::StopJob;
    job.options.missingFolder = core::MissingFolder::Create;
    job.options.minRetryDelay = std::chrono::milliseconds(2'345);
    job.options.noProgressTimeout = std::chrono::milliseconds(0);
    job.options.notifyCommand = QStringLiteral("/usr/bin/true");
    job.untold = {.frontEnds = true, .command = true};
    job.options.limitBytesPerSecond = 1'234'567;
    job.options.place = 3;
    job.options.connections = 7;
    job.options.headers = {{"Referer", "https://page.example/"}, {"X-Trace", "a b"}};
    job.options.proxy = QUrl(QStringLiteral("http://proxy.example:3128"));
    job.options.caFile = QStringLiteral("/etc/ssl/own.pem");
    job.options.trusted = {{.host = QStringLiteral("files.example"),
                            .port = 8443,
                            .sha256Hex = QByteArray(64, 'a'),
                            .trustedAt = kTime}};
    job.options.insecureRedirect = core::InsecureRedirect::Follow;
    job.options.protocol = core::UploadProtocol::Tus;
    job.files = {fullFile(), plainFile(1)};
    job.error = error(core::Cause::DiskFull, 1);
    job.obstacle = error(core::Cause::NameExists, 1);
    job.errorCount = 12;
    job.connectionsBorne = 3;
    job.servedAs = "5e";
    job.createdAt = kTime;
    job.modifiedAt = kTime.addSecs(5);
    job.transferredAt = kTime.addDays(1);
    return job;
}

/// The delta that stores all of a job.
inline core::StoreDelta wholeJob(const core::JobRecord &job)
{
    core::StoreDelta delta;
    delta.id = job.id;
    delta.job = job;
    for (int index = 0; index < job.files.size(); ++index) {
        delta.files.append({index, job.files.at(index)});
    }
    return delta;
}

inline core::StoreDelta oneFile(core::JobId id, int index, const core::FileRecord &file)
{
    core::StoreDelta delta;
    delta.id = id;
    delta.files = {{index, file}};
    return delta;
}

inline core::StoreDelta removal(core::JobId id)
{
    core::StoreDelta delta;
    delta.id = id;
    delta.removed = true;
    return delta;
}

} // namespace rich
