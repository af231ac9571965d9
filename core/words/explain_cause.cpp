// SPDX-License-Identifier: Apache-2.0
#include "core/words/error_words.h"

#include "core/remedy/catalogue.h"
#include "core/remedy/link_expiry.h"

#include <QCoreApplication>

#include <array>
#include <optional>

namespace core {

namespace {

struct Row {
    Cause cause;
    CauseSentences sentences;
};

// clang-format off
constexpr std::array kSentences{
    Row{Cause::Offline, {
        QT_TRANSLATE_NOOP("explain", "This computer is not connected to a network."),
        QT_TRANSLATE_NOOP("explain", "Connect it again, then try again.")}},
    Row{Cause::Metered, {
        QT_TRANSLATE_NOOP("explain", "This network is metered: what is fetched over it may cost money. Bellhop waits for another one."),
        QT_TRANSLATE_NOOP("explain", "Connect to another network, or try again to use this one all the same.")}},
    Row{Cause::NameNotFound, {
        QT_TRANSLATE_NOOP("explain", "{host} cannot be found. The address may be misspelt, or this computer is not connected to the internet."),
        QT_TRANSLATE_NOOP("explain", "Check the address and your connection, then try again, or use another link.")}},
    Row{Cause::ConnectionRefused, {
        QT_TRANSLATE_NOOP("explain", "{server} is not accepting connections right now."),
        QT_TRANSLATE_NOOP("explain", "This often passes. Try again in a while, or use another link.")}},
    Row{Cause::ConnectionLost, {
        QT_TRANSLATE_NOOP("explain", "The connection to {host} broke off before the file was whole."),
        QT_TRANSLATE_NOOP("explain", "Check your connection and try again. If it keeps breaking off, another link may serve you better.")}},
    Row{Cause::ServerSilent, {
        QT_TRANSLATE_NOOP("explain", "{host} does not answer."),
        QT_TRANSLATE_NOOP("explain", "Check your connection and try again, or use another link.")}},
    Row{Cause::NotHttp, {
        QT_TRANSLATE_NOOP("explain", "What answered at {server} is not a web server, or its answer was garbled on the way."),
        QT_TRANSLATE_NOOP("explain", "Check the address, then try again, or use another link.")}},

    Row{Cause::Forbidden, {
        QT_TRANSLATE_NOOP("explain", "{host} refuses access to this file."),
        QT_TRANSLATE_NOOP("explain", "Get a fresh link from the page where you found this one. Some servers want an extra header instead, such as the cookie of your browser.")}},
    Row{Cause::NotFound, {
        QT_TRANSLATE_NOOP("explain", "{host} has no file at this address."),
        QT_TRANSLATE_NOOP("explain", "Check the address, or look for a current link on the page where you found this one.")}},
    Row{Cause::Gone, {
        QT_TRANSLATE_NOOP("explain", "{host} says that this file has been removed for good."),
        QT_TRANSLATE_NOOP("explain", "Use a link to another copy of it, if you know one.")}},
    Row{Cause::LoginRequired, {
        QT_TRANSLATE_NOOP("explain", "{server} asks for a name and a password."),
        QT_TRANSLATE_NOOP("explain", "Enter the name and the password that you have for {server}.")}},
    Row{Cause::ServerBusy, {
        QT_TRANSLATE_NOOP("explain", "{host} is busy and asked us to come back later."),
        QT_TRANSLATE_NOOP("explain", "Try again later, or use another link.")}},
    Row{Cause::ServerFailed, {
        QT_TRANSLATE_NOOP("explain", "{host} has a problem of its own and could not send the file."),
        QT_TRANSLATE_NOOP("explain", "There is nothing wrong on your side. Try again later, or use another link.")}},
    Row{Cause::RequestRejected, {
        QT_TRANSLATE_NOOP("explain", "{host} did not accept the request for this file."),
        QT_TRANSLATE_NOOP("explain", "Check that the link is complete, or get a fresh one from the page where you found it.")}},
    Row{Cause::EmptyAnswer, {
        QT_TRANSLATE_NOOP("explain", "{host} answered, but sent nothing."),
        QT_TRANSLATE_NOOP("explain", "Try again. If it stays empty, use another link.")}},
    Row{Cause::WebPageInstead, {
        QT_TRANSLATE_NOOP("explain", "{host} sent a web page instead of {file}, probably one to sign in."),
        QT_TRANSLATE_NOOP("explain", "Sign in with your browser and use the link that you get there, or send the cookie of your browser as an extra header. If the page is what you want, accept it as it is.")}},
    Row{Cause::NetworkSignIn, {
        QT_TRANSLATE_NOOP("explain", "This network wants you to sign in before it lets anything through."),
        QT_TRANSLATE_NOOP("explain", "Open any page in your browser and sign in there, then try again.")}},
    Row{Cause::BadAnswer, {
        QT_TRANSLATE_NOOP("explain", "The answer of {host} contradicts itself, so it was not used."),
        QT_TRANSLATE_NOOP("explain", "Try again. If it happens again, use another link.")}},
    Row{Cause::BadRedirect, {
        QT_TRANSLATE_NOOP("explain", "{host} pointed to an address that cannot be used."),
        QT_TRANSLATE_NOOP("explain", "Get a fresh link from the page where you found this one.")}},
    Row{Cause::RedirectLoop, {
        QT_TRANSLATE_NOOP("explain", "{host} keeps sending us round in circles."),
        QT_TRANSLATE_NOOP("explain", "Often this means that you must sign in first. Use a link that you copied after signing in, or send the cookie of your browser as an extra header.")}},
    Row{Cause::InsecureRedirect, {
        QT_TRANSLATE_NOOP("explain", "The secure address handed over to an unencrypted one, where others could read or change the file. It was not followed."),
        QT_TRANSLATE_NOOP("explain", "Use a link that stays encrypted all the way. Allow this one only if it does not matter who reads or changes the file.")}},
    Row{Cause::RemoteChanged, {
        QT_TRANSLATE_NOOP("explain", "The file on {host} was changed after you began to fetch it. Joining old and new parts would break it."),
        QT_TRANSLATE_NOOP("explain", "Fetch the new version from its start, or use a link to the old one.")}},
    Row{Cause::RangeRefused, {
        QT_TRANSLATE_NOOP("explain", "{host} sent another part of the file than the one that is missing."),
        QT_TRANSLATE_NOOP("explain", "Fetch the file again from its start, or use another link.")}},
    Row{Cause::EncodedAnswer, {
        QT_TRANSLATE_NOOP("explain", "{host} sent the file compressed although it was asked for the plain file, so it was not used."),
        QT_TRANSLATE_NOOP("explain", "Accept it compressed as it is, or use another link.")}},

    Row{Cause::Untrusted, {
        QT_TRANSLATE_NOOP("explain", "Nobody this computer trusts vouches for {host}. It may be a private server, or somebody in between who poses as it."),
        QT_TRANSLATE_NOOP("explain", "If you know this server, compare the fingerprint of its certificate with the one that its owner names before you trust it. Otherwise use another link.")}},
    Row{Cause::CertificateExpired, {
        QT_TRANSLATE_NOOP("explain", "The security certificate of {host} has run out."),
        QT_TRANSLATE_NOOP("explain", "The server's owner has to renew it; try again later. If the clock of this computer is wrong, set it first.")}},
    Row{Cause::CertificateNotYetValid, {
        QT_TRANSLATE_NOOP("explain", "By the clock of this computer, the security certificate of {host} is not good yet."),
        QT_TRANSLATE_NOOP("explain", "Check the date and time of this computer, then try again.")}},
    Row{Cause::CertificateOfOtherHost, {
        QT_TRANSLATE_NOOP("explain", "The certificate that {host} showed belongs to {subject}."),
        QT_TRANSLATE_NOOP("explain", "Check how the address is spelt, or use another link. If you know this server, compare the fingerprint of the certificate and trust it.")}},
    Row{Cause::CertificateChanged, {
        QT_TRANSLATE_NOOP("explain", "{host} showed another certificate than the one that was trusted for this job."),
        QT_TRANSLATE_NOOP("explain", "It may have been renewed, or somebody in between may pose as this server. Compare its fingerprint before you trust it, or use another link.")}},
    Row{Cause::CertificateRevoked, {
        QT_TRANSLATE_NOOP("explain", "The certificate of {host} was withdrawn, so nobody can be sure who is behind it."),
        QT_TRANSLATE_NOOP("explain", "Use a link to another server. This one cannot be trusted until it has a new certificate.")}},
    Row{Cause::HandshakeFailed, {
        QT_TRANSLATE_NOOP("explain", "No secure connection to {host} could be agreed on. It may offer only outdated encryption, or want a certificate from you."),
        QT_TRANSLATE_NOOP("explain", "Use another link to the same file, or ask those who run the server.")}},
    Row{Cause::ProxyUnreachable, {
        QT_TRANSLATE_NOOP("explain", "The proxy {proxy} cannot be reached. The internet itself may be fine."),
        QT_TRANSLATE_NOOP("explain", "Go on without a proxy, use another one, or check the network settings of this computer and try again.")}},
    Row{Cause::ProxyFailed, {
        QT_TRANSLATE_NOOP("explain", "The proxy {proxy} did not get through to {host}."),
        QT_TRANSLATE_NOOP("explain", "Try again later. If it stays like this, use another proxy or none, or a link to another server.")}},
    Row{Cause::ProxyLoginRequired, {
        QT_TRANSLATE_NOOP("explain", "The proxy {proxy} asks for a name and a password."),
        QT_TRANSLATE_NOOP("explain", "Enter the name and the password that you have for the proxy. If they were given before, it did not accept them.")}},
    Row{Cause::ProxyRefused, {
        QT_TRANSLATE_NOOP("explain", "The proxy {proxy} does not let us through to {host}."),
        QT_TRANSLATE_NOOP("explain", "Use another proxy or none, or a link to another server.")}},

    Row{Cause::DiskFull, {
        QT_TRANSLATE_NOOP("explain", "There is not enough room on the drive that holds {place}."),
        QT_TRANSLATE_NOOP("explain", "Make some room and try again, or choose another folder.")}},
    Row{Cause::QuotaExceeded, {
        QT_TRANSLATE_NOOP("explain", "Your share of the drive that holds {place} is used up."),
        QT_TRANSLATE_NOOP("explain", "Remove some files of yours and try again, or choose another folder.")}},
    Row{Cause::NoPermission, {
        QT_TRANSLATE_NOOP("explain", "Your account is not allowed to write to {place}."),
        QT_TRANSLATE_NOOP("explain", "Choose another folder, or change the permissions of this one and try again.")}},
    Row{Cause::FolderMissing, {
        QT_TRANSLATE_NOOP("explain", "{place} does not exist."),
        QT_TRANSLATE_NOOP("explain", "Create it or choose another folder. If it is on a drive that was unplugged, plug that in and try again.")}},
    Row{Cause::DriveMissing, {
        QT_TRANSLATE_NOOP("explain", "{place} is on a drive that is not connected now."),
        QT_TRANSLATE_NOOP("explain", "Connect the drive and try again, or choose another folder.")}},
    Row{Cause::NotAFolder, {
        QT_TRANSLATE_NOOP("explain", "In the place of {place} there is a file, or a link to another place, and not a folder."),
        QT_TRANSLATE_NOOP("explain", "Choose another folder. If there was a folder in that place before, put it back and try again.")}},
    Row{Cause::ReadOnlyDisk, {
        QT_TRANSLATE_NOOP("explain", "The drive that holds {place} cannot be written to right now."),
        QT_TRANSLATE_NOOP("explain", "Choose a folder on another drive, or release the write-protect switch if there is one, and try again. A drive that locks itself may be failing.")}},
    Row{Cause::NameTooLong, {
        QT_TRANSLATE_NOOP("explain", "The name {file} is too long for this drive."),
        QT_TRANSLATE_NOOP("explain", "Give the file a shorter name.")}},
    Row{Cause::NameExists, {
        QT_TRANSLATE_NOOP("explain", "There is already a file named {file} in {place}."),
        QT_TRANSLATE_NOOP("explain", "Keep both files, replace the old one, or choose another name.")}},
    Row{Cause::NotRegularFile, {
        QT_TRANSLATE_NOOP("explain", "In the place of {file} there is something that is not an ordinary file, such as a folder or a shortcut."),
        QT_TRANSLATE_NOOP("explain", "Choose another name or another folder.")}},
    Row{Cause::FileTooLarge, {
        QT_TRANSLATE_NOOP("explain", "The drive that holds {place} cannot take a file this large."),
        QT_TRANSLATE_NOOP("explain", "Choose a folder on another drive.")}},
    Row{Cause::DiskFailed, {
        QT_TRANSLATE_NOOP("explain", "The drive that holds {place} reported an error. It may be failing."),
        QT_TRANSLATE_NOOP("explain", "Choose a folder on another drive, and copy what matters to you off this one soon.")}},
    Row{Cause::PartMissing, {
        QT_TRANSLATE_NOOP("explain", "The unfinished file for {file} was moved or deleted."),
        QT_TRANSLATE_NOOP("explain", "If you moved it, put it back and try again. Otherwise fetch the file from its start.")}},
    Row{Cause::PartChanged, {
        QT_TRANSLATE_NOOP("explain", "The unfinished file for {file} was changed by another program."),
        QT_TRANSLATE_NOOP("explain", "Try again: what is still as it came is kept, the rest is fetched. If that does not help, fetch the file from its start.")}},

    Row{Cause::HashMismatch, {
        QT_TRANSLATE_NOOP("explain", "{file} does not match its checksum. It is damaged, or not the version you expect."),
        QT_TRANSLATE_NOOP("explain", "Fetch it again from its start, or use another link. If the checksum itself is wrong, correct it.")}},
    Row{Cause::SizeMismatch, {
        QT_TRANSLATE_NOOP("explain", "{file} does not have the size that was promised."),
        QT_TRANSLATE_NOOP("explain", "Fetch it again from its start, or use another link.")}},

    Row{Cause::SourceMissing, {
        QT_TRANSLATE_NOOP("explain", "{file} is not in {place}."),
        QT_TRANSLATE_NOOP("explain", "If you moved it, choose it in its new place. If it is on a drive that was unplugged, plug that in and try again.")}},
    Row{Cause::SourceUnreadable, {
        QT_TRANSLATE_NOOP("explain", "{file} in {place} cannot be read."),
        QT_TRANSLATE_NOOP("explain", "Change its permissions and try again, or choose a copy of it.")}},
    Row{Cause::SourceNotAFile, {
        QT_TRANSLATE_NOOP("explain", "{file} in {place} is not an ordinary file, so it cannot be sent."),
        QT_TRANSLATE_NOOP("explain", "Choose an ordinary file. To send a folder, pack it into one file first.")}},
    Row{Cause::SourceChanged, {
        QT_TRANSLATE_NOOP("explain", "{file} was changed while it was being sent."),
        QT_TRANSLATE_NOOP("explain", "When nobody writes to it any more, send it from the start, or choose a copy that stays as it is.")}},
    Row{Cause::RemoteNameTaken, {
        QT_TRANSLATE_NOOP("explain", "{target} is on {host} already."),
        QT_TRANSLATE_NOOP("explain", "Choose another name, or replace that file.")}},
    Row{Cause::RemoteFolderMissing, {
        QT_TRANSLATE_NOOP("explain", "The folder for {file} does not exist on {host}."),
        QT_TRANSLATE_NOOP("explain", "Have it made, or check the address.")}},
    Row{Cause::RemoteLocked, {
        QT_TRANSLATE_NOOP("explain", "Somebody has locked this file on {host}."),
        QT_TRANSLATE_NOOP("explain", "Try again when it is free, or use another name.")}},
    Row{Cause::UploadTooLarge, {
        QT_TRANSLATE_NOOP("explain", "{host} does not accept files this large."),
        QT_TRANSLATE_NOOP("explain", "Send it to another address, or send a smaller file.")}},
    Row{Cause::RemoteFull, {
        QT_TRANSLATE_NOOP("explain", "The storage on {host} is full, or your share of it is used up."),
        QT_TRANSLATE_NOOP("explain", "Make room there and try again, or send the file to another address.")}},
    Row{Cause::UploadNotTaken, {
        QT_TRANSLATE_NOOP("explain", "{host} takes no files at this address."),
        QT_TRANSLATE_NOOP("explain", "Check the address that the file is to go to.")}},
    Row{Cause::UploadElsewhere, {
        QT_TRANSLATE_NOOP("explain", "The file is to go to {address}, on another server. Nothing was sent there."),
        QT_TRANSLATE_NOOP("explain", "If you trust that server with the file, use its address.")}},
    Row{Cause::Unconfirmed, {
        QT_TRANSLATE_NOOP("explain", "All of {file} was sent, but {host} did not confirm it and does not say whether it has it."),
        QT_TRANSLATE_NOOP("explain", "Look at the server. If the file is there and whole, close the job; otherwise send it from the start.")}},
    Row{Cause::StoredDiffers, {
        QT_TRANSLATE_NOOP("explain", "{host} has stored another number of bytes than were sent."),
        QT_TRANSLATE_NOOP("explain", "Send the file from the start, or look at the server and try again.")}},

    Row{Cause::Internal, {
        QT_TRANSLATE_NOOP("explain", "Bellhop met a fault of its own and stopped this file to be on the safe side."),
        QT_TRANSLATE_NOOP("explain", "Try again. If it happens again, please report it; the details can be copied.")}},
};

// clang-format on

constexpr bool everyCauseHasItsSentences()
{
    for (size_t i = 0; i < kCauses.size(); ++i) {
        if (kSentences[i].cause != kCauses[i]) {
            return false;
        }
    }
    return true;
}
static_assert(kSentences.size() == kCauses.size());
static_assert(everyCauseHasItsSentences(), "one row per cause, in the order of the enum");

} // namespace

CauseSentences sentencesOfCause(Cause cause)
{
    return kSentences[size_t(cause)].sentences;
}

CauseSentences sentencesFor(const JobError &error)
{
    return exacterSentencesFor(error).value_or(sentencesOfCause(error.cause));
}

} // namespace core
