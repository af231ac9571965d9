// SPDX-License-Identifier: Apache-2.0
#include "tests/gallery/dialog_pictures.h"

#include "core/remedy/catalogue.h"
#include "tests/support/fake_job_service.h"
#include "tests/ui/dialogs/dialog_script.h"
#include "tests/ui/dialogs/sample_jobs.h"
#include "ui/dialogs/add_job_dialog.h"
#include "ui/dialogs/adopt_dialog.h"
#include "ui/dialogs/error_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/upload_page.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPixmap>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>

#include <functional>

using namespace core;

namespace {

/// Lets queued answers and layouts happen; each may ask for another.
void settle()
{
    for (int round = 0; round < 20; ++round) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents();
    }
}

/// One picture of the error dialog.
struct ErrorPicture {
    ErrorPicture(QString pictureName, const JobSnapshot &job,
                 std::function<void(ui::ErrorDialog *)> preparation = {})
        : ErrorPicture(std::move(pictureName), QList{job}, std::move(preparation))
    {
    }
    ErrorPicture(QString pictureName, QList<JobSnapshot> all,
                 std::function<void(ui::ErrorDialog *)> preparation = {},
                 QList<FileSnapshot> failed = {})
        : name(std::move(pictureName))
        , jobs(std::move(all))
        , prepare(std::move(preparation))
        , files(std::move(failed))
    {
    }

    QString name;
    QList<JobSnapshot> jobs;
    std::function<void(ui::ErrorDialog *)> prepare;
    QList<FileSnapshot> files;
    CheckReport check = {};
    KeyringState keyring = KeyringState::Open;
};

void choose(ui::ErrorDialog *dialog, const char *radio)
{
    dialog->findChild<QRadioButton *>(QString::fromLatin1(radio))->setChecked(true);
}

void type(QWidget *dialog, const char *edit, const QString &text)
{
    dialog->findChild<QLineEdit *>(QString::fromLatin1(edit))->setText(text);
}

void check(QWidget *dialog, const char *box)
{
    dialog->findChild<QAbstractButton *>(QString::fromLatin1(box))->setChecked(true);
}

void openSection(QWidget *dialog)
{
    dialog->findChild<QToolButton *>(QStringLiteral("toggle"))->click();
}

JobSnapshot hostileJob()
{
    JobSnapshot job = stoppedJob(Cause::Forbidden);
    job.name = QStringLiteral("<img src=x> & <b>bold</b> [*]");
    job.error->url = QUrl(QStringLiteral("https://downloads.example.org/") + QString(180, u'x') +
                          QStringLiteral("<b>&amp;.iso"));
    return job;
}

/// From the beginning, for want of a header; later, for other reasons.
JobSnapshot refusedFor(Reason reason)
{
    const bool isHeader = reason == Reason::WantsReferer || reason == Reason::WantsBrowser;
    JobSnapshot job =
        isHeader ? stoppedBeforeTheFirstByte(Cause::Forbidden) : stoppedJob(Cause::Forbidden);
    job.error->reason = reason;
    return job;
}

JobSnapshot misspelt()
{
    JobSnapshot job = stoppedBeforeTheFirstByte(Cause::NameNotFound);
    job.error->url.setHost(QStringLiteral("downloads.exmaple.org"));
    job.error->similarHost = QStringLiteral("downloads.example.org");
    return job;
}

JobSnapshot otherFile()
{
    JobSnapshot job = stoppedJob(Cause::RemoteChanged);
    job.error->reason = Reason::OtherFile;
    return job;
}

JobSnapshot packed()
{
    JobSnapshot job = stoppedBeforeTheFirstByte(Cause::EncodedAnswer);
    job.error->httpStatus = 200;
    job.error->evidence.headers = {{"Content-Encoding", "gzip"}};
    return job;
}

JobSnapshot notAFile(Reason reason)
{
    JobSnapshot job = stoppedUpload(Cause::SourceNotAFile);
    job.error->reason = reason;
    job.error->localPath = QStringLiteral("/home/anna/Videos/holidays-2025");
    job.error->fileBytesDone = job.error->jobBytesDone = job.progress.bytesDone = 0;
    job.completeEffect = {.filesMissing = 1};
    return job;
}

