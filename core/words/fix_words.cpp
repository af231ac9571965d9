// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"

#include "core/remedy/catalogue.h"
#include "core/words/error_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace core {

namespace {

bool isAboutThisMachine(Cause cause)
{
    return cause >= Cause::DiskFull && cause <= Cause::PartChanged;
}

/// The bytes of the file are gone, or not to be relied on: nothing continues after them.
bool isDoubtful(Cause cause)
{
    return cause == Cause::PartMissing || cause == Cause::PartChanged ||
           cause == Cause::HashMismatch || cause == Cause::SizeMismatch;
}

const char *retrySentence(const JobError &error)
{
    if (error.cause == Cause::PartMissing) {
        return QT_TRANSLATE_NOOP("explain", "Looks for the unfinished file once more.");
    }
    if (isAboutThisMachine(error.cause)) {
        return QT_TRANSLATE_NOOP("explain", "Tries once more in the same place.");
    }
    return error.fileBytesDone > 0
               ? QT_TRANSLATE_NOOP("explain", "Continues this file after the {done} already saved.")
               : QT_TRANSLATE_NOOP("explain", "Asks {host} once more.");
}

const char *newLinkSentence(const JobError &error)
{
    return error.fileBytesDone > 0 && !isDoubtful(error.cause)
               ? QT_TRANSLATE_NOOP(
                     "explain",
                     "Continues after the {done} already saved, if the new link has the same file.")
               : QT_TRANSLATE_NOOP("explain", "Fetches the file from an address that you give.");
}

const char *otherFolderSentence(const JobError &error)
{
    return error.jobBytesDone > 0
               ? QT_TRANSLATE_NOOP(
                     "explain",
                     "Takes what is saved along to a folder of your choice and goes on there.")
               : QT_TRANSLATE_NOOP("explain", "Puts the files into a folder of your choice.");
}

const char *restartSentence(const JobError &error)
{
    if (error.fileBytesDone > 0 && error.cause == Cause::HashMismatch) {
        return QT_TRANSLATE_NOOP("explain", "Fetches the file from its first byte, in place of the "
                                            "{done} that are here.");
    }
    return error.fileBytesDone > 0 && error.cause != Cause::PartMissing
               ? QT_TRANSLATE_NOOP("explain", "Fetches the file from its first byte. The {done} "
                                              "already here are kept until it is whole.")
               : QT_TRANSLATE_NOOP("explain", "Fetches the file from its first byte.");
}

const char *freeSpaceSentence(const JobError &error)
{
    return error.bytesMissing.value_or(0) > 0
               ? QT_TRANSLATE_NOOP("explain",
                                   "Goes on by itself as soon as {missing} more are free.")
               : QT_TRANSLATE_NOOP("explain", "Goes on by itself as soon as there is room again.");
}

const char *proxySentence(const JobError &error)
{
    return error.cause == Cause::ProxyLoginRequired
               ? QT_TRANSLATE_NOOP("explain",
                                   "Gives the proxy a name and a password, or uses another "
                                   "one or none. The password never goes into the list of "
                                   "jobs or the log.")
               : QT_TRANSLATE_NOOP("explain",
                                   "Fetches the files of this job through a proxy of your "
                                   "choice, or without one.");
}

const char *acceptSentence(const JobError &error)
{
    if (isAboutOlderForm(error)) {
        return QT_TRANSLATE_NOOP("explain", "Takes the {aside} that were here before for {file}, "
                                            "although they were to be fetched anew.");
    }
    if (error.cause == Cause::EmptyAnswer) {
        return QT_TRANSLATE_NOOP("explain", "Keeps {file} as an empty file.");
    }
    if (error.cause == Cause::EncodedAnswer) {
        return QT_TRANSLATE_NOOP("explain", "Fetches the file compressed as the server sends it.");
    }
    if (error.reason == Reason::NotUnpackable) {
        return QT_TRANSLATE_NOOP("explain", "Keeps {file} as it came, without unpacking it.");
    }
    if (error.cause == Cause::BadAnswer) {
        return QT_TRANSLATE_NOOP("explain", "Takes for {file} whatever the server sends.");
    }
    if (error.cause == Cause::WebPageInstead && error.fileBytesDone > 0) {
        return QT_TRANSLATE_NOOP("explain", "Fetches the page and saves it under the name {file}, "
                                            "in place of the {done} that are here.");
    }
    return error.cause == Cause::WebPageInstead
               ? QT_TRANSLATE_NOOP("explain",
                                   "Fetches the page and saves it under the name {file}.")
               : QT_TRANSLATE_NOOP("explain",
                                   "Keeps {file} although its checksum differs. It may be "
                                   "damaged, or not what it seems.");
}

/// What a repair does: the same words whatever the error, or words for this one.
struct Effect {
    // NOLINTBEGIN(google-explicit-constructor): a row of the table gives one or the other
    constexpr Effect(const char *words)
        : always(words)
    {
    }
    constexpr Effect(const char *(*words)(const JobError &))
        : forError(words)
    {
    }
    // NOLINTEND(google-explicit-constructor)

