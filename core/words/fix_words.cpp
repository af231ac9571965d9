// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"

#include "core/words/error_words.h"

#include <QCoreApplication>

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
                                   "one or none. The password is not written to disk.")
               : QT_TRANSLATE_NOOP("explain",
                                   "Fetches the files of this job through a proxy of your "
                                   "choice, or without one.");
}

const char *acceptSentence(const JobError &error)
{
    return error.cause == Cause::WebPageInstead
               ? QT_TRANSLATE_NOOP("explain",
                                   "Fetches the page and saves it under the name {file}.")
               : QT_TRANSLATE_NOOP("explain",
                                   "Keeps {file} although its checksum differs. It may be "
                                   "damaged, or not what it seems.");
}

// clang-format off
// NOLINTNEXTLINE(readability-function-size): one row per kind
const char *sentenceFor(FixKind kind, const JobError &error)
{
    switch (kind) {
    case FixKind::Retry:
        return retrySentence(error);
    case FixKind::NewLink:
        return newLinkSentence(error);
    case FixKind::Headers:
        return QT_TRANSLATE_NOOP("explain", "Sends header lines of yours to {host}, such as a Referer or a Cookie.");
    case FixKind::Login:
        return QT_TRANSLATE_NOOP("explain", "Gives {host} a name and a password. They are not written to disk.");
    case FixKind::FreeSpace:
        return freeSpaceSentence(error);
    case FixKind::OtherFolder:
        return otherFolderSentence(error);
    case FixKind::CreateFolder:
        return QT_TRANSLATE_NOOP("explain", "Creates {place} and goes on.");
    case FixKind::OtherName:
        return QT_TRANSLATE_NOOP("explain", "Gives the new file a name of your choice.");
    case FixKind::KeepBoth:
        return QT_TRANSLATE_NOOP("explain", "Puts the new file beside the old one, with a number in its name.");
    case FixKind::Replace:
        return QT_TRANSLATE_NOOP("explain", "Puts the new file in the place of the old one, which is gone then.");
    case FixKind::Restart:
        return restartSentence(error);
    case FixKind::SkipFile:
        return QT_TRANSLATE_NOOP("explain", "Leaves {file} out and goes on with the rest.");
    case FixKind::TrustCertificate:
        return QT_TRANSLATE_NOOP("explain", "Trusts exactly this certificate for {server}, in this job only.");
    case FixKind::Proxy:
        return proxySentence(error);
    case FixKind::AllowInsecure:
        return QT_TRANSLATE_NOOP("explain", "Follows to the unencrypted address, in this job only. Others on the way can read and change the file.");
    case FixKind::OtherHash:
        return QT_TRANSLATE_NOOP("explain", "Compares the file with the checksum that you give, or with none. Nothing is fetched again.");
    case FixKind::Accept:
        return acceptSentence(error);
    case FixKind::Wait:
        return QT_TRANSLATE_NOOP("explain", "Keeps trying by itself, less and less often.");
    }
    Q_UNREACHABLE();
}

// NOLINTNEXTLINE(readability-function-size): one row per kind
const char *labelFor(FixKind kind, Cause cause)
{
    switch (kind) {
    case FixKind::Retry:
        return QT_TRANSLATE_NOOP("explain", "Try again");
    case FixKind::NewLink:
        return QT_TRANSLATE_NOOP("explain", "Use another link");
    case FixKind::Headers:
        return QT_TRANSLATE_NOOP("explain", "Send extra headers");
    case FixKind::Login:
        return QT_TRANSLATE_NOOP("explain", "Sign in");
    case FixKind::FreeSpace:
        return QT_TRANSLATE_NOOP("explain", "Make room");
    case FixKind::OtherFolder:
        return QT_TRANSLATE_NOOP("explain", "Use another folder");
    case FixKind::CreateFolder:
        return QT_TRANSLATE_NOOP("explain", "Create the folder");
    case FixKind::OtherName:
        return QT_TRANSLATE_NOOP("explain", "Use another name");
    case FixKind::KeepBoth:
        return QT_TRANSLATE_NOOP("explain", "Keep both files");
    case FixKind::Replace:
        return QT_TRANSLATE_NOOP("explain", "Replace the old file");
    case FixKind::Restart:
        return QT_TRANSLATE_NOOP("explain", "Fetch it from the start");
    case FixKind::SkipFile:
        return QT_TRANSLATE_NOOP("explain", "Go on without this file");
    case FixKind::TrustCertificate:
        return QT_TRANSLATE_NOOP("explain", "Trust this certificate");
    case FixKind::Proxy:
        return cause == Cause::ProxyLoginRequired
                   ? QT_TRANSLATE_NOOP("explain", "Sign in to the proxy, or change it")
                   : QT_TRANSLATE_NOOP("explain", "Change the proxy");
    case FixKind::AllowInsecure:
        return QT_TRANSLATE_NOOP("explain", "Allow it unencrypted");
    case FixKind::OtherHash:
        return QT_TRANSLATE_NOOP("explain", "Correct the checksum");
    case FixKind::Accept:
        return QT_TRANSLATE_NOOP("explain", "Accept it as it is");
    case FixKind::Wait:
        return QT_TRANSLATE_NOOP("explain", "Keep trying");
    }
    Q_UNREACHABLE();
}
// clang-format on

} // namespace

QString label(FixKind kind, Cause cause)
{
    return translated(labelFor(kind, cause));
}

QString describe(FixKind kind, const JobError &error)
{
    return said(sentenceFor(kind, error), wordsOf(error));
}

} // namespace core
