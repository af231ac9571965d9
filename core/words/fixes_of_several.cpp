// SPDX-License-Identifier: Apache-2.0
// What a repair is called, and does, where it is for several files or jobs.
#include "core/words/error_words.h"
#include "core/words/explain_several.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <span>

namespace core {

namespace {

struct FixRow {
    FixKind kind;
    const char *label;  ///< nullptr: as for one file
    const char *effect; ///< likewise
};

// clang-format off
// The repairs whose own words speak of one file or one job.
constexpr std::array kFixesOfSeveral{
    FixRow{FixKind::Retry,            nullptr, QT_TRANSLATE_NOOP("explain", "Tries all of them once more. What is saved is kept.")},
    FixRow{FixKind::NewLink,          QT_TRANSLATE_NOOP("explain", "Use other links"),
                                      QT_TRANSLATE_NOOP("explain", "Fetches each file from an address that you give. What is saved is gone on with where it is the same file.")},
    FixRow{FixKind::FreeSpace,        nullptr, QT_TRANSLATE_NOOP("explain", "Goes on by itself as soon as there is room again.")},
    FixRow{FixKind::KeepBoth,         QT_TRANSLATE_NOOP("explain", "Keep all files"),
                                      QT_TRANSLATE_NOOP("explain", "Puts each new file beside the old one, with a number in its name.")},
    FixRow{FixKind::Replace,          QT_TRANSLATE_NOOP("explain", "Replace the old files"),
                                      QT_TRANSLATE_NOOP("explain", "Puts the new files in the place of the old ones, which are gone then.")},
    FixRow{FixKind::Restart,          QT_TRANSLATE_NOOP("explain", "Fetch them from the start"),
                                      QT_TRANSLATE_NOOP("explain", "Fetches each file from its first byte. What is here of it is kept until it is whole.")},
    FixRow{FixKind::Recheck,          nullptr, QT_TRANSLATE_NOOP("explain", "Reads everything that is kept of these jobs once more. What is not as it was received is fetched again, the rest stays.")},
    FixRow{FixKind::SkipFile,         QT_TRANSLATE_NOOP("explain", "Go on without these files"),
                                      QT_TRANSLATE_NOOP("explain", "Leaves these files out and goes on with the rest.")},
    FixRow{FixKind::TrustCertificate, nullptr, QT_TRANSLATE_NOOP("explain", "Trusts exactly this certificate for {server}, in these jobs only.")},
    FixRow{FixKind::Proxy,            nullptr, QT_TRANSLATE_NOOP("explain", "Gives these jobs another proxy, a login for it, or none. A password never goes into the list of jobs or the log.")},
    FixRow{FixKind::AllowInsecure,    nullptr, QT_TRANSLATE_NOOP("explain", "Follows to the unencrypted addresses, in these jobs only. Others on the way can read and change the files.")},
    FixRow{FixKind::Unpack,           QT_TRANSLATE_NOOP("explain", "Unpack them"),
                                      QT_TRANSLATE_NOOP("explain", "Fetches each file compressed as the server sends it, and unpacks it when all of it is here.")},
    FixRow{FixKind::Accept,           QT_TRANSLATE_NOOP("explain", "Accept them as they are"),
                                      QT_TRANSLATE_NOOP("explain", "Takes what the server sends for these files as it is.")},
};

constexpr std::array kFixesOfSeveralUploads{
    FixRow{FixKind::Retry,            nullptr, QT_TRANSLATE_NOOP("explain", "Asks {host} what it has of each file, and sends the rest.")},
    FixRow{FixKind::NewLink,          QT_TRANSLATE_NOOP("explain", "Use other addresses"),
                                      QT_TRANSLATE_NOOP("explain", "Sends each file to an address that you give, from the start.")},
    FixRow{FixKind::Restart,          QT_TRANSLATE_NOOP("explain", "Send them from the start"),
                                      QT_TRANSLATE_NOOP("explain", "Sends each file as it is here now, from its first byte.")},
    FixRow{FixKind::TrustCertificate, nullptr, QT_TRANSLATE_NOOP("explain", "Trusts exactly this certificate for {server}, in these jobs only.")},
    FixRow{FixKind::Accept,           QT_TRANSLATE_NOOP("explain", "They are there: close the jobs"),
                                      QT_TRANSLATE_NOOP("explain", "Takes your word that {host} has all of each file. Nothing is sent any more.")},
};
// clang-format on

const FixRow *severalRowFor(FixKind kind, const JobError &error)
{
    const std::span<const FixRow> rows = error.type == JobType::Upload
                                             ? std::span<const FixRow>(kFixesOfSeveralUploads)
                                             : kFixesOfSeveral;
    const auto row = std::ranges::find(rows, kind, &FixRow::kind);
    return row == rows.end() ? nullptr : &*row;
}

} // namespace

QString labelForAll(FixKind kind, const JobError &error)
{
    const FixRow *row = severalRowFor(kind, error);
    return row != nullptr && row->label != nullptr ? translated(row->label) : label(kind, error);
}

QString describeForAll(FixKind kind, const JobError &error)
{
    const bool isWrong = error.cause == Cause::HashMismatch && error.type == JobType::Download;
    if (kind == FixKind::Restart && isWrong) {
        return translated(QT_TRANSLATE_NOOP(
            "explain", "Fetches each file from its first byte, in place of what is here of it."));
    }
    const FixRow *row = severalRowFor(kind, error);
    return row != nullptr ? withHash(said(row->effect, wordsOf(error)), kind, error)
                          : describe(kind, error);
}

} // namespace core
