// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/repair_runner.h"

#include "app/cli/follow/lookup.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/question_group.h"

#include <algorithm>

namespace cli {

RepairRunner::RepairRunner(ResumeRequest request, const CommandContext &context,
                           ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
    , m_request(std::move(request))
{
}

void RepairRunner::start()
{
    lookUp(m_request.jobs, [this](const Jobs &jobs) { takeUp(jobs); });
}

/// All of the jobs or none: a number that was mistyped should not start the others.
void RepairRunner::takeUp(const QList<core::JobSnapshot> &jobs)
{
    for (const core::JobId id : std::as_const(m_request.jobs)) {
        if (!std::ranges::any_of(jobs, [id](const auto &job) { return job.id == id; })) {
            refuse({.kind = core::RefusalKind::UnknownJob, .job = id});
            return;
        }
    }
    if (m_request.proxyLogin && !logInToProxyOf(jobs.first())) {
        return;
    }
    for (core::Fix &fix : m_request.fixes) {
        if (m_request.keepLogin) {
            core::setKeep(true, &fix);
        }
    }
    m_jobs = jobs;
    if (m_request.files.isEmpty() && m_request.skip.isEmpty()) {
        go(m_jobs, m_request.fixes);
        return;
    }
    withAllFiles(service(), this, m_request.jobs.first(),
                 [this](const QList<core::FileSnapshot> &files) { aim(files); });
}

/// The login is for the proxy that the job met; false, and said, when it met none.
bool RepairRunner::logInToProxyOf(const core::JobSnapshot &job)
{
    const QUrl proxy = job.error ? job.error->proxy : QUrl();
    if (!core::isProxyAddress(proxy)) {
        reporter()->failed(
            Words::tr("Job %1 was not stopped by a proxy; name the one to use with --proxy.")
                .arg(core::text(job.id)));
        finish(core::ExitCode::Usage);
        return false;
    }
    m_request.fixes.append(core::fix::Proxy{withLogin(proxy, *m_request.proxyLogin)});
    return true;
}

void RepairRunner::aim(const QList<core::FileSnapshot> &files)
{
    QList<int> repaired;
    for (const FileReference &reference : std::as_const(m_request.files)) {
        const auto index = find(reference, files);
        if (!index) {
            return;
        }
        repaired.append(*index);
    }
    m_request.fixes = aimedAt(m_request.fixes, repaired);
    nameServers(files, repaired);
    for (const FileReference &reference : std::as_const(m_request.skip)) {
        const auto index = find(reference, files);
        if (!index) {
            return;
        }
        if (repaired.contains(*index)) {
            reporter()->failed(
                Words::tr("File %1 is named by --skip and by --file; choose one.").arg(*index + 1));
            finish(core::ExitCode::Usage);
            return;
        }
        m_request.fixes.append(core::fix::SkipFile{index});
    }
    if (!isFinished()) {
        go(m_jobs, m_request.fixes);
    }
}

/// What is for one server is for that of the files that were named: the one that asks for them, or
/// else that of their address.
void RepairRunner::nameServers(const QList<core::FileSnapshot> &files, const QList<int> &named)
{
    core::Fixes aimed;
    for (const core::Fix &fix : std::as_const(m_request.fixes)) {
        if (!core::canNameOrigin(fix) || !core::originIn(fix).isEmpty() || named.isEmpty()) {
            aimed.append(fix);
            continue;
        }
        QStringList origins;
        for (const core::FileSnapshot &file : files) {
            if (named.contains(file.id.index)) {
                const bool isAsked =
                    file.error && core::fixesFor(*file.error).contains(core::kindOf(fix));
                origins.append(core::serverOf(isAsked ? file.error->url : file.url));
            }
        }
        origins.removeDuplicates();
        for (const QString &origin : std::as_const(origins)) {
            core::setOrigin(origin, &aimed.emplaceBack(fix));
        }
    }
    m_request.fixes = aimed;
}

/// The number of the file; where there is none, or more than one, the command ends with that.
std::optional<int> RepairRunner::find(const FileReference &reference,
                                      const QList<core::FileSnapshot> &files)
{
    const auto index = findFile(reference, m_request.jobs.first(), files);
    if (index) {
        return *index;
    }
    reporter()->failed(index.error().sentence);
    finish(core::ExitCode::Usage);
    return std::nullopt;
}

Parsed<int> findFile(const FileReference &reference, core::JobId job,
                     const QList<core::FileSnapshot> &files)
{
    QList<int> found;
    for (const core::FileSnapshot &file : files) {
        const bool isIt =
            reference.index ? file.id.index == *reference.index : file.name == reference.name;
        if (isIt) {
            found.append(file.id.index);
        }
    }
    if (found.size() == 1) {
        return found.first();
    }
    if (found.isEmpty()) {
        return misused(Words::tr("Job %1 has no file %2; \"bhop show %1\" lists its files.")
                           .arg(core::text(job), reference.index
                                                     ? QString::number(*reference.index + 1)
                                                     : quoted(reference.name)));
    }
    return misused(
        Words::tr("Job %1 has several files %2; give the number of one, as \"bhop show %1\" "
                  "lists them.")
            .arg(core::text(job), quoted(reference.name)));
}

core::Fixes aimedAt(const core::Fixes &fixes, const QList<int> &files)
{
    core::Fixes aimed;
    for (const core::Fix &fix : fixes) {
        if (files.isEmpty() || !core::canNameFile(fix)) {
            aimed.append(fix);
            continue;
        }
        for (const int file : files) {
            aimed.append(core::forFile(fix, file));
        }
    }
    return aimed;
}

} // namespace cli
