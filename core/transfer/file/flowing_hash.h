// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/prefix_digest.h"

#include <QCoroTask>
#include <QFuture>
#include <QObject>

#include <memory>
#include <optional>

namespace core {

class Volumes;

/// The checksum of a file, worked out while the file comes: the durable bytes from its start on are
/// read on a pool thread as they get more, mostly before the system has forgotten them, so that
/// little is left to be read in the end. Bytes that came behind a hole wait until it is filled.
/// Lives on the engine's thread.
class FlowingHash {
public:
    static constexpr qint64 kStepBytes = qint64(16) * 1024 * 1024;

    /// Reads in steps of so many bytes; fewer are not worth a step of their own.
    FlowingHash(Volumes *volumes, QString folder, qint64 stepBytes = kStepBytes);

    /// So many bytes of the part, from its start on, are durable and will stay as they are.
    void follow(const PartIdentity &part, ExpectedHash::Algorithm algorithm, qint64 prefixBytes);
    /// What was read may be fetched again and differ.
    void startOver() { m_digest.reset(); }
    /// How far it has come.
    [[nodiscard]] qint64 bytesRead() const { return m_digest ? m_bytesRead : 0; }
    /// The digest of the whole closed part, in lower-case hex. What has not been read is read now.
    [[nodiscard]] QCoro::Task<DiskResult<QByteArray>> finish(PartIdentity part,
                                                             ExpectedHash::Algorithm algorithm);

private:
    [[nodiscard]] bool isOf(const PartIdentity &part, ExpectedHash::Algorithm algorithm) const;
    void readOn();
    void took(const std::shared_ptr<PrefixDigest> &digest, const DiskResult<bool> &isAllThere);

    Volumes *m_volumes;
    QString m_folder;
    qint64 m_stepBytes;
    std::shared_ptr<PrefixDigest> m_digest; ///< shared with the step that is under way
    PartIdentity m_part;
    std::optional<ExpectedHash::Algorithm> m_algorithm;
    qint64 m_bytesRead = 0;
    qint64 m_bytesThere = 0;
    std::optional<QFuture<DiskResult<bool>>> m_step; ///< the last one
    QObject m_context;                               ///< of what follows a step
};

} // namespace core
