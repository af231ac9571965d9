// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/arguments.h"
#include "app/cli/args/surroundings.h"
#include "app/cli/args/typed_values.h"
#include "app/cli/print/output_format.h"
#include "core/job/job_spec.h"
#include "core/remedy/fix.h"
#include "core/service/messages.h"

#include <QStringList>

#include <variant>

namespace cli {

struct HelpRequest {
    std::optional<Command> about;
    bool isAboutJson = false; ///< the lines that --json prints
    bool operator==(const HelpRequest &) const = default;
};
struct VersionRequest {
    bool operator==(const VersionRequest &) const = default;
};

/// A job that is to be made.
struct NewJobRequest {
    core::JobSpec spec;
    OnError onError = OnError::Stop;
    bool detach = false;
};
struct GetRequest : NewJobRequest {};
struct PutRequest : NewJobRequest {
    QStringList notices; ///< what the person should know before it starts
};

struct ResumeRequest {
    core::JobIds jobs;
    core::Fixes fixes;                     ///< aimed at no file yet
    std::optional<core::Login> proxyLogin; ///< for the proxy that stopped the job
    QList<FileReference> files;            ///< what the fixes that can be aimed are aimed at
    QList<FileReference> skip;
    OnError onError = OnError::Stop;
    bool keepLogin = false; ///< what is secret of the fixes goes into the keyring
};

/// What resume would meet with the same repairs, of one job.
struct CheckRequest {
    ResumeRequest repair;
};

/// Looks on until the jobs come to an end, and does not start them.
struct FollowRequest {
    core::JobIds jobs;
};

/// Looks on at all jobs until it is ended.
struct WatchRequest {};

struct ListRequest {};
struct ErrorsRequest {};
struct ShowRequest {
    core::JobId job;
};

/// What is wanted of a file.
struct FileChoice {
    FileReference file;
    std::optional<bool> wanted;
    std::optional<core::FilePriority> priority;

    bool operator==(const FileChoice &) const = default;
};

/// Changes jobs, or with none of them the limit of all together.
struct SetRequest {
    core::JobIds jobs;
    core::JobChange change; ///< but for the files, which are not found yet
    QList<FileChoice> files;
};

/// suspend, cancel, remove.
struct LifecycleRequest {
    Command command = Command::Suspend;
    core::JobIds jobs;
};

/// Lists unfinished files without a job, or takes one on.
struct AdoptRequest {
    QString path; ///< absolute; empty: where jobs have their files
    std::optional<QUrl> link;
};

struct CompleteRequest {
    core::JobIds jobs;
    core::PartialFiles partial = core::PartialFiles::Remove;
};

struct EngineRequest {
    bool inBackground = false;
};

using Request =
    std::variant<EngineRequest, HelpRequest, VersionRequest, GetRequest, PutRequest, ResumeRequest,
                 CheckRequest, FollowRequest, WatchRequest, ListRequest, ErrorsRequest, ShowRequest,
                 LifecycleRequest, SetRequest, CompleteRequest, AdoptRequest>;

/// A command line, understood: every value checked, every file it names read.
struct Invocation {
    Request request;
    QString stateFolder; ///< absolute; empty: the default
    OutputFormat output;
    bool inProcess = false; ///< no engine of its own process
};

/// Understands a command line or says what is wrong with it. Reads files and standard input where
/// the command line says so, and changes nothing.
[[nodiscard]] Parsed<Invocation> readInvocation(const QByteArrayList &words,
                                                const Surroundings &surroundings);

// The parts of it that have much to check.
[[nodiscard]] Parsed<GetRequest> readGet(const Arguments &arguments,
                                         const Surroundings &surroundings);
[[nodiscard]] Parsed<PutRequest> readPut(const Arguments &arguments,
                                         const Surroundings &surroundings);
[[nodiscard]] Parsed<AdoptRequest> readAdopt(const Arguments &arguments,
                                             const Surroundings &surroundings);
[[nodiscard]] Parsed<SetRequest> readSet(const Arguments &arguments,
                                         const Surroundings &surroundings);
[[nodiscard]] Parsed<ResumeRequest> readResume(const Arguments &arguments,
                                               const Surroundings &surroundings);

} // namespace cli
