// SPDX-License-Identifier: Apache-2.0
// Unfinished files that no job knows of: where there are some, and how one becomes a job again.
#include "core/service/engine.h"

#include "core/disk/found_part.h"
#include "core/store/state_folder.h"

#include <QCoroFuture>
#include <QFileInfo>

namespace core {

namespace {

/// One that another list has is not ours to offer.
bool isOfAnotherList(const FoundPart &found, const QString &stateFolder)
{
    return found.mark && found.mark->stateFolder != stateFolder &&
           QFileInfo::exists(StateFolder::databaseIn(found.mark->stateFolder));
}

/// Those that say that they are parts of ours: other programs name their files so, too.
QList<FoundPart> markedParts(const QString &folder, const QString &stateFolder)
{
    QList<FoundPart> parts = partsIn(folder).value_or(QList<FoundPart>());
    parts.removeIf([&stateFolder](const FoundPart &found) {
        return !found.mark || isOfAnotherList(found, stateFolder);
    });
    return parts;
}

QFuture<DiskResult<QList<FoundPart>>> startLook(Volumes *volumes, const QString &folder,
                                                const QString &stateFolder)
{
    return volumes->runLong<QList<FoundPart>>(
        folder, [folder, stateFolder]() -> DiskResult<QList<FoundPart>> {
            return markedParts(folder, stateFolder);
        });
}

/// Without a part where there is none that may be taken.
QFuture<DiskResult<std::optional<FoundPart>>> startLookAt(Volumes *volumes, const QString &path,
                                                          const QString &stateFolder)
{
    return volumes->runLong<std::optional<FoundPart>>(
        QFileInfo(path).absolutePath(),
        [path, stateFolder]() -> DiskResult<std::optional<FoundPart>> {
            const auto found = partAt(path);
            const bool isFree = found && !isOfAnotherList(*found, stateFolder);
            return isFree ? std::optional(*found) : std::nullopt;
        });
}

QFuture<DiskResult<>> startMarking(Volumes *volumes, const PartIdentity &part, const PartMark &mark)
{
    return volumes->runLong<void>(QFileInfo(part.path).absolutePath(),
                                  [part, mark] { return markAnew(part, mark); });
}

LonePart lonePartOf(const FoundPart &found)
{
    return {.path = found.part.path, .name = found.fileName, .bytes = found.sizeBytes};
}

} // namespace

void Engine::handle(Call<message::FindParts> call)
{
    const QString &folder = call.request.folder;
    QCoro::connect(
        findParts(folder.isEmpty() ? m_manager->queries().folders() : QStringList{folder},
                  std::make_shared<Reply<QList<LonePart>>>(std::move(call.reply))),
        this, [] {});
}

QCoro::Task<> Engine::findParts(QStringList folders, std::shared_ptr<Reply<QList<LonePart>>> reply)
{
    QList<LonePart> lone;
    for (const QString &asked : folders) {
        const auto resolving = m_volumes.resolved(asked);
        const QString folder = co_await resolving;
        const auto looking = startLook(&m_volumes, folder, m_folder->path());
        const auto found = co_await looking;
        for (const FoundPart &part : found.value_or(QList<FoundPart>())) {
            if (!m_manager->queries().hasPart(part.part)) {
                lone.append(lonePartOf(part));
            }
        }
    }
    reply->answer(lone);
}

void Engine::handle(Call<message::Adopt> call)
{
    QCoro::connect(adopt(call.request, std::make_shared<Reply<JobId>>(std::move(call.reply))), this,
                   [] {});
}

QCoro::Task<> Engine::adopt(message::Adopt::Request request, std::shared_ptr<Reply<JobId>> reply)
{
    const QFileInfo typed(request.path);
    const auto resolving = m_volumes.resolved(typed.absolutePath());
    const QString folder = co_await resolving;
    const auto looking =
        startLookAt(&m_volumes, folder + u'/' + typed.fileName(), m_folder->path());
    const auto looked = co_await looking;
    const std::optional<FoundPart> found = looked.value_or(std::nullopt);
    if (!found || m_manager->queries().hasPart(found->part)) {
        reply->answer(
            tl::unexpected(Refusal{.kind = RefusalKind::NoLonePart, .subject = request.path}));
        co_return;
    }
    const JobSpec spec{.folder = folder,
                       .files = {FileSpec{.url = request.url, .name = found->fileName}}};
    const auto adopting = m_manager->adopt(spec, *found);
    const auto adopted = co_await adopting;
    if (adopted) {
        const auto marking =
            startMarking(&m_volumes, found->part, PartMark{{*adopted, 0}, m_folder->path()});
        co_await marking;
    }
    reply->answer(adopted);
}

} // namespace core
