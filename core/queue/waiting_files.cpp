// SPDX-License-Identifier: Apache-2.0
#include "core/queue/waiting_files.h"

#include "core/http/file_name.h"
#include "core/http/web_page.h"
#include "core/job/question.h"
#include "core/queue/file_names.h"
#include "core/remedy/catalogue.h"

#include <algorithm>

namespace core {

namespace {

QString pathOf(const QUrl &url)
{
    return url.host() + url.path(QUrl::FullyEncoded);
}

bool mayBeHelped(const FileRecord &file)
{
    return file.state == FileState::Failed && file.error &&
           fixesFor(*file.error).contains(FixKind::NewLink);
}

std::optional<WaitingFile> mostOf(const QList<WaitingFile> &found)
{
    const auto most = std::ranges::max_element(found, {}, &WaitingFile::bytesKept);
    return most == found.end() ? std::nullopt : std::optional(*most);
}

} // namespace

WaitingFiles::WaitingFiles(const JobRecords &records)
{
    for (const auto &[id, job] : records.jobs()) {
        if (job.state != JobState::Error || records.totals(id).count(FileState::Failed) == 0) {
            continue;
        }
        for (int i = 0; i < int(job.files.size()); ++i) {
            if (mayBeHelped(job.files.at(i))) {
                add(job, i);
            }
        }
    }
}

void WaitingFiles::add(const JobRecord &job, int index)
{
    const FileRecord &file = job.files.at(index);
    const WaitingFile waiting{.file = {job.id, index},
                              .name = displayName(file),
                              .bytesKept = file.durable.sizeBytes(),
                              .sizeBytes = file.sizeBytes};
    m_byName.insert(waiting.name, waiting);
    m_byServer.insert(file.spec.url.host() + u'/' + waiting.name, waiting);
    m_byPath.insert(pathOf(file.spec.url), waiting);
}

std::optional<WaitingFile> WaitingFiles::match(const QUrl &url) const
{
    const QString name = fileNameFrom(url);
    const auto byPath = mostOf(m_byPath.values(pathOf(url)));
    if (byPath || !isNameOfFile(name)) {
        return byPath;
    }
    if (const auto ofServer = mostOf(m_byServer.values(url.host() + u'/' + name))) {
        return ofServer;
    }
    auto elsewhere = mostOf(m_byName.values(name));
    if (!elsewhere || elsewhere->bytesKept == 0) {
        return std::nullopt; // nothing could tell whether it is the same
    }
    elsewhere->isOnlyNamed = true;
    return elsewhere;
}

} // namespace core
