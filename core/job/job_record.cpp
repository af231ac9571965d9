// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_record.h"

#include "core/job/parse_name.h"

#include <array>

namespace core {

const char *name(FileState value)
{
    switch (value) {
    case FileState::Pending:
        return "Pending";
    case FileState::Active:
        return "Active";
    case FileState::Waiting:
        return "Waiting";
    case FileState::Failed:
        return "Failed";
    case FileState::Whole:
        return "Whole";
    case FileState::Published:
        return "Published";
    case FileState::Unwanted:
        return "Unwanted";
    }
    Q_UNREACHABLE();
}

const char *name(Acceptance value)
{
    switch (value) {
    case Acceptance::Checked:
        return "Checked";
    case Acceptance::AsItIs:
        return "AsItIs";
    }
    Q_UNREACHABLE();
}

std::optional<Acceptance> parseAcceptance(QStringView text)
{
    return parseName(std::array{Acceptance::Checked, Acceptance::AsItIs}, text);
}

const char *name(SizeSource source)
{
    switch (source) {
    case SizeSource::Stated:
        return "Stated";
    case SizeSource::Counted:
        return "Counted";
    }
    Q_UNREACHABLE();
}

std::optional<SizeSource> parseSizeSource(QStringView text)
{
    return parseName(std::array{SizeSource::Stated, SizeSource::Counted}, text);
}

std::optional<FileState> parseFileState(QStringView text)
{
    return parseName(std::array{FileState::Pending, FileState::Active, FileState::Waiting,
                                FileState::Failed, FileState::Whole, FileState::Published,
                                FileState::Unwanted},
                     text);
}

} // namespace core
