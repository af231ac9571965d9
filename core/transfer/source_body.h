// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/source_file.h"
#include "core/disk/volume.h"
#include "core/system/clock.h"
#include "core/transfer/exchange/request_body.h"

#include <deque>
#include <functional>
#include <memory>

namespace core {

/// Whom the body tells how it goes, on the engine's thread.
struct SourceBodyEvents {
    /// So much of it was handed over.
    std::function<void(qint64 bytes)> given;
    /// The source failed: nothing more will come.
    std::function<void()> failed;
    /// How many of `wanted` bytes may pass now; none: how long until some may.
    std::function<std::pair<qint64, std::chrono::milliseconds>(qint64 wanted)> admit;
};

/// A range of a local file as the body of a request. Reads ahead on the thread of the volume, a few
/// mebibytes at most; the last bytes are given only when the file is still as it was. Lives on the
/// engine's thread.
class SourceBody final : public RequestBody {
public:
    SourceBody(Clock *clock, Volume *volume, OpenSource source, ByteRange range,
               SourceBodyEvents events);

    [[nodiscard]] qint64 size() const override { return m_range.sizeBytes(); }
    [[nodiscard]] bool isSequential() const override { return false; }
    [[nodiscard]] bool rewind() override;

    /// Why there is no more.
    [[nodiscard]] const std::optional<DiskError> &failure() const { return m_failure; }
    [[nodiscard]] bool isAllGiven() const { return pos() == size(); }
    /// Tells nobody any more: whom it told may be gone before it is.
    void fallSilent() { m_events = {}; }

protected:
    qint64 readData(char *data, qint64 maxBytes) override;
    qint64 writeData(const char * /*data*/, qint64 /*maxBytes*/) override { return -1; }

private:
    void readAhead();
    void take(const DiskResult<QByteArray> &read);

    Volume *m_volume;
    OpenSource m_source;
    ByteRange m_range;
    SourceBodyEvents m_events;
    std::deque<QByteArray> m_ahead;
    qint64 m_aheadBytes = 0;
    qint64 m_frontGiven = 0; ///< of the first of them
    qint64 m_nextRead;       ///< where in the file the next read begins
    quint64 m_round = 0;     ///< counts the times it was sent
    bool m_isReading = false;
    std::optional<DiskError> m_failure;
    Alarm m_pace;
};

/// It goes from the event loop: the reply that reads it does, too, and before.
struct BodyDeleter {
    void operator()(SourceBody *body) const
    {
        body->fallSilent();
        body->deleteLater();
    }
};
using SourceBodyPtr = std::unique_ptr<SourceBody, BodyDeleter>;

} // namespace core
