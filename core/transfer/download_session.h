// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/remedy/diagnose.h"
#include "core/system/clock.h"
#include "core/transfer/attempt_facts.h"
#include "core/transfer/judge.h"

#include <QObject>

#include <stop_token>

namespace core {

/// One attempt while it runs. Lives in the frame of attemptDownload(); all that can be decided
/// without waiting is decided here.
class DownloadSession : public AttemptFacts {
public:
    DownloadSession(TransferWorld world, DownloadOrder order, std::stop_token stop,
                    AttemptEvents events);

    /// The part was made or opened again.
    void adopt(const OpenedPart &opened);
    /// The part lies elsewhere from now on. Ready once that is stored.
    QFuture<void> moved(const PartIdentity &part);
    /// The part is gone: the file begins anew.
    void forgetPart();

    /// The request for this address is about to be sent.
    void startHop(const QUrl &address);

    [[nodiscard]] bool isStopped() const { return stop.stop_requested(); }
    /// Known to be complete without asking anyone.
    [[nodiscard]] bool isWhole() const { return sizeBytes && haveBytes == *sizeBytes; }
    [[nodiscard]] RangeAsk ask() const;
    /// What the whole file is compared with: what a person has given counts, else what the server
    /// has promised.
    [[nodiscard]] std::optional<ExpectedHash> hashToVerify() const;

    /// Some bytes of the body, as far as it has come; none when it is over, too.
    [[nodiscard]] QByteArray readBody(qint64 maxBytes);
    /// Bytes that were only looked at: the next to be read.
    void putBack(const QByteArray &bytes) { m_lookedAt = bytes + m_lookedAt; }

    /// Takes what the response says of the file. The validator is kept back until the bytes it is
    /// to stand for are proven to be of this version.
    void learn(const ResponseHead &head, const BodyPlan &plan);
    /// The bytes we have are of the version the response belongs to. Ready once that is stored.
    QFuture<void> identify();

    /// Whether the connection is so slow that it is given up for a new one: once in an attempt, and
    /// only where no byte would be fetched twice.
    [[nodiscard]] bool triesAnotherConnection();

    /// Hands bytes to the writer and counts them.
    void write(qint64 offset, QByteArray bytes);
    /// Starts a sync when it is time and none is under way; when it is not time yet, then. So what
    /// has come is durable soon, also if nothing more comes.
    void syncIfDue();
    void claim(qint64 prefixBytes);

    [[nodiscard]] JobError error(Cause cause, Step step, const QString &detail) const;
    [[nodiscard]] JobError error(const DiskError &failure) const;
    /// Why the reply ended, if not well.
    [[nodiscard]] std::optional<JobError> transportError() const;

private:
    [[nodiscard]] Way way() const;
    QFuture<void> identify(const Validator &proven);
    void fill(JobError *error) const;

    QByteArray m_lookedAt;
    QObject m_context; ///< of the continuations of syncs; they go with the session
    Alarm m_syncAlarm;
    BootTime m_lastSync;
    bool m_syncUnderWay = false;
    bool m_hasTriedAnother = false;
};

} // namespace core
