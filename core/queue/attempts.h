// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/origin.h"
#include "core/queue/host_breadth.h"
#include "core/transfer/download.h"
#include "core/transfer/upload.h"

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
/// at most one for a file, until its frame is gone.
class Attempts final : public QObject {
public:
    /// Whom an attempt tells of its file, from the event loop or from inside the attempt.
    class Mediator {
    public:
        /// Gives the file its name, this one or one like it.
        [[nodiscard]] virtual QString named(FileId file, const QString &proposed) = 0;
        virtual void noted(FileId file, Note note) = 0;
        /// Writes down what has been found out; ready once that is stored.
        [[nodiscard]] virtual QFuture<bool> identified(FileId file, const Identification &what) = 0;
        /// No connection is needed for it any more, though the attempt goes on.
        virtual void arrived(FileId file) = 0;
        virtual void received(FileId file) = 0;
        /// Of what is to be sent more was read to compare it, or that is over.
        virtual void compared(FileId file) = 0;
        virtual void durable(FileId file, const RangeSet &ranges, const PartSeal &seal) = 0;
        virtual void rechecked(FileId file, qint64 damagedBytes, qint64 missingBytes) = 0;
        [[nodiscard]] virtual QFuture<bool> copied(FileId file, const PartIdentity &copy) = 0;
        [[nodiscard]] virtual QFuture<bool> unpacked(FileId file, const UnpackedPart &what) = 0;
        virtual void partLost(FileId file) = 0;
        /// Writes down what has been found out of an upload; ready once that is stored.
        [[nodiscard]] virtual QFuture<bool> learned(FileId file, const UploadMark &mark,
                                                    qint64 sizeBytes) = 0;
        virtual void ended(FileId file, const AttemptOutcome &outcome) = 0;

    protected:
        ~Mediator() = default;
    };

    Attempts(TransferWorld world, Mediator *mediator);

    void start(const AttemptOrder &order);
    /// Asks them to end; ended() tells when they have.
    void stop(JobId job);
    void stop(FileId file);
    void stopAll();

    [[nodiscard]] bool has(FileId file) const { return m_running.contains(file); }
    [[nodiscard]] int countOf(JobId job) const;
    /// Of these, the ones that still fetch.
    [[nodiscard]] int fetchingOf(JobId job) const;
    [[nodiscard]] int count() const { return int(m_running.size()); }
    /// Received and not yet durable bytes of the job's running attempts, given what is durable.
    [[nodiscard]] qint64 bytesDone(FileId file) const;
    /// Of the file of an upload, while it is read to be compared.
    [[nodiscard]] std::optional<int> percentCompared(FileId file) const;
    [[nodiscard]] QList<FileId> filesOf(JobId job) const;
    [[nodiscard]] const QHash<Origin, int> &connections() const { return m_connections; }
    /// How many may run at once to each host.
    [[nodiscard]] const HostBreadth &breadth() const { return m_breadth; }
    /// Ready when no attempt of the job holds a frame any more; of all jobs for id 0.
    [[nodiscard]] QFuture<void> idle(JobId job);

private:
    struct Running {
        std::stop_source stop;
        Origin origin;
        qint64 bytesDone = 0;
        std::optional<int> percentCompared;
        bool isFetching = true; ///< counted among the connections to its origin
    };
    struct Waiting {
        JobId job;
        std::shared_ptr<QPromise<void>> promise;
    };

    void begin(const DownloadOrder &order);
    void begin(const UploadOrder &order);
    [[nodiscard]] Running &enter(FileId file, const QUrl &url, qint64 bytesDone);
    [[nodiscard]] AttemptEvents eventsOf(FileId file);
    [[nodiscard]] UploadEvents uploadEventsOf(FileId file);
    void spawn(FileId file, QCoro::Task<AttemptOutcome> attempt);
    void leave(Running *running);
    void received(FileId file, qint64 bytesDone);
    void arrived(FileId file);
    void finish(FileId file, const AttemptOutcome &outcome);

    TransferWorld m_world;
    Mediator *m_mediator;
    std::map<FileId, Running> m_running;
    QHash<Origin, int> m_connections;
    HostBreadth m_breadth;
    std::vector<Waiting> m_waiting;
};

} // namespace core
