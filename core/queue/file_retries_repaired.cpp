// SPDX-License-Identifier: Apache-2.0
#include "core/queue/file_retries.h"
#include "core/queue/timeline_entries.h"
#include "core/remedy/catalogue.h"

// What was done about what stopped files before, and what is told of it when they stop again.

namespace core {

/// With what is known of what was done before, and of the rest of the list.
void FileRetries::explain(FileId file, JobError *error) const
{
    const JobRecord &job = *m_records->find(file.job);
    const FileRecord &record = job.files.at(file.index);
    const auto made = m_repaired.find(file);
    const bool isInVain = made != m_repaired.end() && made->second.cause == error->cause &&
                          record.durable.sizeBytes() <= made->second.bytesHeld;
    if (isInVain) {
        error->triedInVain = made->second.fixes;
    }
    if (error->signIn == SignIn::NotGiven) { // what was given was for somebody else
        error->triedInVain.removeAll(QLatin1StringView(name(FixKind::Login)));
    }
    const bool isOfNewLink =
        error->cause == Cause::RemoteChanged && made != m_repaired.end() &&
        made->second.fixes.contains(QLatin1StringView(name(FixKind::NewLink))) &&
        made->second.bytesHeld == record.durable.sizeBytes();
    if (isOfNewLink) {
        error->reason = Reason::OtherFile;
        error->triedInVain.clear(); // it is not the same again: another link leads elsewhere
    }
    if (error->cause == Cause::NameNotFound) {
        error->similarHost = hostLike(error->url.host());
    }
}

void FileRetries::repaired(const JobRecord &job, const Fixes &fixes, const QList<FileId> &left)
{
    const Fixes made = fixes.isEmpty() ? Fixes{fix::Retry{}} : fixes;
    for (const auto &[index, what] : timeline_entry::applied(made, job)) {
        const auto kind = parse<FixKind>(std::get<happening::FixApplied>(what).fix);
        for (int i = 0; kind && i < int(job.files.size()); ++i) {
            if (index.value_or(i) == i && !left.contains({job.id, i})) {
                remember({job.id, i}, job.files.at(i), *kind);
            }
        }
    }
}

void FileRetries::remember(FileId id, const FileRecord &file, FixKind kind)
{
    const auto fix = QString::fromLatin1(name(kind));
    const qint64 bytesHeld = kind == FixKind::Restart ? 0 : file.durable.sizeBytes();
    if (!file.error || file.state != FileState::Failed) {
        if (kind == FixKind::NewLink) { // nothing had stopped it, but this may lead elsewhere
            m_repaired.insert_or_assign(id, Repaired{Cause::RemoteChanged, {fix}, bytesHeld});
        }
        return;
    }
    if (!fixesFor(*file.error).contains(kind)) {
        return; // it is for another question
    }
    // What was in vain before an engine ended was so.
    const Repaired asStored{.cause = file.error->cause, .fixes = file.error->triedInVain};
    Repaired &before = m_repaired.try_emplace(id, asStored).first->second;
    if (before.cause != file.error->cause) {
        before = asStored;
    }
    before.fixes.removeAll(fix);
    before.fixes.append(fix);
    before.bytesHeld = bytesHeld;
}

} // namespace core
