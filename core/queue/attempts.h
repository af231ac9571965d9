// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/origin.h"
#include "core/transfer/download.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPromise>
#include <QSet>

#include <map>
#include <memory>
#include <stop_token>
#include <vector>

namespace core {

/// The attempts that are under way: the one place where a transfer coroutine is set going. There is
/// at most one for a file, until its frame is gone; whatever it tells comes out as a signal with
/// the id of the file, from the event loop or from inside the attempt.
class Attempts final : public QObject {
    Q_OBJECT
public:
    /// Writes down what an attempt has found out about its file; ready once that is stored.
    using Recorder = std::function<QFuture<void>(FileId file, const Identification &what)>;

    Attempts(TransferWorld world, Recorder recorder, QObject *parent = nullptr);

    void start(const DownloadOrder &order);
    /// Asks them to end; ended() tells when they have.
    void stop(JobId job);
    void stopAll();

    [[nodiscard]] bool has(FileId file) const { return m_running.contains(file); }
    [[nodiscard]] int countOf(JobId job) const;
    [[nodiscard]] int count() const { return int(m_running.size()); }
    /// Received and not yet durable bytes of the job's running attempts, given what is durable.
    [[nodiscard]] qint64 bytesDone(FileId file) const;
    [[nodiscard]] QList<FileId> filesOf(JobId job) const;
    [[nodiscard]] const QHash<Origin, int> &connections() const { return m_connections; }
    /// Ready when no attempt of the job holds a frame any more; of all jobs for id 0.
    [[nodiscard]] QFuture<void> idle(JobId job);

Q_SIGNALS:
    void received(core::FileId file, qint64 bytesDone);
    void durable(core::FileId file, const core::RangeSet &ranges);
    void partLost(core::FileId file);
    void ended(core::FileId file, const core::AttemptOutcome &outcome);

private:
    struct Running {
        std::stop_source stop;
        Origin origin;
        qint64 bytesDone = 0;
    };
    struct Waiting {
        JobId job;
        std::shared_ptr<QPromise<void>> promise;
    };

    [[nodiscard]] AttemptEvents eventsOf(FileId file);
    void spawn(FileId file, QCoro::Task<AttemptOutcome> attempt);
    void finish(FileId file, const AttemptOutcome &outcome);

    TransferWorld m_world;
    Recorder m_recorder;
    std::map<FileId, Running> m_running;
    QHash<Origin, int> m_connections;
    std::vector<Waiting> m_waiting;
};

} // namespace core
