// SPDX-License-Identifier: Apache-2.0
#include "core/http/content_range.h"
#include "core/http/headers.h"
#include "core/remedy/answerer.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/link_expiry.h"
#include "core/words/error_words.h"
#include "core/words/explain.h"

#include <QCoreApplication>

namespace core {

namespace {

// clang-format off
constexpr CauseSentences kTitledPage{
    QT_TRANSLATE_NOOP("explain", "{host} sent the web page {title} instead of {file}."),
    QT_TRANSLATE_NOOP("explain", "If that is a page to sign in, do so with your browser and use the link that you get there, or send the cookie of your browser as an extra header. If the page is what you want, accept it as it is.")};
constexpr CauseSentences kRanOutOn{
    QT_TRANSLATE_NOOP("explain", "The security certificate of {host} ran out on {expiry}."),
    QT_TRANSLATE_NOOP("explain", "The server's owner has to renew it; try again later. If the clock of this computer is wrong, set it first.")};
constexpr CauseSentences kGoodOnlyFrom{
    QT_TRANSLATE_NOOP("explain", "By the clock of this computer, the security certificate of {host} is good only from {begin}."),
    QT_TRANSLATE_NOOP("explain", "Check the date and time of this computer, then try again.")};
constexpr CauseSentences kLinkRanOut{
    QT_TRANSLATE_NOOP("explain", "This download link has run out. It was good until {since}."),
    QT_TRANSLATE_NOOP("explain", "Get a fresh link from the page where you found this one.")};
constexpr CauseSentences kNoLongerAllowed{
    QT_TRANSLATE_NOOP("explain", "{host} gave access to this file before and now refuses it."),
    QT_TRANSLATE_NOOP("explain", "Most likely the link has run out. Get a fresh one from the page where you found it.")};
constexpr CauseSentences kNoLongerThere{
    QT_TRANSLATE_NOOP("explain", "The file is no longer at this address on {host}."),
    QT_TRANSLATE_NOOP("explain", "Look for its new link on the page where you found this one.")};
constexpr CauseSentences kSeveralThere{
    QT_TRANSLATE_NOOP("explain", "{host} has several files at this address, and does not say which one is meant."),
    QT_TRANSLATE_NOOP("explain", "Open the address with your browser, and use the link of the file that you want.")};
constexpr CauseSentences kPaymentWanted{
    QT_TRANSLATE_NOOP("explain", "{host} wants to be paid before it sends this file."),
    QT_TRANSLATE_NOOP("explain", "If you have paid, sign in there and use the link that you get then.")};
constexpr CauseSentences kLegalReasons{
    QT_TRANSLATE_NOOP("explain", "{host} may not send this file, for legal reasons."),
    QT_TRANSLATE_NOOP("explain", "Use a link to another copy of it, if you know one.")};
constexpr CauseSentences kBrokeOffAt{
    QT_TRANSLATE_NOOP("explain", "The connection to {host} broke off at {done} of {total}."),
    QT_TRANSLATE_NOOP("explain", "Check your connection and try again. If it keeps breaking off, another link may serve you better.")};
constexpr CauseSentences kFellSilent{
    QT_TRANSLATE_NOOP("explain", "{host} stopped sending in the middle of the file."),
    QT_TRANSLATE_NOOP("explain", "Check your connection and try again, or use another link.")};
constexpr CauseSentences kBeganOnly{
    QT_TRANSLATE_NOOP("explain", "{host} began to answer, and then sent nothing more."),
    QT_TRANSLATE_NOOP("explain", "Check your connection and try again, or use another link.")};
constexpr CauseSentences kBusyUntil{
    QT_TRANSLATE_NOOP("explain", "{host} is busy and asked us to wait until {until}."),
    QT_TRANSLATE_NOOP("explain", "Try again after that, or use another link.")};
constexpr CauseSentences kRoomMissing{
    QT_TRANSLATE_NOOP("explain", "There is not enough room on the drive that holds {place}."),
    QT_TRANSLATE_NOOP("explain", "Free at least {missing} and try again, or choose another folder.")};
constexpr CauseSentences kFolderGone{
    QT_TRANSLATE_NOOP("explain", "{place} is not there."),
    QT_TRANSLATE_NOOP("explain", "If it is on a drive that was unplugged, plug that in and try again. If it was moved or has another name, choose where it is now. Created again, it is empty.")};
constexpr CauseSentences kFolderNameTooLong{
    QT_TRANSLATE_NOOP("explain", "The name of the folder {file} is too long for this drive."),
    QT_TRANSLATE_NOOP("explain", "Choose a folder with a shorter name.")};
constexpr CauseSentences kPartClosed{
    QT_TRANSLATE_NOOP("explain", "Your account is not allowed to open the unfinished file for {file} in {place}."),
    QT_TRANSLATE_NOOP("explain", "Change the permissions of that file and try again.")};
constexpr CauseSentences kTooLargeFor{
    QT_TRANSLATE_NOOP("explain", "The drive that holds {place} cannot take a file of {total}."),
    QT_TRANSLATE_NOOP("explain", "Choose a folder on another drive.")};
constexpr CauseSentences kNotAccepted{
    QT_TRANSLATE_NOOP("explain", "{server} did not accept the name and the password."),
    QT_TRANSLATE_NOOP("explain", "Check both and enter them again. Capital letters count.")};
constexpr CauseSentences kUnknownSignIn{
    QT_TRANSLATE_NOOP("explain", "{server} wants you to sign in in a way that Bellhop does not know."),
    QT_TRANSLATE_NOOP("explain", "Sign in with your browser and use the link that you get there, or send the header that the server wants.")};
constexpr CauseSentences kEmptyFile{
    QT_TRANSLATE_NOOP("explain", "{host} sent a file without any bytes, or what it sent was damaged on the way."),
    QT_TRANSLATE_NOOP("explain", "Try again. If the file is meant to be empty, accept it as it is.")};
constexpr CauseSentences kWithoutFields{
    QT_TRANSLATE_NOOP("explain", "{host} sent the file without a word about it that could be read, so nobody can tell whether it is whole."),
    QT_TRANSLATE_NOOP("explain", "Use another link, or accept it as it is.")};
constexpr CauseSentences kNowhere{
    QT_TRANSLATE_NOOP("explain", "{host} says that the file is somewhere else, but not where, as far as its answer can be read."),
    QT_TRANSLATE_NOOP("explain", "Get a fresh link from the page where you found this one.")};
constexpr CauseSentences kOtherScheme{
    QT_TRANSLATE_NOOP("explain", "{host} points to {scheme}, which Bellhop cannot fetch."),
    QT_TRANSLATE_NOOP("explain", "Open it with a program made for that, or use another link.")};
constexpr CauseSentences kWantsReferer{
    QT_TRANSLATE_NOOP("explain", "{host} sends this file only to those who come from one of its pages."),
    QT_TRANSLATE_NOOP("explain", "Send the address of one of its pages as an extra header, the Referer: asked like that, it answered.")};
constexpr CauseSentences kWantsBrowser{
    QT_TRANSLATE_NOOP("explain", "{host} sends this file only to browsers that it knows."),
    QT_TRANSLATE_NOOP("explain", "Send the name of a browser as an extra header, the User-Agent: asked like that, it answered.")};
constexpr CauseSentences kTooManyConnections{
    QT_TRANSLATE_NOOP("explain", "{host} refuses access to this file while others are being fetched from there."),
    QT_TRANSLATE_NOOP("explain", "Try again when they are done.")};
constexpr CauseSentences kOtherFile{
    QT_TRANSLATE_NOOP("explain", "The new link leads to another file than the one that was begun. Joining the two would make a broken one."),
    QT_TRANSLATE_NOOP("explain", "Use a link to the same file, or fetch the other one from its start.")};
constexpr CauseSentences kMisspelt{
    QT_TRANSLATE_NOOP("explain", "{host} cannot be found. The list has other files from {similar}, which is spelt nearly the same."),
    QT_TRANSLATE_NOOP("explain", "If that is the server you meant, use the link with its name. Otherwise check the address and your connection.")};
constexpr CauseSentences kAddressChanged{
    QT_TRANSLATE_NOOP("explain", "{host} gave access to this file before, and refuses it since this computer has another address in the network."),
    QT_TRANSLATE_NOOP("explain", "The link may be good for the old address only. Get a fresh one, or go back to the network that you had before and try again.")};
constexpr CauseSentences kNotUnpackable{
    QT_TRANSLATE_NOOP("explain", "What {host} sent cannot be unpacked: it is damaged, not whole, or not compressed as it said."),
    QT_TRANSLATE_NOOP("explain", "Fetch it again from its start, or accept it as it came, without unpacking it.")};
constexpr CauseSentences kOfUnpacked{
    QT_TRANSLATE_NOOP("explain", "{file} came compressed and was unpacked, and does not match its checksum as it is now."),
    QT_TRANSLATE_NOOP("explain", "If the checksum is that of the compressed file, correct it or give none. Otherwise fetch the file again from its start.")};
constexpr CauseSentences kUnpackable{
    QT_TRANSLATE_NOOP("explain", "{host} sent the file compressed although it was asked for the plain file, so it was not used."),
    QT_TRANSLATE_NOOP("explain", "Have it unpacked when all of it is here, accept it compressed as it is, or use another link.")};
constexpr CauseSentences kIsFolder{
    QT_TRANSLATE_NOOP("explain", "{file} in {place} is a folder, and only single files can be sent."),
    QT_TRANSLATE_NOOP("explain", "Pack it into one file first and choose that, or choose a file in it.")};
constexpr CauseSentences kFolderHasName{
    QT_TRANSLATE_NOOP("explain", "There is a folder named {file} in {place}, so the file cannot have that name there."),
    QT_TRANSLATE_NOOP("explain", "Choose another name for the file, or another folder.")};
constexpr CauseSentences kIsPipe{
    QT_TRANSLATE_NOOP("explain", "{file} in {place} is a pipe between programs and not a file, so it cannot be sent."),
    QT_TRANSLATE_NOOP("explain", "Have what comes out of it written to a file, and choose that.")};
constexpr CauseSentences kIsDevice{
    QT_TRANSLATE_NOOP("explain", "{file} in {place} is a device and not a file, so it cannot be sent."),
    QT_TRANSLATE_NOOP("explain", "Copy what is on it into a file, and choose that.")};
constexpr CauseSentences kIsMadeWhenRead{
    QT_TRANSLATE_NOOP("explain", "{file} in {place} is made up by the system while it is read. How large it is cannot be known before, so it cannot be sent."),
    QT_TRANSLATE_NOOP("explain", "Copy what is in it into an ordinary file, and choose that.")};
constexpr CauseSentences kSpeaksTls{
    QT_TRANSLATE_NOOP("explain", "{server} takes only encrypted connections, and the link begins with http instead of https."),
    QT_TRANSLATE_NOOP("explain", "Use the same link with https.")};
constexpr CauseSentences kSpeaksNoTls{
    QT_TRANSLATE_NOOP("explain", "The link begins with https, but {server} answers without encryption."),
    QT_TRANSLATE_NOOP("explain", "Check the number of the port in the link. With http instead of https it may work, but then others on the way can read and change the file.")};
constexpr CauseSentences kOddStatus{
    QT_TRANSLATE_NOOP("explain", "What {host} answered is no answer to a request for a file."),
    QT_TRANSLATE_NOOP("explain", "Try again. If it happens again, use another link.")};
constexpr CauseSentences kOddLength{
    QT_TRANSLATE_NOOP("explain", "The length that {host} states for the file is no number, so nobody could tell whether it is whole."),
    QT_TRANSLATE_NOOP("explain", "Try again. If it happens again, use another link.")};
constexpr CauseSentences kNoticeOnly{
    QT_TRANSLATE_NOOP("explain", "{host} sent a notice ahead of its answer, and what Bellhop is built on cannot read the answer behind such a notice."),
    QT_TRANSLATE_NOOP("explain", "Use another link to the file. Bellhop built with a newer Qt may be able to read it.")};
constexpr CauseSentences kProxyGotNoAnswer{
    QT_TRANSLATE_NOOP("explain", "The proxy {proxy} works, but it got no answer from {host}."),
    QT_TRANSLATE_NOOP("explain", "Try again later. If it stays like this, use a link to another server, or another proxy or none.")};
constexpr CauseSentences kSamePageEverywhere{
    QT_TRANSLATE_NOOP("explain", "This network shows the same web page in place of whatever is asked for. Mostly it wants you to sign in first."),
    QT_TRANSLATE_NOOP("explain", "Open any page in your browser and sign in there. What waits goes on by itself then.")};
// clang-format on

using Variant = std::optional<CauseSentences>;

Variant variantOfReason(const JobError &error)
{
    if (!error.reason) {
        return std::nullopt;
    }
    switch (*error.reason) {
    case Reason::WantsReferer:
        return kWantsReferer;
    case Reason::WantsBrowser:
        return kWantsBrowser;
    case Reason::TooManyConnections:
        return kTooManyConnections;
    case Reason::OtherFile:
        return kOtherFile;
    case Reason::AddressChanged:
        return kAddressChanged;
    case Reason::NotUnpackable:
        return kNotUnpackable;
    case Reason::OfUnpacked:
        return kOfUnpacked;
    case Reason::IsFolder:
        return error.cause == Cause::NotRegularFile ? kFolderHasName : kIsFolder;
    case Reason::IsPipe:
        return kIsPipe;
    case Reason::IsDevice:
        return kIsDevice;
    case Reason::IsMadeWhenRead:
        return kIsMadeWhenRead;
    case Reason::SpeaksTls:
        return kSpeaksTls;
    case Reason::SpeaksNoTls:
        return kSpeaksNoTls;
    }
    Q_UNREACHABLE();
}

Variant variantOfRefusal(const JobError &error)
{
    const bool begun = error.fileBytesDone > 0;
    if (isAboutRunOutLink(error)) {
        return kLinkRanOut;
    }
    if (isUnpackable(error)) {
        return kUnpackable;
    }
    if (error.cause == Cause::Forbidden && begun) {
        return kNoLongerAllowed;
    }
    if (error.cause == Cause::NotFound && begun) {
        return kNoLongerThere;
    }
    if (error.cause == Cause::WebPageInstead && !error.pageTitle.isEmpty()) {
        return kTitledPage;
    }
    if (error.cause == Cause::RequestRejected && error.httpStatus == 300) {
        return kSeveralThere;
    }
    if (error.cause == Cause::RequestRejected && error.httpStatus == 402) {
        return kPaymentWanted;
    }
    if (error.cause == Cause::RequestRejected && error.httpStatus == 451) {
        return kLegalReasons;
    }
    return std::nullopt;
}

Variant variantOfAnswer(const JobError &error)
{
    if (error.cause == Cause::EmptyAnswer && error.httpStatus == 200) {
        return kEmptyFile;
    }
    if (isNoticeOnly(error)) {
        return kNoticeOnly;
    }
    if (isWithoutFields(error)) {
        return kWithoutFields;
    }
    if (error.cause == Cause::BadAnswer && (error.httpStatus == 201 || error.httpStatus >= 300)) {
        return kOddStatus;
    }
    const auto length = fieldValue(error.evidence.headers, "Content-Length");
    if (error.cause == Cause::BadAnswer && length &&
        !parseContentLength(length->split(',').first())) {
        return kOddLength;
    }
    if (error.cause == Cause::LoginRequired && error.signIn == SignIn::NotAccepted) {
        return kNotAccepted;
    }
    if (error.cause == Cause::LoginRequired && error.signIn == SignIn::Unknown) {
        return kUnknownSignIn;
    }
    if (error.cause == Cause::BadRedirect && !error.otherScheme.isEmpty()) {
        return kOtherScheme;
    }
    if (error.cause == Cause::BadRedirect && error.httpStatus != 0 &&
        !fieldValue(error.evidence.headers, "Location")) {
        return kNowhere;
    }
    return std::nullopt;
}

Variant variantOfNetwork(const JobError &error)
{
    const bool begun = error.fileBytesDone > 0;
    if (error.cause == Cause::NameNotFound && !error.similarHost.isEmpty()) {
        return kMisspelt;
    }
    if (error.cause == Cause::ConnectionLost && begun && error.fileBytesTotal &&
        formatBytes(error.fileBytesDone) != formatBytes(*error.fileBytesTotal)) {
        return kBrokeOffAt;
    }
    if (error.cause == Cause::ServerSilent && error.step == Step::Receive) {
        return begun ? kFellSilent : kBeganOnly;
    }
    if (error.cause == Cause::ServerBusy && error.retryAfter && error.time.isValid()) {
        return kBusyUntil;
    }
    if (error.cause == Cause::ProxyFailed && answererOf(error) == Answerer::Proxy) {
        return kProxyGotNoAnswer;
    }
    if (error.cause == Cause::NetworkSignIn && !error.pageTitle.isEmpty()) {
        return kSamePageEverywhere;
    }
    return std::nullopt;
}

/// The dates are those of the server's own certificate. Where another one of its chain is to blame,
/// they would say something else than the sentence.
Variant variantOfCertificate(const JobError &error)
{
    if (!error.certificate || !error.time.isValid()) {
        return std::nullopt;
    }
    if (error.cause == Cause::CertificateExpired && error.certificate->notAfter.isValid() &&
        error.certificate->notAfter <= error.time) {
        return kRanOutOn;
    }
    if (error.cause == Cause::CertificateNotYetValid && error.certificate->notBefore > error.time) {
        return kGoodOnlyFrom;
    }
    return std::nullopt;
}

Variant variantOfDisk(const JobError &error)
{
    if (error.cause == Cause::DiskFull && error.bytesMissing.value_or(0) > 0) {
        return kRoomMissing;
    }
    if (error.cause == Cause::FolderMissing && error.jobBytesDone > 0) {
        return kFolderGone;
    }
    if (error.cause == Cause::FileTooLarge && error.fileBytesTotal) {
        return kTooLargeFor;
    }
    if (isAboutPart(error)) {
        return kPartClosed;
    }
    if (isAboutNameOfFolder(error)) {
        return kFolderNameTooLong;
    }
    return std::nullopt;
}

} // namespace

std::optional<CauseSentences> exacterSentencesFor(const JobError &error)
{
    if (const Variant ofUpload = uploadSentencesFor(error)) {
        return ofUpload;
    }
    for (const auto variantOf : {variantOfReason, variantOfRefusal, variantOfAnswer,
                                 variantOfNetwork, variantOfCertificate, variantOfDisk}) {
        if (const Variant variant = variantOf(error)) {
            return variant;
        }
    }
    return std::nullopt;
}

} // namespace core
