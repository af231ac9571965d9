// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_fields.h"
#include "core/job/timeline.h"

/// What can happen to a job and its JSON: "time", "kind", "file" and what belongs to the kind,
/// flat.
namespace core {

template <>
struct Fields<happening::Added> {
    static constexpr std::tuple table{
        Field{"files", &happening::Added::files, kRequired},
    };
};

template <>
struct Fields<happening::StateChanged> {
    static constexpr std::tuple table{
        Field{"from", &happening::StateChanged::from, kRequired},
        Field{"to", &happening::StateChanged::to, kRequired},
        Field{"trigger", &happening::StateChanged::event, kRequired},
    };
};

template <>
struct Fields<happening::AttemptStarted> {
    static constexpr std::tuple table{
        Field{"attempt",
              &happening::AttemptStarted::attempt,
              {.isRequired = true, .max = fields::kMaxAttempts}},
        Field{"offsetBytes", &happening::AttemptStarted::offsetBytes, kRequired},
        Field{"url", &happening::AttemptStarted::url},
    };
};

template <>
struct Fields<happening::AttemptEnded> {
    static constexpr std::tuple table{
        Field{"end", &happening::AttemptEnded::end, kRequired},
        Field{"bytesDone", &happening::AttemptEnded::bytesDone, kRequired},
        Field{"fileName", &happening::AttemptEnded::fileName},
    };
};

template <>
struct Fields<happening::Rechecked> {
    static constexpr std::tuple table{
        Field{"bytes", &happening::Rechecked::bytes, kRequired},
        Field{"missingBytes", &happening::Rechecked::missingBytes},
    };
};

template <>
struct Fields<happening::Noted> {
    static constexpr std::tuple table{
        Field{"note", &happening::Noted::note, kRequired},
        Field{"fileName", &happening::Noted::fileName},
    };
};

template <>
struct Fields<happening::Failed> {
    static constexpr std::tuple table{
        Field{"error", &happening::Failed::error, kRequired},
        Field{"nextTryMs", &happening::Failed::nextTry},
    };
};

template <>
struct Fields<happening::FixApplied> {
    static constexpr std::tuple table{
        Field{"fix", &happening::FixApplied::fix, kRequired, fields::looksLikeName},
    };
};

template <>
struct Fields<happening::Decided> {
    static constexpr std::tuple table{
        Field{"command", &happening::Decided::command, kRequired},
        Field{"by", &happening::Decided::by, kRequired},
    };
};

template <>
struct Fields<happening::Fetched> {
    static constexpr std::tuple table{
        Field{"files", &happening::Fetched::files, kRequired},
        Field{"bytes", &happening::Fetched::bytes, kRequired},
    };
};

template <>
struct Fields<happening::FilesChosen> {
    static constexpr std::tuple table{
        Field{"leftOut", &happening::FilesChosen::leftOut, kRequired},
        Field{"takenIn", &happening::FilesChosen::takenIn, kRequired},
    };
};

template <>
struct Fields<happening::Completed> {
    static constexpr std::tuple table{
        Field{"kept", &happening::Completed::kept, kRequired},
        Field{"partial", &happening::Completed::partial, kRequired},
        Field{"missing", &happening::Completed::missing, kRequired},
        Field{"obstacle", &happening::Completed::obstacle},
    };
};

template <>
struct Fields<TimelineEntry> {
    static constexpr std::tuple table{
        Field{"time", &TimelineEntry::time, kRequired},
        Field{"file", &TimelineEntry::fileIndex, fields::kFileIndex},
        Flat{&TimelineEntry::what},
    };
};

template <>
struct Fields<TimelinePage> {
    static constexpr std::tuple table{
        Field{"total", &TimelinePage::total},
        Field{"next", &TimelinePage::next},
        Field{"entries", &TimelinePage::entries, {.max = kTimelineMax}},
    };
};

} // namespace core
