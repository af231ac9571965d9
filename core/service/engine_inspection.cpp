// SPDX-License-Identifier: Apache-2.0
// What is looked at for a person before there is a job: links, folders, files to be sent.
#include "core/service/engine.h"

#include "core/disk/folder.h"
#include "core/http/file_name.h"
#include "core/http/link.h"
#include "core/remedy/diagnose.h"
#include "core/service/inspect_source.h"

#include <QCoroFuture>
#include <QFileInfo>

namespace core {

namespace {

/// The list is looked through once somebody has typed a link.
class WaitingLookup {
public:
    explicit WaitingLookup(const JobQueries *queries)
        : m_queries(queries)
    {
    }
    [[nodiscard]] std::optional<WaitingFile> match(const QUrl &url)
    {
        if (!m_files) {
            m_files.emplace(m_queries->waitingFiles());
        }
        return m_files->match(url);
    }

private:
    const JobQueries *m_queries;
    std::optional<WaitingFiles> m_files;
};

LinkReport inspect(const QString &typed, WaitingLookup *waiting)
{
    LinkReport report{.typed = typed};
    const auto link = parseTypedLink(typed);
    if (link) {
        report.url = link->url;
        report.isSchemeGuessed = link->isSchemeGuessed;
        report.suggestedName = fileNameFrom(link->url);
        report.waiting = waiting->match(link->url);
    } else {
        report.problem = link.error();
    }
    return report;
}

QFuture<DiskResult<FolderFacts>> startInspection(Volume *volume, const QString &folder)
{
    return volume->run<FolderFacts>([folder] { return inspectPlaceOf(folder); });
}

QCoro::Task<> reportFolder(Volumes *volumes, QString asked,
                           std::shared_ptr<Reply<FolderReport>> reply)
{
    FolderReport report{.folder = asked};
    const auto resolving = volumes->resolved(asked);
    const QString folder = co_await resolving;
    DiskResult<FolderFacts> facts = tl::unexpected(DiskError());
    const auto found = volumes->forFolder(folder);
    const auto volume = co_await found;
    if (volume) {
        const auto inspection = startInspection(*volume, folder);
        facts = co_await inspection;
    } else {
        facts = tl::unexpected(volume.error());
    }
    if (facts) {
        report.freeBytes = facts->freeBytes;
    } else {
        report.problem = diagnose(facts.error());
    }
    reply->answer(report);
}

QFuture<DiskResult<SourceReport>> startInspectingSource(Volume *volume, const QString &path)
{
    return volume->run<SourceReport>(
        [path] { return DiskResult<SourceReport>(inspectSource(path)); });
}

QCoro::Task<> reportSource(Volumes *volumes, QString path,
                           std::shared_ptr<Reply<SourceReport>> reply)
{
    SourceReport report{.path = path};
    const auto found = volumes->forFolder(QFileInfo(path).path());
    const auto volume = co_await found;
    if (volume) {
        const auto inspection = startInspectingSource(*volume, path);
        const auto inspected = co_await inspection;
        report = inspected.value_or(report);
    } else {
        report.problem = diagnose(volume.error());
        report.problem->type = JobType::Upload;
    }
    reply->answer(report);
}

} // namespace

void Engine::handle(Call<message::InspectLinks> call)
{
    WaitingLookup waiting(&m_manager->queries());
    QList<LinkReport> reports;
    for (const QString &typed : std::as_const(call.request.links)) {
        reports.append(inspect(typed, &waiting));
    }
    call.reply.answer(reports);
}

void Engine::handle(Call<message::InspectFolder> call)
{
    QCoro::connect(reportFolder(&m_volumes, call.request.folder, box(std::move(call.reply))), this,
                   [] {});
}

void Engine::handle(Call<message::InspectSource> call)
{
    QCoro::connect(reportSource(&m_volumes, call.request.path, box(std::move(call.reply))), this,
                   [] {});
}

} // namespace core
