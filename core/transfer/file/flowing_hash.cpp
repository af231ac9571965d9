// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/file/flowing_hash.h"

#include "core/disk/volumes.h"
#include "core/system/when_ready.h"

#include <QCoroFuture>

namespace core {

FlowingHash::FlowingHash(Volumes *volumes, QString folder, qint64 stepBytes)
    : m_volumes(volumes)
    , m_folder(std::move(folder))
    , m_stepBytes(stepBytes)
{
}

bool FlowingHash::isOf(const PartIdentity &part, ExpectedHash::Algorithm algorithm) const
{
    return m_digest && m_algorithm == algorithm && m_part.device == part.device &&
           m_part.inode == part.inode;
}

void FlowingHash::follow(const PartIdentity &part, ExpectedHash::Algorithm algorithm,
                         qint64 prefixBytes)
{
    if (!isOf(part, algorithm)) {
        m_digest = std::make_shared<PrefixDigest>(algorithm);
        m_algorithm = algorithm;
        m_bytesRead = 0;
    }
    m_part = part; // its name may be another one by now
    m_bytesThere = prefixBytes;
    readOn();
}

/// One step at a time; of a file that was begun anew the last one of before may still be under way.
void FlowingHash::readOn()
{
    const bool isUnderWay = m_step && m_step->isRunning();
    if (!m_digest || isUnderWay || m_bytesThere - m_bytesRead < m_stepBytes) {
        return;
    }
    const qint64 upTo = m_bytesRead + m_stepBytes;
    m_step = m_volumes->runLong<bool>(m_folder, [digest = m_digest, part = m_part, upTo] {
        return digest->readUpTo(part, upTo).map([upTo](qint64 bytes) { return bytes == upTo; });
    });
    whenReady(*m_step, &m_context, [this, digest = m_digest](const DiskResult<bool> &isAllThere) {
        took(digest, isAllThere);
    });
}

/// What was cut off by somebody, or cannot be read, shows in the end.
void FlowingHash::took(const std::shared_ptr<PrefixDigest> &digest,
                       const DiskResult<bool> &isAllThere)
{
    if (digest == m_digest) {
        m_bytesRead += m_stepBytes;
        if (!isAllThere.value_or(false)) {
            startOver();
        }
    }
    readOn();
}

QCoro::Task<DiskResult<QByteArray>> FlowingHash::finish(PartIdentity part,
                                                        ExpectedHash::Algorithm algorithm)
{
    m_bytesThere = 0; // no further step
    if (m_step) {
        const QFuture<DiskResult<bool>> step = *m_step;
        const auto isAllThere = co_await step;
        if (!isAllThere.value_or(false)) {
            startOver();
        }
    }
    auto digest = isOf(part, algorithm) ? m_digest : std::make_shared<PrefixDigest>(algorithm);
    startOver();
    const auto reading = m_volumes->runLong<QByteArray>(
        m_folder, [digest = std::move(digest), part] { return digest->finish(part); });
    const auto result = co_await reading;
    co_return result;
}

} // namespace core
