// SPDX-License-Identifier: Apache-2.0
// What the network of this computer means for the files under way.
#include "core/queue/file_runner.h"

namespace core {

void FileRunner::forgive(JobId id)
{
    m_retries.forgive(id);
    const auto &error = m_records->find(id)->error;
    if (error && error->cause == Cause::Metered) {
        m_outage.allow(id);
    }
}

void FileRunner::setConnectivity(Connectivity connectivity)
{
    if (m_outage.become(connectivity)) {
        reconsiderNetwork();
    }
}

void FileRunner::reconsiderNetwork()
{
    const JobIds all = m_records->ids();
    for (const JobId id : all) {
        if (m_scope->covers(id) && !m_mediator->isBusy(id)) {
            m_outage.apply(id);
            static_cast<void>(m_records->commit(id));
        }
    }
    schedule();
    for (const JobId id : all) {
        settle(id);
    }
}

/// Jobs that were begun, or came back, on a metered network wait and say why.
void FileRunner::sparePaidNetwork()
{
    if (!m_outage.isDear()) {
        return;
    }
    JobIds spared;
    for (const auto &[id, job] : m_records->jobs()) {
        if (job.state == JobState::Queued && m_scope->covers(id) && !m_mediator->isBusy(id) &&
            m_outage.isSpared(job) && !m_outage.isCutOff(id)) {
            spared.append(id);
        }
    }
    for (const JobId id : std::as_const(spared)) {
        m_outage.apply(id);
        settle(id);
    }
}

} // namespace core
