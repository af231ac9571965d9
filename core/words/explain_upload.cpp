// SPDX-License-Identifier: Apache-2.0
#include "core/words/error_words.h"

#include "core/remedy/answerer.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/link_expiry.h"
#include "core/words/explain.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

// What is said of the failures of an upload where the words about fetching would be wrong.

namespace core {

namespace {

struct UploadRow {
    Cause cause;
    CauseSentences sentences;
};

// clang-format off
constexpr std::array kUploadSentences{
    UploadRow{Cause::Metered, {
        QT_TRANSLATE_NOOP("explain", "This network is metered: what is sent over it may cost money. Bellhop waits for another one."),
        QT_TRANSLATE_NOOP("explain", "Connect to another network, or try again to use this one all the same.")}},
    UploadRow{Cause::ConnectionLost, {
        QT_TRANSLATE_NOOP("explain", "The connection to {host} broke off before {file} was sent."),
        QT_TRANSLATE_NOOP("explain", "Check your connection and try again. What the server has is not sent twice, if it can go on where it was.")}},
    UploadRow{Cause::ServerSilent, {
        QT_TRANSLATE_NOOP("explain", "{host} takes nothing any more, or does not answer."),
        QT_TRANSLATE_NOOP("explain", "Check your connection and try again, or send the file to another address.")}},
    UploadRow{Cause::NotHttp, {
        QT_TRANSLATE_NOOP("explain", "What answered at {server} is not a web server, or its answer was garbled on the way."),
        QT_TRANSLATE_NOOP("explain", "Check the address, then try again.")}},
    UploadRow{Cause::NameNotFound, {
        QT_TRANSLATE_NOOP("explain", "{host} cannot be found. The address may be misspelt, or this computer is not connected to the internet."),
        QT_TRANSLATE_NOOP("explain", "Check the address and your connection, then try again, or send the file to another address.")}},
    UploadRow{Cause::ConnectionRefused, {
        QT_TRANSLATE_NOOP("explain", "{server} is not accepting connections right now."),
        QT_TRANSLATE_NOOP("explain", "This often passes. Try again in a while, or send the file to another address.")}},
    UploadRow{Cause::Forbidden, {
        QT_TRANSLATE_NOOP("explain", "{host} does not let you put {file} there."),
        QT_TRANSLATE_NOOP("explain", "If the address came from a page or a message, get a fresh one: it may have run out. Some servers want an extra header instead.")}},
    UploadRow{Cause::NotFound, {
        QT_TRANSLATE_NOOP("explain", "There is no such place on {host}."),
        QT_TRANSLATE_NOOP("explain", "Check the address that the file is to go to.")}},
    UploadRow{Cause::Gone, {
        QT_TRANSLATE_NOOP("explain", "{host} says that this place has been removed for good."),
        QT_TRANSLATE_NOOP("explain", "Send the file to another address.")}},
    UploadRow{Cause::ServerBusy, {
        QT_TRANSLATE_NOOP("explain", "{host} is busy and asked us to come back later."),
        QT_TRANSLATE_NOOP("explain", "Try again later, or send the file to another address.")}},
    UploadRow{Cause::ServerFailed, {
        QT_TRANSLATE_NOOP("explain", "{host} has a problem of its own and could not take the file."),
        QT_TRANSLATE_NOOP("explain", "There is nothing wrong on your side. Try again later, or send the file to another address.")}},
    UploadRow{Cause::RequestRejected, {
        QT_TRANSLATE_NOOP("explain", "{host} did not accept the request to store this file."),
        QT_TRANSLATE_NOOP("explain", "Check that the address is complete, or get a fresh one.")}},
    UploadRow{Cause::HashMismatch, {
        QT_TRANSLATE_NOOP("explain", "{file} does not have the checksum that it should have. Nothing of it was sent."),
        QT_TRANSLATE_NOOP("explain", "It may be damaged, or another file than you meant. Choose the right one, or correct the checksum.")}},
    UploadRow{Cause::BadAnswer, {
        QT_TRANSLATE_NOOP("explain", "The answer of {host} contradicts itself, so nobody can tell what it has stored."),
        QT_TRANSLATE_NOOP("explain", "Try again. If it happens again, send the file to another address.")}},
    UploadRow{Cause::BadRedirect, {
        QT_TRANSLATE_NOOP("explain", "{host} pointed to an address that nothing can be sent to."),
        QT_TRANSLATE_NOOP("explain", "Check the address that the file is to go to.")}},
    UploadRow{Cause::RedirectLoop, {
        QT_TRANSLATE_NOOP("explain", "{host} keeps sending us round in circles."),
        QT_TRANSLATE_NOOP("explain", "Often this means that you must sign in first. Check the address, or send the cookie of your browser as an extra header.")}},
    UploadRow{Cause::InsecureRedirect, {
        QT_TRANSLATE_NOOP("explain", "The secure address handed over to an unencrypted one, where others could read or change the file. Nothing was sent there."),
        QT_TRANSLATE_NOOP("explain", "Use an address that stays encrypted. Allow this one only if it does not matter who reads or changes the file.")}},
    UploadRow{Cause::Untrusted, {
        QT_TRANSLATE_NOOP("explain", "Nobody this computer trusts vouches for {host}. It may be a private server, or somebody in between who poses as it. Nothing was sent."),
        QT_TRANSLATE_NOOP("explain", "If you know this server, compare the fingerprint of its certificate with the one that its owner names before you trust it. Otherwise use another address.")}},
    UploadRow{Cause::CertificateOfOtherHost, {
        QT_TRANSLATE_NOOP("explain", "The certificate that {host} showed belongs to another server. Nothing was sent."),
        QT_TRANSLATE_NOOP("explain", "Check how the address is spelt, or use another one. If you know this server, compare the fingerprint of the certificate and trust it.")}},
    UploadRow{Cause::CertificateChanged, {
        QT_TRANSLATE_NOOP("explain", "{host} showed another certificate than the one that was trusted for this job."),
        QT_TRANSLATE_NOOP("explain", "It may have been renewed, or somebody in between may pose as this server. Compare its fingerprint before you trust it, or use another address.")}},
    UploadRow{Cause::CertificateRevoked, {
        QT_TRANSLATE_NOOP("explain", "The certificate of {host} was withdrawn, so nobody can be sure who is behind it."),
        QT_TRANSLATE_NOOP("explain", "Use the address of another server. This one cannot be trusted until it has a new certificate.")}},
    UploadRow{Cause::HandshakeFailed, {
        QT_TRANSLATE_NOOP("explain", "No secure connection to {host} could be agreed on. It may offer only outdated encryption, or want a certificate from you."),
        QT_TRANSLATE_NOOP("explain", "Use another address, or ask those who run the server.")}},
    UploadRow{Cause::ProxyFailed, {
        QT_TRANSLATE_NOOP("explain", "The proxy {proxy} did not get through to {host}."),
        QT_TRANSLATE_NOOP("explain", "Try again later. If it stays like this, use another proxy or none.")}},
    UploadRow{Cause::ProxyRefused, {
        QT_TRANSLATE_NOOP("explain", "The proxy {proxy} does not let us through to {host}."),
        QT_TRANSLATE_NOOP("explain", "Use another proxy or none, or send the file to another address.")}},
    UploadRow{Cause::DiskFailed, {
        QT_TRANSLATE_NOOP("explain", "The drive that holds {file} reported an error while it was read. It may be failing."),
        QT_TRANSLATE_NOOP("explain", "Copy what matters to you off this drive soon, and choose the copy of the file.")}},
};
constexpr CauseSentences kAddressRanOut{
    QT_TRANSLATE_NOOP("explain", "The address that {file} was to go to has run out. It was good until {since}."),
    QT_TRANSLATE_NOOP("explain", "Get a fresh one from where this one came from.")};
constexpr CauseSentences kNoTus{
    QT_TRANSLATE_NOOP("explain", "{host} does not speak tus at this address, which this job asks for."),
    QT_TRANSLATE_NOOP("explain", "Send it in the plain way, or check the address: most servers have one of their own for tus.")};
constexpr CauseSentences kBusyForSenders{
    QT_TRANSLATE_NOOP("explain", "{host} is busy and asked us to wait until {until}."),
    QT_TRANSLATE_NOOP("explain", "Try again after that, or send the file to another address.")};
constexpr CauseSentences kMisspeltTarget{
    QT_TRANSLATE_NOOP("explain", "{host} cannot be found. The list has other files from {similar}, which is spelt nearly the same."),
    QT_TRANSLATE_NOOP("explain", "If that is the server you meant, send the file to an address with its name. Otherwise check the address and your connection.")};
constexpr CauseSentences kProxyWithoutAnswer{
    QT_TRANSLATE_NOOP("explain", "The proxy {proxy} works, but it got no answer from {host}."),
    QT_TRANSLATE_NOOP("explain", "Try again later. If it stays like this, send the file to another server, or use another proxy or none.")};
constexpr CauseSentences kPaymentBefore{
    QT_TRANSLATE_NOOP("explain", "{host} wants to be paid before it takes this file."),
    QT_TRANSLATE_NOOP("explain", "If you have paid, sign in there and use the address that you get then.")};
constexpr CauseSentences kSentOn{
    QT_TRANSLATE_NOOP("explain", "{host} does not take the file here and names another address: {address}. Nothing was sent there."),
    QT_TRANSLATE_NOOP("explain", "If that is where the file belongs, use that address.")};
constexpr CauseSentences kFolderPerhaps{
    QT_TRANSLATE_NOOP("explain", "{host} answers with an error instead of taking {file}, and has no folder where it is to go."),
    QT_TRANSLATE_NOOP("explain", "Have the folder made, or check the address. If the folder is there, the server has a problem of its own: try again later.")};
constexpr CauseSentences kNoAnswerToAll{
    QT_TRANSLATE_NOOP("explain", "All of {file} was sent, but {host} did not answer, and has nothing new at this address."),
    QT_TRANSLATE_NOOP("explain", "Try again: it is sent from the start. If it goes on like this, send the file to another address.")};
constexpr CauseSentences kLostAfterAll{
    QT_TRANSLATE_NOOP("explain", "All of {file} was sent, but {host} closed the connection without an answer, and has nothing new at this address."),
    QT_TRANSLATE_NOOP("explain", "Try again: it is sent from the start. If it goes on like this, send the file to another address.")};
constexpr CauseSentences kClosedOnUs{
    QT_TRANSLATE_NOOP("explain", "The connection to {host} broke off when {sent} of {total} had been sent."),
    QT_TRANSLATE_NOOP("explain", "Try again: it is sent from the start. If it breaks off each time although your connection is good, the server may not take files this large.")};
constexpr CauseSentences kTooLargeHere{
    QT_TRANSLATE_NOOP("explain", "{host} does not accept files of {total}."),
    QT_TRANSLATE_NOOP("explain", "Send it to another address, or send a smaller file.")};
constexpr CauseSentences kNothingStored{
    QT_TRANSLATE_NOOP("explain", "{host} took all of {file}, but has no file at this address."),
    QT_TRANSLATE_NOOP("explain", "Check the address, and look at the server: it may need a moment, or have put the file elsewhere. Otherwise send it from the start.")};
constexpr CauseSentences kPerhapsStored{
    QT_TRANSLATE_NOOP("explain", "All of {file} was sent, but {host} did not confirm it. There is a file at this address, and nothing tells whether it is the one that was sent."),
    QT_TRANSLATE_NOOP("explain", "Look at the server. If it is your file and whole, close the job. Sent from the start, it replaces what is there; to leave that alone, use another address.")};
constexpr CauseSentences kStoredOf{
    QT_TRANSLATE_NOOP("explain", "{host} has stored {done} of {total}."),
    QT_TRANSLATE_NOOP("explain", "Send the file from the start, or look at the server and try again.")};
constexpr CauseSentences kChangedSince{
    QT_TRANSLATE_NOOP("explain", "{file} was changed, or another file put in its place, since it was begun to be sent."),
    QT_TRANSLATE_NOOP("explain", "If it is to be sent as it is now, send it from the start. Otherwise choose the file that is meant.")};
constexpr CauseSentences kBrokeOffSending{
    QT_TRANSLATE_NOOP("explain", "The connection to {host} broke off at {done} of {total}."),
    QT_TRANSLATE_NOOP("explain", "Check your connection and try again: what the server has is not sent twice.")};

constexpr const char *kByTus = QT_TRANSLATE_NOOP("explain", "Send it by tus");
constexpr const char *kByTusEffect = QT_TRANSLATE_NOOP("explain", "Sends it to the same address piece by piece: what breaks off goes on from there.");

struct UploadFixWords {
    FixKind kind;
    const char *label;
    const char *effect;
    const char *done = nullptr; ///< nullptr: as for a download
};
constexpr std::array kUploadFixes{
    UploadFixWords{FixKind::Retry, QT_TRANSLATE_NOOP("explain", "Try again"),
     QT_TRANSLATE_NOOP("explain", "Asks {host} what it has, and sends the rest.")},
    UploadFixWords{FixKind::NewLink, QT_TRANSLATE_NOOP("explain", "Use another address"),
     QT_TRANSLATE_NOOP("explain", "Sends to an address that you give, from the start."),
     QT_TRANSLATE_NOOP("explain", "Another address was given")},
    UploadFixWords{FixKind::CreateFolder, QT_TRANSLATE_NOOP("explain", "Make the folder on the server"),
     QT_TRANSLATE_NOOP("explain", "Makes the missing folders on {host}, then sends."),
     QT_TRANSLATE_NOOP("explain", "The missing folders are to be made on the server")},
    UploadFixWords{FixKind::OtherName, QT_TRANSLATE_NOOP("explain", "Use another name on the server"),
     QT_TRANSLATE_NOOP("explain", "Stores it on {host} under a name of your choice. The name here stays.")},
    UploadFixWords{FixKind::Replace, QT_TRANSLATE_NOOP("explain", "Replace what is on the server"),
     QT_TRANSLATE_NOOP("explain", "Puts what is sent in the place of what is on {host}, which is gone then."),
     QT_TRANSLATE_NOOP("explain", "What is on the server is to be replaced")},
    UploadFixWords{FixKind::Restart, QT_TRANSLATE_NOOP("explain", "Send it from the start"),
     QT_TRANSLATE_NOOP("explain", "Sends it as it is here now, from its first byte."),
     QT_TRANSLATE_NOOP("explain", "To be sent from the start")},
    UploadFixWords{FixKind::Proxy, QT_TRANSLATE_NOOP("explain", "Change the proxy"),
     QT_TRANSLATE_NOOP("explain", "Sends through a proxy of your choice, or without one.")},
    UploadFixWords{FixKind::OtherHash, QT_TRANSLATE_NOOP("explain", "Correct the checksum"),
     QT_TRANSLATE_NOOP("explain", "Compares the file with the checksum that you give, or with none, and sends it then.")},
    UploadFixWords{FixKind::Accept, QT_TRANSLATE_NOOP("explain", "It is there: close the job"),
     QT_TRANSLATE_NOOP("explain", "Takes your word that {host} has all of it. Nothing is sent any more.")},
};
// clang-format on

const UploadFixWords *uploadRowOf(FixKind kind)
{
    const auto row = std::ranges::find(kUploadFixes, kind, &UploadFixWords::kind);
    return row == kUploadFixes.end() ? nullptr : &*row;
}

} // namespace

namespace {

using Variant = std::optional<CauseSentences>;

/// What became of the bytes on their way.
Variant variantOfSending(const JobError &error)
{
    const bool isAllSent = error.bytesSent && error.bytesSent == error.fileBytesTotal;
    if (error.cause == Cause::ServerSilent && isAllSent) {
        return kNoAnswerToAll;
    }
    if (error.cause != Cause::ConnectionLost || !error.fileBytesTotal) {
        return std::nullopt;
    }
    if (isAllSent) {
        return kLostAfterAll;
    }
    if (error.fileBytesDone > 0) {
        return kBrokeOffSending;
    }
    return error.bytesSent.value_or(0) > 0 ? Variant(kClosedOnUs) : std::nullopt;
}

/// What the server has against it.
Variant variantOfTaking(const JobError &error)
{
    if (isAboutTus(error)) {
        return kNoTus;
    }
    if (error.cause == Cause::UploadTooLarge && error.fileBytesTotal) {
        return kTooLargeHere;
    }
    if (error.cause == Cause::RemoteFolderMissing && error.httpStatus == 500) {
        return kFolderPerhaps;
    }
    if (error.cause == Cause::BadRedirect && !error.evidence.redirects.isEmpty()) {
        return kSentOn;
    }
    if (error.cause == Cause::RequestRejected && error.httpStatus == 402) {
        return kPaymentBefore;
    }
    if (error.cause == Cause::ServerBusy && error.retryAfter && error.time.isValid()) {
        return kBusyForSenders;
    }
    return std::nullopt;
}

Variant variantOfWay(const JobError &error)
{
    if (error.cause == Cause::NameNotFound && !error.similarHost.isEmpty()) {
        return kMisspeltTarget;
    }
    if (error.cause == Cause::ProxyFailed && answererOf(error) == Answerer::Proxy) {
        return kProxyWithoutAnswer;
    }
    return std::nullopt;
}

Variant variantOfSource(const JobError &error)
{
    const bool isFoundLater = error.cause == Cause::SourceChanged && error.step == Step::Prepare;
    return isFoundLater ? Variant(kChangedSince) : std::nullopt;
}

/// What is there afterwards.
Variant variantOfStored(const JobError &error)
{
    if (error.cause == Cause::Unconfirmed && error.httpStatus == 404) {
        return kNothingStored;
    }
    if (error.cause == Cause::Unconfirmed && error.httpStatus == 200) {
        return kPerhapsStored;
    }
    if (error.cause == Cause::StoredDiffers && error.fileBytesTotal &&
        formatBytes(error.fileBytesDone) != formatBytes(*error.fileBytesTotal)) {
        return kStoredOf;
    }
    return std::nullopt;
}

} // namespace

std::optional<CauseSentences> uploadSentencesFor(const JobError &error)
{
    if (error.type != JobType::Upload) {
        return std::nullopt;
    }
    if (isAboutRunOutLink(error)) {
        return kAddressRanOut;
    }
    for (const auto variantOf :
         {variantOfSending, variantOfTaking, variantOfWay, variantOfSource, variantOfStored}) {
        if (const Variant variant = variantOf(error)) {
            return variant;
        }
    }
    const auto row = std::ranges::find(kUploadSentences, error.cause, &UploadRow::cause);
    return row == kUploadSentences.end() ? std::nullopt : std::optional(row->sentences);
}

const char *uploadLabelOf(FixKind kind, const JobError &error)
{
    if (kind == FixKind::OtherProtocol && protocolInstead(error) == UploadProtocol::Tus) {
        return kByTus;
    }
    const auto *row = error.type == JobType::Upload ? uploadRowOf(kind) : nullptr;
    return row == nullptr ? nullptr : row->label;
}

const char *uploadEffectOf(FixKind kind, const JobError &error)
{
    if (kind == FixKind::OtherProtocol && protocolInstead(error) == UploadProtocol::Tus) {
        return kByTusEffect;
    }
    const auto *row = error.type == JobType::Upload ? uploadRowOf(kind) : nullptr;
    return row == nullptr ? nullptr : row->effect;
}

const char *uploadMadeSentence(FixKind kind)
{
    const auto *row = uploadRowOf(kind);
    return row == nullptr ? nullptr : row->done;
}

QString whatIsSafeOfUpload(const JobError &error)
{
    if (error.cause == Cause::SourceMissing || error.cause == Cause::SourceChanged) {
        return error.fileBytesDone > 0
                   ? said(QT_TRANSLATE_NOOP("explain", "{host} has {done} of it, as it was."),
                          wordsOf(error))
                   : translated(QT_TRANSLATE_NOOP("explain",
                                                  "The server has confirmed nothing of it yet."));
    }
    if (error.fileBytesDone > 0 && error.cause != Cause::StoredDiffers) {
        return said(QT_TRANSLATE_NOOP("explain",
                                      "Your file has not been touched. {host} has {done} of it."),
                    wordsOf(error));
    }
    return translated(QT_TRANSLATE_NOOP("explain", "Your file has not been touched."));
}

} // namespace core
