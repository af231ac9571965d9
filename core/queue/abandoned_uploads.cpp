// SPDX-License-Identifier: Apache-2.0
#include "core/queue/abandoned_uploads.h"

#include "core/queue/job_orders.h"
#include "core/system/when_ready.h"
#include "core/transfer/upload.h"

#include <algorithm>

namespace core {

namespace {

/// The person has gone on to other things, and the program may want to end.
constexpr std::chrono::seconds kPatienceWithServer{5};

bool hasPart(const FileRecord &file)
{
    return file.upload.protocol == UploadProtocol::Tus && !file.upload.resource.isEmpty();
}

} // namespace

AbandonedUploads::AbandonedUploads(TransferWorld world, TransferLimits limits, JobRecords *records,
                                   JobLife *life)
    : m_world(world)
    , m_limits(limits)
    , m_records(records)
    , m_life(life)
{
    m_limits.exchange.connect =
        std::min<std::chrono::milliseconds>(limits.exchange.connect, kPatienceWithServer);
    m_limits.exchange.firstByte =
        std::min<std::chrono::milliseconds>(limits.exchange.firstByte, kPatienceWithServer);
}

bool AbandonedUploads::isDue(const JobRecord &job)
{
    return job.state == JobState::Cancelled && std::ranges::any_of(job.files, hasPart);
}

// NOLINTBEGIN(misc-no-recursion): one is ended before the next is begun
void AbandonedUploads::begin(JobId id)
{
    const JobRecord *job = m_records->find(id);
    if (job == nullptr || !isDue(*job) || m_running.contains(id)) {
        return;
    }
    tell(*job, [this, id] {
        m_records->changeFile({id, 0}, [](FileRecord &file) { file.upload.resource.clear(); });
    });
}

void AbandonedUploads::leave(const JobRecord &before, const JobRecord &after)
{
    const bool isLeft = before.type == JobType::Upload && !before.files.isEmpty() &&
                        hasPart(before.files.first()) &&
                        after.files.first().upload.resource.isEmpty();
    if (isLeft && before.files.first().state != FileState::Whole) {
        tell(before, [] {});
    }
}

void AbandonedUploads::tell(const JobRecord &job, std::function<void()> onEnd)
{
    if (m_stop.stop_requested()) {
        return;
    }
    const JobId id = job.id;
    m_running.insert(id);
    QCoro::connect(abandonUpload(m_world, uploadOrderFor(job, 0, m_limits), m_stop.get_token()),
                   this,
                   [this, id, onEnd = std::move(onEnd)](bool isTold) { ended(id, isTold, onEnd); });
}

void AbandonedUploads::ended(JobId id, bool isTold, const std::function<void()> &onEnd)
{
    m_running.extract(id);
    const bool isGivenUp = !isTold && m_stop.stop_requested();
    if (m_records->find(id) != nullptr && !isGivenUp) {
        if (!isTold) {
            m_life->note(id, happening::Noted{.note = Note::PartLeftOnServer}, 0);
        }
        onEnd();
        static_cast<void>(m_records->commit(id));
    }
    begin(id); // the job may have been cancelled meanwhile
    if (m_running.empty()) {
        for (const auto &waiting : std::exchange(m_awaitingEnd, {})) {
            waiting->finish();
        }
    }
}

// NOLINTEND(misc-no-recursion)

QFuture<void> AbandonedUploads::close()
{
    m_stop.request_stop();
    if (m_running.empty()) {
        return readyFuture();
    }
    m_awaitingEnd.push_back(std::make_shared<QPromise<void>>());
    m_awaitingEnd.back()->start();
    return m_awaitingEnd.back()->future();
}

} // namespace core
