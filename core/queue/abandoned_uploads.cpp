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
    return job.state == JobState::Cancelled &&
           std::ranges::any_of(job.files, [](const FileRecord &file) {
               return file.upload.protocol == UploadProtocol::Tus &&
                      !file.upload.resource.isEmpty();
           });
}

void AbandonedUploads::begin(JobId id)
{
    const JobRecord *job = m_records->find(id);
    if (job == nullptr || !isDue(*job) || m_stop.stop_requested() || !m_running.insert(id).second) {
        return;
    }
    QCoro::connect(abandonUpload(m_world, uploadOrderFor(*job, 0, m_limits), m_stop.get_token()),
                   this, [this, id](bool isTold) { ended(id, isTold); });
}

void AbandonedUploads::ended(JobId id, bool isTold)
{
    m_running.erase(id);
    const bool isGivenUp = !isTold && m_stop.stop_requested();
    if (m_records->find(id) != nullptr && !isGivenUp) {
        if (!isTold) {
            m_life->note(id, happening::Noted{.note = Note::PartLeftOnServer}, 0);
        }
        m_records->changeFile({id, 0}, [](FileRecord &file) { file.upload.resource.clear(); });
        static_cast<void>(m_records->commit(id));
    }
    if (m_running.empty()) {
        for (const auto &waiting : std::exchange(m_awaitingEnd, {})) {
            waiting->finish();
        }
    }
}

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