    const char *always = nullptr;
    const char *(*forError)(const JobError &) = nullptr;
};

struct FixWords {
    FixKind kind;
    const char *label;
    Effect effect;
    const char *done; ///< of a repair that was made
};

// clang-format off
constexpr std::array kFixWords{
    FixWords{FixKind::Retry, QT_TRANSLATE_NOOP("explain", "Try again"),
     retrySentence,
     QT_TRANSLATE_NOOP("explain", "To be tried again as it is")},
    FixWords{FixKind::NewLink, QT_TRANSLATE_NOOP("explain", "Use another link"),
     newLinkSentence,
     QT_TRANSLATE_NOOP("explain", "A new link was given")},
    FixWords{FixKind::Headers, QT_TRANSLATE_NOOP("explain", "Send extra headers"),
     QT_TRANSLATE_NOOP("explain", "Sends header lines of yours to {host}, such as a Referer or a Cookie."),
     QT_TRANSLATE_NOOP("explain", "Extra headers were given")},
    FixWords{FixKind::Login, QT_TRANSLATE_NOOP("explain", "Sign in"),
     QT_TRANSLATE_NOOP("explain", "Gives {server} a name and a password. They never go into the list of jobs or the log."),
     QT_TRANSLATE_NOOP("explain", "A login was given")},
    FixWords{FixKind::FreeSpace, QT_TRANSLATE_NOOP("explain", "Make room"),
     freeSpaceSentence,
     QT_TRANSLATE_NOOP("explain", "Room was made on the disk")},
    FixWords{FixKind::OtherFolder, QT_TRANSLATE_NOOP("explain", "Use another folder"),
     otherFolderSentence,
     QT_TRANSLATE_NOOP("explain", "Another folder was chosen")},
    FixWords{FixKind::CreateFolder, QT_TRANSLATE_NOOP("explain", "Create the folder"),
     QT_TRANSLATE_NOOP("explain", "Creates {place} and goes on."),
     QT_TRANSLATE_NOOP("explain", "The missing folder is to be created")},
    FixWords{FixKind::OtherName, QT_TRANSLATE_NOOP("explain", "Use another name"),
     QT_TRANSLATE_NOOP("explain", "Gives the new file a name of your choice."),
     QT_TRANSLATE_NOOP("explain", "Another name was given")},
    FixWords{FixKind::KeepBoth, QT_TRANSLATE_NOOP("explain", "Keep both files"),
     QT_TRANSLATE_NOOP("explain", "Puts the new file beside the old one, with a number in its name."),
     QT_TRANSLATE_NOOP("explain", "Both files are to be kept")},
    FixWords{FixKind::Replace, QT_TRANSLATE_NOOP("explain", "Replace the old file"),
     QT_TRANSLATE_NOOP("explain", "Puts the new file in the place of the old one, which is gone then."),
     QT_TRANSLATE_NOOP("explain", "The old file is to be replaced")},
    FixWords{FixKind::Restart, QT_TRANSLATE_NOOP("explain", "Fetch it from the start"),
     restartSentence,
     QT_TRANSLATE_NOOP("explain", "To be fetched from the start")},
    FixWords{FixKind::Recheck, QT_TRANSLATE_NOOP("explain", "Read what is kept again"),
     QT_TRANSLATE_NOOP("explain", "Reads everything that is kept of this job once more. What is not as it was received is fetched again, the rest stays."),
     QT_TRANSLATE_NOOP("explain", "What is kept is to be read again")},
    FixWords{FixKind::SkipFile, QT_TRANSLATE_NOOP("explain", "Go on without this file"),
     QT_TRANSLATE_NOOP("explain", "Leaves {file} out and goes on with the rest."),
     QT_TRANSLATE_NOOP("explain", "Left out by you")},
    FixWords{FixKind::TrustCertificate, QT_TRANSLATE_NOOP("explain", "Trust this certificate"),
     QT_TRANSLATE_NOOP("explain", "Trusts exactly this certificate for {server}, in this job only."),
     QT_TRANSLATE_NOOP("explain", "You trusted the certificate")},
    FixWords{FixKind::Proxy, QT_TRANSLATE_NOOP("explain", "Change the proxy"),
     proxySentence,
     QT_TRANSLATE_NOOP("explain", "The proxy was changed")},
    FixWords{FixKind::AllowInsecure, QT_TRANSLATE_NOOP("explain", "Allow it unencrypted"),
     QT_TRANSLATE_NOOP("explain", "Follows to the unencrypted address, in this job only. Others on the way can read and change the file."),
     QT_TRANSLATE_NOOP("explain", "You allowed it unencrypted")},
    FixWords{FixKind::OtherHash, QT_TRANSLATE_NOOP("explain", "Correct the checksum"),
     QT_TRANSLATE_NOOP("explain", "Compares the file with the checksum that you give, or with none. Nothing is fetched again."),
     QT_TRANSLATE_NOOP("explain", "The checksum was changed")},
    FixWords{FixKind::Accept, QT_TRANSLATE_NOOP("explain", "Accept it as it is"),
     acceptSentence,
     QT_TRANSLATE_NOOP("explain", "Accepted as it is by you")},
    FixWords{FixKind::Unpack, QT_TRANSLATE_NOOP("explain", "Unpack it"),
     QT_TRANSLATE_NOOP("explain", "Fetches the file compressed as the server sends it, and unpacks it when all of it is here."),
     QT_TRANSLATE_NOOP("explain", "To be unpacked in the end")},
    FixWords{FixKind::OtherSource, QT_TRANSLATE_NOOP("explain", "Choose the file again"),
     QT_TRANSLATE_NOOP("explain", "Sends the file that you choose. Where it is the same one, what the server has of it is kept."),
     QT_TRANSLATE_NOOP("explain", "The file was chosen again")},
    FixWords{FixKind::OtherProtocol, QT_TRANSLATE_NOOP("explain", "Send it in the plain way"),
     QT_TRANSLATE_NOOP("explain", "Sends it to the same address with one PUT, from the start if that breaks off."),
     QT_TRANSLATE_NOOP("explain", "To be sent in another way")},
    FixWords{FixKind::Wait, QT_TRANSLATE_NOOP("explain", "Keep trying"),
     QT_TRANSLATE_NOOP("explain", "Keeps trying by itself, less and less often."),
     QT_TRANSLATE_NOOP("explain", "To be tried further")},
};
// clang-format on
static_assert(std::ranges::equal(kFixWords, kFixKinds, {}, &FixWords::kind));

const FixWords &rowOf(FixKind kind)
{
    return kFixWords.at(std::size_t(kind));
}

} // namespace