/// In the same folder, from two places; and one of another name.
QList<JobSnapshot> namesakes()
{
    QList<JobSnapshot> jobs = stoppedFilms(3, Cause::NotFound);
    jobs[1].name = jobs.first().name;
    jobs[1].error->url = QUrl(QStringLiteral("https://films.example.org/season-2/film-1.mp4"));
    return jobs;
}

QList<JobSnapshot> uploadsOf(QList<JobSnapshot> jobs)
{
    for (JobSnapshot &job : jobs) {
        job.type = job.error->type = JobType::Upload;
    }
    return jobs;
}

ErrorPicture loginWith(const QString &name, KeyringState keyring)
{
    ErrorPicture picture(name, stoppedJob(Cause::LoginRequired));
    picture.keyring = keyring;
    return picture;
}

/// A new link is typed, and was checked.
ErrorPicture checkedLink(const QString &name, const CheckReport &report)
{
    ErrorPicture picture(name, stoppedJob(Cause::Forbidden), [](ui::ErrorDialog *dialog) {
        type(dialog, "linkEdit", QStringLiteral("https://downloads.example.org/fresh?sig=1"));
        settle(); // till it is known to be a link
        dialog->findChild<QPushButton *>(QStringLiteral("checkNewLink"))->click();
    });
    picture.check = report;
    return picture;
}

