// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/check_fields.h"
#include "core/job/timeline_fields.h"
#include "core/remedy/fix_fields.h"
#include "core/service/messages.h"
#include "core/service/start_failure.h"

/// The messages, their answers and the events, as JSON: JsonForm::Message and nothing else.
namespace core {

template <>
struct Fields<CompleteOutcome> {
    static constexpr std::tuple table{
        Field{"done", &CompleteOutcome::done},
        Field{"refused", &CompleteOutcome::refused},
    };
};

template <>
struct Fields<FilePage> {
    static constexpr std::tuple table{
        Field{"total", &FilePage::total},
        Field{"files", &FilePage::files},
    };
};

template <>
struct EnumRows<LinkRefusal> {
    static constexpr std::array rows{
        EnumRow{LinkRefusal::Empty, "Empty"},
        EnumRow{LinkRefusal::ControlCharacter, "ControlCharacter"},
        EnumRow{LinkRefusal::TooLong, "TooLong"},
        EnumRow{LinkRefusal::NotHttp, "NotHttp"},
        EnumRow{LinkRefusal::NoHost, "NoHost"},
        EnumRow{LinkRefusal::Malformed, "Malformed"},
        EnumRow{LinkRefusal::Fragment, "Fragment"},
    };
};

template <>
struct Fields<LinkReport> {
    static constexpr std::tuple table{
        Field{"typed", &LinkReport::typed},
        Field{"url", &LinkReport::url},
        Field{"isSchemeGuessed", &LinkReport::isSchemeGuessed},
        Field{"suggestedName", &LinkReport::suggestedName},
        Field{"problem", &LinkReport::problem},
        Field{"waiting", &LinkReport::waiting},
    };
};

template <>
struct Fields<WaitingFile> {
    static constexpr std::tuple table{
        Field{"file", &WaitingFile::file},
        Field{"name", &WaitingFile::name},
        Field{"kept", &WaitingFile::bytesKept},
        Field{"size", &WaitingFile::sizeBytes},
        Field{"onlyNamed", &WaitingFile::isOnlyNamed},
    };
};

template <>
struct Fields<FolderReport> {
    static constexpr std::tuple table{
        Field{"folder", &FolderReport::folder},
        Field{"freeBytes", &FolderReport::freeBytes},
        Field{"problem", &FolderReport::problem},
    };
};

template <>
struct Fields<SourceReport> {
    static constexpr std::tuple table{
        Field{"path", &SourceReport::path},
        Field{"sizeBytes", &SourceReport::sizeBytes},
        Field{"problem", &SourceReport::problem},
    };
};

template <>
struct Fields<Attention> {
    static constexpr std::tuple table{
        Field{"id", &Attention::id},
        Field{"kind", &Attention::kind},
        Field{"job", &Attention::job},
        Field{"error", &Attention::error},
    };
};

template <>
struct Fields<StoreError> {
    static constexpr std::tuple table{
        Field{"fault", &StoreError::fault},
        Field{"path", &StoreError::path},
        Field{"detail", &StoreError::detail},
    };
};

template <>
struct EnumRows<StateFolderFault> {
    static constexpr std::array rows{
        EnumRow{StateFolderFault::CannotCreate, "CannotCreate"},
        EnumRow{StateFolderFault::NotOurs, "NotOurs"},
        EnumRow{StateFolderFault::InUse, "InUse"},
    };
};

template <>
struct Fields<StateFolderError> {
    static constexpr std::tuple table{
        Field{"fault", &StateFolderError::fault},
        Field{"path", &StateFolderError::path},
        Field{"detail", &StateFolderError::detail},
    };
};

template <>
struct EnumRows<EngineFault> {
    static constexpr std::array rows{
        EnumRow{EngineFault::CannotStart, "CannotStart"},
        EnumRow{EngineFault::CannotListen, "CannotListen"},
        EnumRow{EngineFault::OtherVersion, "OtherVersion"},
        EnumRow{EngineFault::NoAnswer, "NoAnswer"},
        EnumRow{EngineFault::OtherUser, "OtherUser"},
    };
};

template <>
struct Fields<EngineError> {
    static constexpr std::tuple table{
        Field{"fault", &EngineError::fault},
        Field{"detail", &EngineError::detail},
    };
};

template <>
struct Fields<notice::NotSaved> {
    static constexpr std::tuple table{Field{"error", &notice::NotSaved::error}};
};

template <>
struct Fields<notice::LeftOut> {
    static constexpr std::tuple table{Field{"details", &notice::LeftOut::details}};
};

template <>
struct Fields<RestoredList> {
    static constexpr std::tuple table{
        Field{"copyOf", &RestoredList::copyOf},
        Field{"damagedPath", &RestoredList::damagedPath},
        Field{"savedJobs", &RestoredList::savedJobs},
    };
};

template <>
struct Fields<notice::Restored> {
    static constexpr std::tuple table{Field{"list", &notice::Restored::list}};
};

template <>
struct Fields<notice::SecretsNotKept> {
    static constexpr std::tuple table{
        Field{"keyring", &notice::SecretsNotKept::keyring},
        Field{"jobs", &notice::SecretsNotKept::jobs},
    };
};

template <>
struct Fields<notice::SecretsNotRead> {
    static constexpr std::tuple table{
        Field{"keyring", &notice::SecretsNotRead::keyring},
        Field{"jobs", &notice::SecretsNotRead::jobs},
    };
};

/// A request that only names jobs.
template <typename T>
    requires(fields::memberCount<T>() == 1 && requires(T request) { request.jobs; })
struct Fields<T> {
    static constexpr std::tuple table{Field{"jobs", &T::jobs}};
};

template <>
struct Fields<message::Add::Request> {
    static constexpr std::tuple table{
        Field{"spec", &message::Add::Request::spec},
        Field{"begins", &message::Add::Request::begins},
    };
};

template <>
struct Fields<message::AddFiles::Request> {
    static constexpr std::tuple table{
        Field{"job", &message::AddFiles::Request::job},
        Field{"files", &message::AddFiles::Request::files},
    };
};

template <>
struct Fields<ActivityReport> {
    static constexpr std::tuple table{
        Field{"jobsUnderWay", &ActivityReport::jobsUnderWay},
        Field{"commandsDue", &ActivityReport::commandsDue},
    };
};

template <>
struct Fields<message::Resume::Request> {
    static constexpr std::tuple table{
        Field{"jobs", &message::Resume::Request::jobs},
        Field{"fixes", &message::Resume::Request::fixes},
        Field{"environment", &message::Resume::Request::environment},
        Field{"left", &message::Resume::Request::left},
    };
};

template <>
struct Fields<message::Check::Request> {
    static constexpr std::tuple table{
        Field{"job", &message::Check::Request::job},
        Field{"fixes", &message::Check::Request::fixes},
        Field{"fileIndex", &message::Check::Request::fileIndex, fields::kFileIndex},
        Field{"environment", &message::Check::Request::environment},
    };
};

template <>
struct Fields<FileChange> {
    static constexpr std::tuple table{Field{"files", &FileChange::files, {.max = kMaxFilesPerJob}},
                                      Field{"wanted", &FileChange::wanted},
                                      Field{"priority", &FileChange::priority}};
};

template <>
struct Fields<JobChange> {
    static constexpr std::tuple table{
        Field{"priority", &JobChange::priority}, Field{"move", &JobChange::move},
        Field{"limitBytesPerSecond", &JobChange::limitBytesPerSecond},
        Field{"connections", &JobChange::connections}, Field{"files", &JobChange::files}};
};

template <>
struct Fields<message::Change::Request> {
    static constexpr std::tuple table{
        Field{"jobs", &message::Change::Request::jobs},
        Field{"change", &message::Change::Request::change},
    };
};

template <>
struct Fields<message::RunEverything::Request> {
    static constexpr std::tuple table{
        Field{"environment", &message::RunEverything::Request::environment},
    };
};

template <>
struct Fields<message::Complete::Request> {
    static constexpr std::tuple table{
        Field{"jobs", &message::Complete::Request::jobs},
        Field{"partial", &message::Complete::Request::partial},
    };
};

template <>
struct Fields<message::Accept::Request> {
    static constexpr std::tuple table{
        Field{"attention", &message::Accept::Request::attention},
    };
};

template <>
struct Fields<message::Jobs::Request> {
    static constexpr std::tuple table{
        Field{"ids", &message::Jobs::Request::ids},
        Field{"first", &message::Jobs::Request::first},
        Field{"count", &message::Jobs::Request::count},
    };
};

template <>
struct Fields<message::Files::Request> {
    static constexpr std::tuple table{
        Field{"job", &message::Files::Request::job},
        Field{"first", &message::Files::Request::first},
        Field{"count", &message::Files::Request::count},
        Field{"only", &message::Files::Request::only},
    };
};

template <>
struct Fields<message::Timeline::Request> {
    static constexpr std::tuple table{
        Field{"job", &message::Timeline::Request::job},
        Field{"first", &message::Timeline::Request::first},
        Field{"count", &message::Timeline::Request::count},
    };
};

template <>
struct Fields<message::InspectLinks::Request> {
    static constexpr std::tuple table{Field{"links", &message::InspectLinks::Request::links}};
};

template <>
struct Fields<message::InspectFolder::Request> {
    static constexpr std::tuple table{Field{"folder", &message::InspectFolder::Request::folder}};
};

template <>
struct Fields<message::InspectSource::Request> {
    static constexpr std::tuple table{Field{"path", &message::InspectSource::Request::path}};
};

template <>
struct Fields<LonePart> {
    static constexpr std::tuple table{
        Field{"path", &LonePart::path},
        Field{"name", &LonePart::name},
        Field{"bytes", &LonePart::bytes},
    };
};

template <>
struct Fields<message::FindParts::Request> {
    static constexpr std::tuple table{Field{"folder", &message::FindParts::Request::folder}};
};

template <>
struct Fields<message::Adopt::Request> {
    static constexpr std::tuple table{Field{"path", &message::Adopt::Request::path},
                                      Field{"url", &message::Adopt::Request::url}};
};

template <>
struct Fields<message::SetSettings::Request> {
    static constexpr std::tuple table{Field{"settings", &message::SetSettings::Request::settings}};
};

template <>
struct Fields<message::LimitAll::Request> {
    static constexpr std::tuple table{
        Field{"bytesPerSecond", &message::LimitAll::Request::bytesPerSecond},
    };
};

} // namespace core