QString label(FixKind kind, const JobError &error)
{
    if (kind == FixKind::Proxy && error.cause == Cause::ProxyLoginRequired) {
        return translated(QT_TRANSLATE_NOOP("explain", "Sign in to the proxy, or change it"));
    }
    if (kind == FixKind::Accept && isAboutOlderForm(error)) {
        return translated(QT_TRANSLATE_NOOP("explain", "Keep what was here before"));
    }
    const char *ofUpload = uploadLabelOf(kind, error);
    return translated(ofUpload != nullptr ? ofUpload : rowOf(kind).label);
}

QString hashOnlyTold()
{
    return translated(QT_TRANSLATE_NOOP(
        "explain", "Its checksum is compared all the same, and you are told if it differs."));
}

QString withHash(const QString &effect, FixKind kind, const JobError &error)
{
    const bool isWhatDiffers =
        error.cause == Cause::HashMismatch && error.reason != Reason::NotUnpackable;
    return kind == FixKind::Accept && error.wantedHash && !isWhatDiffers
               ? effect + u' ' + hashOnlyTold()
               : effect;
}

QString describe(FixKind kind, const JobError &error)
{
    if (const char *ofUpload = uploadEffectOf(kind, error)) {
        return said(ofUpload, wordsOf(error));
    }
    const Effect &effect = rowOf(kind).effect;
    return withHash(
        said(effect.forError != nullptr ? effect.forError(error) : effect.always, wordsOf(error)),
        kind, error);
}

const char *madeSentence(FixKind kind)
{
    return rowOf(kind).done;
}

} // namespace core
