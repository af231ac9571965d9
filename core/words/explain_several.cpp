// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_several.h"

#include "core/remedy/catalogue.h"
#include "core/remedy/link_expiry.h"
#include "core/remedy/question_group.h"
#include "core/words/error_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <numeric>
#include <span>

namespace core {

namespace {

struct SeveralRow {
    Cause cause;
    CauseSentences sentences;
};

// The causes whose own sentences speak of one file.
// clang-format off
constexpr std::array kOfSeveral{
    SeveralRow{Cause::ConnectionLost, {
        QT_TRANSLATE_NOOP("explain", "The connection to {host} broke off before the files were whole."),
        QT_TRANSLATE_NOOP("explain", "Check your connection and try again. If it keeps breaking off, other links may serve you better.")}},
    SeveralRow{Cause::ServerSilent, {
        QT_TRANSLATE_NOOP("explain", "{host} does not answer."),
        QT_TRANSLATE_NOOP("explain", "Check your connection and try again, or use other links.")}},
    SeveralRow{Cause::Forbidden, {
        QT_TRANSLATE_NOOP("explain", "{host} refuses access to these files."),
        QT_TRANSLATE_NOOP("explain", "Get fresh links from the page where you found these. Some servers want an extra header instead, such as the cookie of your browser.")}},
    SeveralRow{Cause::NotFound, {
        QT_TRANSLATE_NOOP("explain", "{host} has no files at these addresses."),
        QT_TRANSLATE_NOOP("explain", "Look for current links on the page where you found these.")}},
    SeveralRow{Cause::Gone, {
        QT_TRANSLATE_NOOP("explain", "{host} says that these files have been removed for good."),
        QT_TRANSLATE_NOOP("explain", "Use links to other copies of them, if you know any.")}},
    SeveralRow{Cause::ServerFailed, {
        QT_TRANSLATE_NOOP("explain", "{host} has a problem of its own and could not send the files."),
        QT_TRANSLATE_NOOP("explain", "There is nothing wrong on your side. Try again later, or use other links.")}},
    SeveralRow{Cause::RequestRejected, {
        QT_TRANSLATE_NOOP("explain", "{host} did not accept the requests for these files."),
        QT_TRANSLATE_NOOP("explain", "Check that the links are complete, or get fresh ones from the page where you found them.")}},
    SeveralRow{Cause::EmptyAnswer, {
        QT_TRANSLATE_NOOP("explain", "{host} answered, but sent nothing."),
        QT_TRANSLATE_NOOP("explain", "Try again. If the files stay empty, use other links.")}},
    SeveralRow{Cause::WebPageInstead, {
        QT_TRANSLATE_NOOP("explain", "{host} sent web pages instead of these files, probably one to sign in."),
        QT_TRANSLATE_NOOP("explain", "Sign in with your browser and use the links that you get there, or send the cookie of your browser as an extra header. If the pages are what you want, accept them as they are.")}},
    SeveralRow{Cause::BadRedirect, {
        QT_TRANSLATE_NOOP("explain", "{host} pointed to addresses that cannot be used."),
        QT_TRANSLATE_NOOP("explain", "Get fresh links from the page where you found these.")}},
    SeveralRow{Cause::RedirectLoop, {
        QT_TRANSLATE_NOOP("explain", "{host} keeps sending us round in circles."),
        QT_TRANSLATE_NOOP("explain", "Often this means that you must sign in first. Use links that you copied after signing in, or send the cookie of your browser as an extra header.")}},
    SeveralRow{Cause::InsecureRedirect, {
        QT_TRANSLATE_NOOP("explain", "The secure addresses handed over to unencrypted ones, where others could read or change the files. They were not followed."),
        QT_TRANSLATE_NOOP("explain", "Use links that stay encrypted all the way. Allow these only if it does not matter who reads or changes the files.")}},
    SeveralRow{Cause::RemoteChanged, {
        QT_TRANSLATE_NOOP("explain", "These files on {host} were changed after you began to fetch them. Joining old and new parts would break them."),
        QT_TRANSLATE_NOOP("explain", "Fetch the new versions from their start, or use links to the old ones.")}},
    SeveralRow{Cause::RangeRefused, {
        QT_TRANSLATE_NOOP("explain", "{host} sent other parts of these files than those that are missing."),
        QT_TRANSLATE_NOOP("explain", "Fetch the files again from their start, or use other links.")}},
    SeveralRow{Cause::EncodedAnswer, {
        QT_TRANSLATE_NOOP("explain", "{host} sent these files compressed although it was asked for the plain ones, so they were not used."),
        QT_TRANSLATE_NOOP("explain", "Accept them compressed as they are, or use other links.")}},
    SeveralRow{Cause::CertificateChanged, {
        QT_TRANSLATE_NOOP("explain", "{host} showed another certificate than the one that was trusted for these jobs."),
        QT_TRANSLATE_NOOP("explain", "It may have been renewed, or somebody in between may pose as this server. Compare its fingerprint before you trust it, or use other links.")}},
    SeveralRow{Cause::DiskFull, {
        QT_TRANSLATE_NOOP("explain", "There is not enough room on the drive that holds {place}."),
        QT_TRANSLATE_NOOP("explain", "Make some room and try again, or choose another folder.")}},
    SeveralRow{Cause::NameTooLong, {
        QT_TRANSLATE_NOOP("explain", "The names of these files are too long for this drive."),
        QT_TRANSLATE_NOOP("explain", "Choose another folder. To give one of them a shorter name, take the others out first.")}},
    SeveralRow{Cause::NameExists, {
        QT_TRANSLATE_NOOP("explain", "There are already files with these names in {place}."),
        QT_TRANSLATE_NOOP("explain", "Keep all of them, or replace the old ones. To give one of them another name, take the others out first.")}},
    SeveralRow{Cause::NotRegularFile, {
        QT_TRANSLATE_NOOP("explain", "In the place of these files there is something that is not an ordinary file, such as a folder or a shortcut."),
        QT_TRANSLATE_NOOP("explain", "Choose another folder.")}},
    SeveralRow{Cause::FileTooLarge, {
        QT_TRANSLATE_NOOP("explain", "The drive that holds {place} cannot take files this large."),
        QT_TRANSLATE_NOOP("explain", "Choose a folder on another drive.")}},
    SeveralRow{Cause::PartMissing, {
        QT_TRANSLATE_NOOP("explain", "The unfinished files were moved or deleted."),
        QT_TRANSLATE_NOOP("explain", "If you moved them, put them back and try again. Otherwise fetch the files from their start.")}},
    SeveralRow{Cause::PartChanged, {
        QT_TRANSLATE_NOOP("explain", "The unfinished files were changed by another program."),
        QT_TRANSLATE_NOOP("explain", "Try again: what is still as it came is kept, the rest is fetched. If that does not help, fetch the files from their start.")}},
    SeveralRow{Cause::HashMismatch, {
        QT_TRANSLATE_NOOP("explain", "These files do not match their checksums. They are damaged, or not the versions you expect."),
        QT_TRANSLATE_NOOP("explain", "Fetch them again from their start, or use other links.")}},
    SeveralRow{Cause::SizeMismatch, {
        QT_TRANSLATE_NOOP("explain", "These files do not have the sizes that were promised."),
        QT_TRANSLATE_NOOP("explain", "Fetch them again from their start, or use other links.")}},
    SeveralRow{Cause::SourceMissing, {
        QT_TRANSLATE_NOOP("explain", "These files are not where they were."),
        QT_TRANSLATE_NOOP("explain", "If they are on a drive that was unplugged, plug that in and try again. To choose one of them anew, take the others out first.")}},
    SeveralRow{Cause::SourceUnreadable, {
        QT_TRANSLATE_NOOP("explain", "These files cannot be read."),
        QT_TRANSLATE_NOOP("explain", "Change their permissions and try again.")}},
    SeveralRow{Cause::SourceNotAFile, {
        QT_TRANSLATE_NOOP("explain", "These are not ordinary files, so they cannot be sent."),
        QT_TRANSLATE_NOOP("explain", "To send a folder, pack it into one file first.")}},
    SeveralRow{Cause::SourceChanged, {
        QT_TRANSLATE_NOOP("explain", "These files were changed while they were being sent."),
        QT_TRANSLATE_NOOP("explain", "When nobody writes to them any more, send them from the start.")}},
    SeveralRow{Cause::RemoteNameTaken, {
        QT_TRANSLATE_NOOP("explain", "There are already files with these names on {host}."),
        QT_TRANSLATE_NOOP("explain", "Replace them. To give one of them another name, take the others out first.")}},
    SeveralRow{Cause::RemoteFolderMissing, {
        QT_TRANSLATE_NOOP("explain", "The folders for these files do not exist on {host}."),
        QT_TRANSLATE_NOOP("explain", "Have them made, or check the addresses.")}},
    SeveralRow{Cause::RemoteLocked, {
        QT_TRANSLATE_NOOP("explain", "Somebody has locked these files on {host}."),
        QT_TRANSLATE_NOOP("explain", "Try again when they are free.")}},
    SeveralRow{Cause::UploadTooLarge, {
        QT_TRANSLATE_NOOP("explain", "{host} does not accept files this large."),
        QT_TRANSLATE_NOOP("explain", "Send them to another address.")}},
    SeveralRow{Cause::RemoteFull, {
        QT_TRANSLATE_NOOP("explain", "The storage on {host} is full, or your share of it is used up."),
        QT_TRANSLATE_NOOP("explain", "Make room there and try again, or send these files to another address.")}},
    SeveralRow{Cause::UploadNotTaken, {
        QT_TRANSLATE_NOOP("explain", "{host} takes no files at these addresses."),
        QT_TRANSLATE_NOOP("explain", "Check the addresses that they are to go to.")}},
    SeveralRow{Cause::UploadElsewhere, {
        QT_TRANSLATE_NOOP("explain", "These files are to go to another server: {server}. Nothing was sent there."),
        QT_TRANSLATE_NOOP("explain", "If you trust that server with them, use its address.")}},
    SeveralRow{Cause::Unconfirmed, {
        QT_TRANSLATE_NOOP("explain", "All was sent, but {host} did not confirm it and does not say whether it has these files."),
        QT_TRANSLATE_NOOP("explain", "Look at the server. If the files are there and whole, close the jobs; otherwise send them from the start.")}},
    SeveralRow{Cause::StoredDiffers, {
        QT_TRANSLATE_NOOP("explain", "{host} has stored other sizes than were sent."),
        QT_TRANSLATE_NOOP("explain", "Send these files from the start, or look at the server and try again.")}},
    SeveralRow{Cause::Internal, {
        QT_TRANSLATE_NOOP("explain", "Bellhop met a fault of its own and stopped these files to be on the safe side."),
        QT_TRANSLATE_NOOP("explain", "Try again. If it happens again, please report it; the details can be copied.")}},
};

// Of uploads, the causes that downloads have, too.
constexpr std::array kOfSeveralUploads{
    SeveralRow{Cause::ConnectionLost, {
        QT_TRANSLATE_NOOP("explain", "The connection to {host} broke off before the files were sent."),
        QT_TRANSLATE_NOOP("explain", "Check your connection and try again. What the server has is not sent twice, if it can go on where it was.")}},
    SeveralRow{Cause::ServerSilent, {
        QT_TRANSLATE_NOOP("explain", "{host} takes nothing any more, or does not answer."),
        QT_TRANSLATE_NOOP("explain", "Check your connection and try again, or send the files to other addresses.")}},
    SeveralRow{Cause::Forbidden, {
        QT_TRANSLATE_NOOP("explain", "{host} does not let you put these files there."),
        QT_TRANSLATE_NOOP("explain", "If the addresses came from a page or a message, get fresh ones: they may have run out. Some servers want an extra header instead.")}},
    SeveralRow{Cause::NotFound, {
        QT_TRANSLATE_NOOP("explain", "There are no such places on {host}."),
        QT_TRANSLATE_NOOP("explain", "Check the addresses that the files are to go to.")}},
    SeveralRow{Cause::Gone, {
        QT_TRANSLATE_NOOP("explain", "{host} says that these places have been removed for good."),
        QT_TRANSLATE_NOOP("explain", "Send the files to other addresses.")}},
    SeveralRow{Cause::ServerFailed, {
        QT_TRANSLATE_NOOP("explain", "{host} has a problem of its own and could not take the files."),
        QT_TRANSLATE_NOOP("explain", "There is nothing wrong on your side. Try again later, or send the files to other addresses.")}},
    SeveralRow{Cause::RequestRejected, {
        QT_TRANSLATE_NOOP("explain", "{host} did not accept the requests to store these files."),
        QT_TRANSLATE_NOOP("explain", "Check that the addresses are complete, or get fresh ones.")}},
    SeveralRow{Cause::DiskFailed, {
        QT_TRANSLATE_NOOP("explain", "The drive that holds these files reported an error while they were read. It may be failing."),
        QT_TRANSLATE_NOOP("explain", "Copy what matters to you off this drive soon.")}},
};

constexpr CauseSentences kAddressesRanOut{
    QT_TRANSLATE_NOOP("explain", "The addresses that these files were to go to have run out."),
    QT_TRANSLATE_NOOP("explain", "Get fresh ones from where these came from.")};
constexpr CauseSentences kLinksRanOut{
    QT_TRANSLATE_NOOP("explain", "These download links have run out."),
    QT_TRANSLATE_NOOP("explain", "Get fresh links from the page where you found these.")};
constexpr CauseSentences kNamesakes{
    QT_TRANSLATE_NOOP("explain", "There are already files with these names in {place}, and several of the new ones have the same name."),
    QT_TRANSLATE_NOOP("explain", "Keep all of them. To have one of them replace the old file, take the others out first.")};
constexpr CauseSentences kRemoteNamesakes{
    QT_TRANSLATE_NOOP("explain", "There is already a file with this name on {host}, and several are to go there."),
    QT_TRANSLATE_NOOP("explain", "Use other addresses. To have one of them replace what is there, take the others out first.")};
constexpr CauseSentences kUnpackableAll{
    QT_TRANSLATE_NOOP("explain", "{host} sent these files compressed although it was asked for the plain ones, so they were not used."),
    QT_TRANSLATE_NOOP("explain", "Have each unpacked when all of it is here, accept them compressed as they are, or use other links.")};

struct ReasonRow {
    Reason reason;
    CauseSentences sentences;
};

// Of the reasons, those of which one sentence speaks of one file. What is sent is not told apart: of
// several there may be a folder and a pipe.
constexpr std::array kReasonsOfSeveral{
    ReasonRow{Reason::WantsReferer, {
        QT_TRANSLATE_NOOP("explain", "{host} sends these files only to those who come from one of its pages."),
        QT_TRANSLATE_NOOP("explain", "Send the address of one of its pages as an extra header, the Referer: asked like that, it answered.")}},
    ReasonRow{Reason::WantsBrowser, {
        QT_TRANSLATE_NOOP("explain", "{host} sends these files only to browsers that it knows."),
        QT_TRANSLATE_NOOP("explain", "Send the name of a browser as an extra header, the User-Agent: asked like that, it answered.")}},
    ReasonRow{Reason::TooManyConnections, {
        QT_TRANSLATE_NOOP("explain", "{host} refuses access to these files while others are being fetched from there."),
        QT_TRANSLATE_NOOP("explain", "Try again when they are done.")}},
    ReasonRow{Reason::OtherFile, {
        QT_TRANSLATE_NOOP("explain", "The new links lead to other files than those that were begun. Joining them would make broken ones."),
        QT_TRANSLATE_NOOP("explain", "Use links to the same files, or fetch the other ones from their start.")}},
    ReasonRow{Reason::AddressChanged, {
        QT_TRANSLATE_NOOP("explain", "{host} gave access to these files before, and refuses them since this computer has another address in the network."),
        QT_TRANSLATE_NOOP("explain", "The links may be good for the old address only. Get fresh ones, or go back to the network that you had before and try again.")}},
    ReasonRow{Reason::NotUnpackable, {
        QT_TRANSLATE_NOOP("explain", "What {host} sent cannot be unpacked: the files are damaged, not whole, or not compressed as it said."),
        QT_TRANSLATE_NOOP("explain", "Fetch them again from their start, or accept them as they came, without unpacking them.")}},
    ReasonRow{Reason::OfUnpacked, {
        QT_TRANSLATE_NOOP("explain", "These files came compressed and were unpacked, and do not match their checksums as they are now."),
        QT_TRANSLATE_NOOP("explain", "To correct the checksum of one of them, take the others out first. Otherwise fetch the files again from their start.")}},
    ReasonRow{Reason::SpeaksTls, {
        QT_TRANSLATE_NOOP("explain", "{server} takes only encrypted connections, and the links begin with http instead of https."),
        QT_TRANSLATE_NOOP("explain", "Use the same links with https.")}},
    ReasonRow{Reason::SpeaksNoTls, {
        QT_TRANSLATE_NOOP("explain", "The links begin with https, but {server} answers without encryption."),
        QT_TRANSLATE_NOOP("explain", "Check the number of the port in the links. With http instead of https they may work, but then others on the way can read and change the files.")}},
};
// clang-format on

CauseSentences sentencesForAll(const QList<JobError> &errors)
{
    const JobError &first = errors.first();
    const bool isOfUploads = first.type == JobType::Upload;
    if (isAboutRunOutLink(first)) {
        return isOfUploads ? kAddressesRanOut : kLinksRanOut;
    }
    if (isUnpackable(first)) {
        return kUnpackableAll;
    }
    const bool isTaken = first.cause == Cause::NameExists || first.cause == Cause::RemoteNameTaken;
    if (isTaken && !fixesForAll(errors).contains(FixKind::Replace)) {
        return isOfUploads ? kRemoteNamesakes : kNamesakes;
    }
    if (isAboutNameOfFolder(first)) {
        return sentencesFor(first);
    }
    const auto reason = std::ranges::find(kReasonsOfSeveral, first.reason, &ReasonRow::reason);
    if (reason != kReasonsOfSeveral.end()) {
        return reason->sentences; // all of a group have the same
    }
    const bool isShared = !isOfUploads || isOnlyOfUploads(first.cause);
    const std::span<const SeveralRow> rows =
        isShared ? std::span<const SeveralRow>(kOfSeveral) : kOfSeveralUploads;
    const auto row = std::ranges::find(rows, first.cause, &SeveralRow::cause);
    if (row != rows.end()) {
        return row->sentences;
    }
    const CauseSentences own = sentencesFor(first);
    const bool isSameForAll = std::ranges::all_of(errors, [&own](const JobError &error) {
        return sentencesFor(error).whatHappened == own.whatHappened;
    });
    return isSameForAll ? own : sentencesOfCause(first.cause);
}

qint64 bytesDoneOf(const QList<JobError> &errors)
{
    return std::accumulate(
        errors.begin(), errors.end(), qint64(0),
        [](qint64 sum, const JobError &error) { return sum + error.fileBytesDone; });
}

QString savedOfAll(const QList<JobError> &errors, qint64 bytesSaved)
{
    const bool isAside =
        std::ranges::any_of(errors, [](const JobError &error) { return error.fileBytesAside > 0; });
    if (bytesSaved == 0 && isAside) {
        return translated(QT_TRANSLATE_NOOP(
            "explain", "What was here of them before is kept until they are whole."));
    }
    return bytesSaved > 0
               ? said(QT_TRANSLATE_NOOP("explain", "Of all of them together {saved} are saved."),
                      {{QLatin1StringView("saved"), formatBytes(bytesSaved)}})
               : translated(QT_TRANSLATE_NOOP("explain",
                                              "Nothing had been fetched yet, so nothing is lost."));
}

/// The first of them, of which was tried what was tried of all.
JobError commonOf(const QList<JobError> &errors)
{
    JobError common = errors.first();
    common.triedInVain.removeIf([&errors](const QString &fix) {
        return std::ranges::any_of(
            errors, [&fix](const JobError &error) { return !error.triedInVain.contains(fix); });
    });
    return common;
}

} // namespace

Explanation explainAll(const QList<JobError> &errors, qint64 bytesSaved)
{
    if (errors.size() < 2) {
        return explain(errors.value(0));
    }
    const CauseSentences sentences = sentencesForAll(errors);
    const Fillings words = wordsOf(errors.first());
    const bool isOfUploads = errors.first().type == JobType::Upload;
    const bool isOfJobs = catalogueRow(errors.first().cause).scope == Scope::Job;
    const QString safe =
        isOfUploads ? translated(QT_TRANSLATE_NOOP("explain", "Your files have not been touched."))
                    : savedOfAll(errors, isOfJobs ? bytesSaved : bytesDoneOf(errors));
    return {said(sentences.whatHappened, words), safe,
            adviceFor(commonOf(errors), sentences.whatToDo, fixesForAll(errors), labelForAll)};
}

bool areAskedAlike(const JobError &one, const JobError &other)
{
    const CauseSentences ofOne = sentencesFor(one);
    const CauseSentences ofOther = sentencesFor(other);
    return ofOne.whatHappened == ofOther.whatHappened && ofOne.whatToDo == ofOther.whatToDo &&
           fixesFor(one) == fixesFor(other);
}

} // namespace core