QList<ErrorPicture> refusals()
{
    return {
        {QStringLiteral("error-403"), stoppedJob(Cause::Forbidden)},
        {QStringLiteral("error-403-new-link"), stoppedJob(Cause::Forbidden),
         [](ui::ErrorDialog *dialog) {
             type(dialog, "linkEdit", QStringLiteral("https://downloads.example.org/fresh?sig=1"));
         }},
        checkedLink(QStringLiteral("error-403-checked"),
                    {.server = ServerFinding{.proof = ServerFinding::Proof::Compared,
                                             .sizeBytes = 9'800'000'000,
                                             .bytesKept = 4'100'000'000}}),
        checkedLink(QStringLiteral("error-403-vain"),
                    {.problem = JobError{.cause = Cause::Forbidden, .httpStatus = 403}}),
        {QStringLiteral("error-403-bad-link"), stoppedJob(Cause::Forbidden),
         [](ui::ErrorDialog *dialog) {
             type(dialog, "linkEdit", QStringLiteral("downloads example"));
         }},
        {QStringLiteral("error-403-headers"), stoppedJob(Cause::Forbidden),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixHeaders"); }},
        {QStringLiteral("error-403-details"), stoppedJob(Cause::Forbidden), openSection},
        {QStringLiteral("error-403-hostile"), hostileJob()},
        {QStringLiteral("error-404"), stoppedJob(Cause::NotFound)},
        {QStringLiteral("error-404-skip"), stoppedJob(Cause::NotFound),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixSkipFile"); }},
        {QStringLiteral("error-401"), stoppedJob(Cause::LoginRequired)},
        loginWith(QStringLiteral("error-401-locked"), KeyringState::Locked),
        loginWith(QStringLiteral("error-401-no-keyring"), KeyringState::Missing),
        {QStringLiteral("error-name-not-found"), stoppedBeforeTheFirstByte(Cause::NameNotFound)},
        {QStringLiteral("error-misspelt"), misspelt()},
        {QStringLiteral("error-403-referer"), refusedFor(Reason::WantsReferer)},
        {QStringLiteral("error-403-browser"), refusedFor(Reason::WantsBrowser)},
        {QStringLiteral("error-403-too-many"), refusedFor(Reason::TooManyConnections)},
        {QStringLiteral("error-403-address"), refusedFor(Reason::AddressChanged)},
        {QStringLiteral("error-other-file"), otherFile()},
        {QStringLiteral("error-refused"), stoppedJob(Cause::ConnectionRefused)},
        {QStringLiteral("error-changed"), stoppedJob(Cause::RemoteChanged)},
        {QStringLiteral("error-range-refused"), stoppedJob(Cause::RangeRefused)},
        {QStringLiteral("error-packed"), packed()},
        {QStringLiteral("error-packed-accept"), packed(),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixAccept"); }},
        {QStringLiteral("error-upload"), stoppedUpload()},
        {QStringLiteral("error-upload-folder"), notAFile(Reason::IsFolder)},
        {QStringLiteral("error-upload-pipe"), notAFile(Reason::IsPipe)},
        {QStringLiteral("error-upload-device"), notAFile(Reason::IsDevice)},
        {QStringLiteral("error-upload-name-taken"), stoppedUpload(Cause::RemoteNameTaken)},
        {QStringLiteral("error-upload-folder-missing"), stoppedUpload(Cause::RemoteFolderMissing)},
        {QStringLiteral("error-upload-changed"), stoppedUpload(Cause::SourceChanged),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixOtherSource"); }},
        {QStringLiteral("error-upload-too-large"), stoppedUpload(Cause::UploadTooLarge)},
    };
}

/// A certificate whose names were written to do harm, or to be long.
JobSnapshot hostileCertificate()
{
    JobSnapshot job = stoppedJob(Cause::CertificateOfOtherHost);
    SeenCertificate &seen = *job.error->certificate;
    seen.subject = QStringLiteral("<b>bank.example</b> & ") + QString(140, u'w');
    seen.issuer = QStringLiteral("<img src=x>\n\u202eytirohtuA");
    seen.names = {QString(200, u'n') + QStringLiteral(".example"),
                  QStringLiteral("<i>x</i>.example")};
    return job;
}

JobSnapshot withLongHash()
{
    JobSnapshot job = stoppedJob(Cause::HashMismatch);
    job.error->wantedHash = parseExpectedHash(QStringLiteral("sha512:") + QString(128, u'3'));
    job.error->foundHash = parseExpectedHash(QStringLiteral("sha512:") + QString(128, u'c'));
    return job;
}

QList<ErrorPicture> refusedConnections()
{
    return {
        {QStringLiteral("error-untrusted"), stoppedBeforeTheFirstByte(Cause::Untrusted)},
        {QStringLiteral("error-untrusted-trust"), stoppedBeforeTheFirstByte(Cause::Untrusted),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixTrustCertificate"); }},
        {QStringLiteral("error-untrusted-compared"), stoppedJob(Cause::Untrusted),
         [](ui::ErrorDialog *dialog) {
             choose(dialog, "fixTrustCertificate");
             check(dialog, "comparedCheck");
         }},
        {QStringLiteral("error-untrusted-other"), stoppedJob(Cause::Untrusted),
         [](ui::ErrorDialog *dialog) {
             choose(dialog, "fixTrustCertificate");
             type(dialog, "fingerprintEdit", QString(64, u'a'));
         }},
        {QStringLiteral("error-untrusted-details"), stoppedJob(Cause::Untrusted), openSection},
        {QStringLiteral("error-expired"), stoppedJob(Cause::CertificateExpired)},
        {QStringLiteral("error-not-yet-valid"), stoppedJob(Cause::CertificateNotYetValid)},
        {QStringLiteral("error-other-host"), stoppedJob(Cause::CertificateOfOtherHost),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixTrustCertificate"); }},
        {QStringLiteral("error-certificate-hostile"), hostileCertificate(),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixTrustCertificate"); }},
        {QStringLiteral("error-certificate-changed"), stoppedJob(Cause::CertificateChanged)},
        {QStringLiteral("error-certificate-changed-trust"), stoppedJob(Cause::CertificateChanged),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixTrustCertificate"); }},
        {QStringLiteral("error-handshake"), stoppedJob(Cause::HandshakeFailed)},
        {QStringLiteral("error-proxy"), stoppedJob(Cause::ProxyUnreachable)},
        {QStringLiteral("error-proxy-none"), stoppedJob(Cause::ProxyUnreachable),
         [](ui::ErrorDialog *dialog) { check(dialog, "proxyNone"); }},
        {QStringLiteral("error-proxy-wrong"), stoppedJob(Cause::ProxyUnreachable),
         [](ui::ErrorDialog *dialog) {
             type(dialog, "proxyEdit", QStringLiteral("ftp://proxy.example.org"));
         }},
        {QStringLiteral("error-proxy-login"), stoppedBeforeTheFirstByte(Cause::ProxyLoginRequired)},
        {QStringLiteral("error-proxy-failed"), stoppedJob(Cause::ProxyFailed)},
        {QStringLiteral("error-proxy-refused"), stoppedJob(Cause::ProxyRefused)},
    };
}

QList<ErrorPicture> doubtfulFiles()
{
    return {
        {QStringLiteral("error-web-page"), stoppedBeforeTheFirstByte(Cause::WebPageInstead)},
        {QStringLiteral("error-web-page-accept"), stoppedBeforeTheFirstByte(Cause::WebPageInstead),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixAccept"); }},
        {QStringLiteral("error-network-sign-in"), stoppedJob(Cause::NetworkSignIn)},
        {QStringLiteral("error-insecure"), stoppedJob(Cause::InsecureRedirect)},
        {QStringLiteral("error-insecure-allow"), stoppedJob(Cause::InsecureRedirect),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixAllowInsecure"); }},
        {QStringLiteral("error-hash"), stoppedJob(Cause::HashMismatch)},
        {QStringLiteral("error-hash-other"), stoppedJob(Cause::HashMismatch),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixOtherHash"); }},
        {QStringLiteral("error-hash-long"), withLongHash(),
         [](ui::ErrorDialog *dialog) {
             choose(dialog, "fixOtherHash");
             type(dialog, "hashEdit", QStringLiteral("sha256:12"));
         }},
        {QStringLiteral("error-hash-accept"), stoppedJob(Cause::HashMismatch),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixAccept"); }},
    };
}

QList<ErrorPicture> obstacles()
{
    return {
        {QStringLiteral("error-disk-full"), stoppedJob(Cause::DiskFull)},
        {QStringLiteral("error-disk-full-folder"), stoppedJob(Cause::DiskFull),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixOtherFolder"); }},
        {QStringLiteral("error-no-permission"), stoppedBeforeTheFirstByte(Cause::NoPermission)},
        {QStringLiteral("error-folder-missing"), stoppedBeforeTheFirstByte(Cause::FolderMissing)},
        {QStringLiteral("error-name-exists"), jobWithNameTaken()},
        {QStringLiteral("error-name-exists-name"), jobWithNameTaken(),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixOtherName"); }},
        {QStringLiteral("error-cancel-armed"), stoppedJob(Cause::Forbidden),
         [](ui::ErrorDialog *dialog) {
             dialog->activateWindow();
             dialog->findChild<QAbstractButton *>(QStringLiteral("cancelButton"))->click();
         }},
    };
}

/// As they come, before anything was done: of one job, and of some together.
QList<ErrorPicture> everyCause()
{
    QList<ErrorPicture> pictures;
    for (const Cause cause : kCauses) {
        const QString name = QStringLiteral("cause-") + QLatin1StringView(core::name(cause));
        const bool isUpload = isOnlyOfUploads(cause);
        pictures.append({name, isUpload ? stoppedUpload(cause) : stoppedJob(cause)});
        QList<JobSnapshot> films = stoppedFilms(3, cause);
        for (JobSnapshot &film : films) {
            film.type = film.error->type = isUpload ? JobType::Upload : JobType::Download;
        }
        pictures.append({name + QStringLiteral("-group"), films});
    }
    return pictures;
}

void pasteLinks(ui::ErrorDialog *dialog, const QString &links)
{
    QGuiApplication::clipboard()->setText(links);
    dialog->findChild<QAbstractButton *>(QStringLiteral("pasteListButton"))->click();
}

void takeOut(ui::ErrorDialog *dialog, int row)
{
    QAbstractItemModel *files =
        dialog->findChild<QAbstractItemView *>(QStringLiteral("affectedFiles"))->model();
    files->setData(files->index(row, 0), Qt::Unchecked, Qt::CheckStateRole);
}

QList<ErrorPicture> groups()
{
    JobSnapshot ofSeveral = stoppedJob(Cause::NotFound);
    const QList<FileSnapshot> failed = failedFilesOf(&ofSeveral);
    JobSnapshot named = stoppedFilm(3, Cause::LoginRequired);
    named.name = QStringLiteral("Holidays in the mountains");
    return {
        {QStringLiteral("group-login"),
         stoppedFilms(2, Cause::LoginRequired) + QList{named} +
             stoppedFilms(20, Cause::LoginRequired).mid(3),
         [](ui::ErrorDialog *dialog) { takeOut(dialog, 1); }},
        {QStringLiteral("group-404-links"), stoppedFilms(4, Cause::NotFound),
         [](ui::ErrorDialog *dialog) {
             pasteLinks(dialog, QStringLiteral("https://films.example.org/new/film-1.mp4\n"
                                               "https://films.example.org/new/film-3.mp4"));
         }},
        {QStringLiteral("group-404-more-links"), stoppedFilms(2, Cause::NotFound),
         [](ui::ErrorDialog *dialog) {
             pasteLinks(dialog, QStringLiteral("https://a.example/1\nhttps://a.example/2\n"
                                               "https://a.example/3"));
         }},
        {QStringLiteral("group-namesakes"), namesakes()},
        {QStringLiteral("group-uploads"), uploadsOf(stoppedFilms(2, Cause::Unconfirmed))},
        {QStringLiteral("group-disk-full"), stoppedFilms(6, Cause::DiskFull)},
        {QStringLiteral("group-untrusted"), stoppedFilms(3, Cause::Untrusted),
         [](ui::ErrorDialog *dialog) { choose(dialog, "fixTrustCertificate"); }},
        {QStringLiteral("group-cancel-armed"), stoppedFilms(12, Cause::Forbidden),
         [](ui::ErrorDialog *dialog) {
             dialog->activateWindow();
             dialog->findChild<QAbstractButton *>(QStringLiteral("cancelButton"))->click();
         }},
        {QStringLiteral("group-causes"), {ofSeveral}, {}, failed},
    };
}

void save(QWidget *dialog, const QString &outDir, const QString &name)
{
    settle();
    // As large as it would like to be: the screen of the offscreen platform is a small one.
    dialog->resize(dialog->sizeHint());
    settle();
    dialog->grab().save(outDir + u'/' + name + QStringLiteral(".png"));
}

void renderErrors(const QString &outDir, const QString &suffix)
{
    for (const ErrorPicture &picture : refusals() + refusedConnections() + doubtfulFiles() +
                                           obstacles() + everyCause() + groups()) {
        DialogScript script;
        script.files = picture.files;
        script.check = picture.check;
        script.keyring = picture.keyring;
        FakeJobService service;
        answerFrom(&script, &service);
        script.folders.insert(QStringLiteral("/media/archive/recordings"),
                              {.folder = QStringLiteral("/media/archive/recordings"),
                               .freeBytes = 310'000'000,
                               .problem = {}});
        ui::ErrorDialog dialog(&service, nullptr);
        dialog.setJobs(picture.jobs);
        dialog.show();
        settle();
        if (picture.prepare) {
            picture.prepare(&dialog);
        }
        save(&dialog, outDir, picture.name + suffix);
    }
}

void renderAdd(const QString &outDir, const QString &name, const QStringList &links,
               const std::function<void(QWidget *)> &prepare = {})
{
    DialogScript script;
    FakeJobService service;
    answerFrom(&script, &service);
    script.settings.downloadFolder = QStringLiteral("/home/anna/Downloads");
    ui::AddJobDialog dialog(&service, nullptr);
    dialog.addLinks(links);
    dialog.show();
    settle();
    if (prepare) {
        prepare(&dialog);
    }
    save(&dialog, outDir, name);
}

void renderUpload(const QString &outDir, const QString &name, const QStringList &files,
                  const QString &address, const std::function<void(QWidget *)> &prepare = {})
{
    DialogScript script;
    script.sources.insert(QStringLiteral("/home/anna/Videos"),
                          {.path = QStringLiteral("/home/anna/Videos"),
                           .sizeBytes = {},
                           .problem = JobError{.cause = Cause::SourceNotAFile,
                                               .type = JobType::Upload,
                                               .localPath = QStringLiteral("/home/anna/Videos")}});
    FakeJobService service;
    answerFrom(&script, &service);
    ui::AddJobDialog dialog(&service, nullptr);
    dialog.addFiles(files);
    dialog.show();
    type(&dialog, "addressEdit", address);
    settle();
    if (prepare) {
        prepare(dialog.findChild<ui::UploadPage *>());
    }
    save(&dialog, outDir, name);
}

void renderUploads(const QString &outDir, const QString &suffix)
{
    const QString film = QStringLiteral("/home/anna/Videos/holidays-2025.mp4");
    const QString folder = QStringLiteral("https://cloud.example.org/anna/");
    renderUpload(outDir, QStringLiteral("add-upload-empty") + suffix, {}, {});
    renderUpload(outDir, QStringLiteral("add-upload-one") + suffix, {film}, folder);
    renderUpload(outDir, QStringLiteral("add-upload-more") + suffix, {film}, folder, openSection);
    renderUpload(outDir, QStringLiteral("add-upload-mixed") + suffix,
                 {film, QStringLiteral("/home/anna/Videos"),
                  QStringLiteral("/home/anna/Documents/thesis.pdf")},
                 QStringLiteral("https://cloud.example.org/anna"));
}

void renderSettings(const QString &outDir, const QString &name)
{
    DialogScript script;
    FakeJobService service;
    answerFrom(&script, &service);
    const core::Settings chosen{.downloadFolder = QStringLiteral("/home/anna/Downloads")};
    ui::SettingsDialog dialog(&service, {.engine = chosen, .startsAtLogin = true}, nullptr);
    dialog.show();
    settle();
    save(&dialog, outDir, name);
}

void renderAdopt(const QString &outDir, const QString &name, const QList<core::LonePart> &parts)
{
    DialogScript script;
    script.parts = parts;
    FakeJobService service;
    answerFrom(&script, &service);
    ui::AdoptDialog dialog(&service, nullptr);
    dialog.show();
    settle();
    save(&dialog, outDir, name);
}

QList<core::LonePart> leftOverParts()
{
    return {{.path = QStringLiteral("/home/anna/Downloads/debian-12.iso.part"),
             .name = QStringLiteral("debian-12.iso"),
             .bytes = 512'000'000},
            {.path = QStringLiteral("/media/archive/recordings/") + QString(90, u'x') +
                     QStringLiteral(".part"),
             .name = QString(90, u'x'),
             .bytes = 7'300}};
}

} // namespace

void renderDialogs(const QString &outDir, const QString &suffix)
{
    renderErrors(outDir, suffix);
    renderAdopt(outDir, QStringLiteral("adopt") + suffix, leftOverParts());
    renderAdopt(outDir, QStringLiteral("adopt-none") + suffix, {});
    renderSettings(outDir, QStringLiteral("settings") + suffix);
    const QString good =
        QStringLiteral("https://downloads.example.org/images/field-recordings-3.tar.xz");
    renderAdd(outDir, QStringLiteral("add-empty") + suffix, {});
    renderAdd(outDir, QStringLiteral("add-one") + suffix, {good});
    renderAdd(outDir, QStringLiteral("add-more") + suffix, {good}, openSection);
    renderAdd(outDir, QStringLiteral("add-mixed") + suffix,
              {good, QStringLiteral("https://mirror.example.net/talk.webm"),
               QStringLiteral("ftp://old.example.org/readme"), good, QStringLiteral("not a link"),
               QStringLiteral("https://mirror.example.net/")});
    renderUploads(outDir, suffix);
}
