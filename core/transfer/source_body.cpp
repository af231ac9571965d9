// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/source_body.h"

#include "core/system/when_ready.h"

#include <algorithm>
#include <cstring>

namespace core {

namespace {

constexpr qint64 kReadBytes = qint64(1024) * 1024;
constexpr qint64 kAheadBytes = 4 * kReadBytes;

QFuture<DiskResult<QByteArray>> startRead(Volume *volume, const OpenSource &source, ByteRange range)
{
    return volume->run<QByteArray>([source, range] { return readSource(source, range); });
}

} // namespace

SourceBody::SourceBody(Clock *clock, Volume *volume, OpenSource source, ByteRange range,
                       SourceBodyEvents events)
    : m_volume(volume)
    , m_source(std::move(source))
    , m_range(range)
    , m_events(std::move(events))
    , m_nextRead(range.first)
    , m_pace(clock)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    readAhead();
}

bool SourceBody::rewind()
{
    ++m_round;
    m_ahead.clear();
    m_aheadBytes = 0;
    m_frontGiven = 0;
    m_nextRead = m_range.first;
    m_isReading = false;
    readAhead();
    return !m_failure && goToBegin();
}

void SourceBody::readAhead()
{
    const qint64 wanted = std::min(kReadBytes, m_range.end - m_nextRead);
    if (m_isReading || m_failure || wanted <= 0 || m_aheadBytes + wanted > kAheadBytes) {
        return;
    }
    m_isReading = true;
    const ByteRange range{m_nextRead, m_nextRead + wanted};
    m_nextRead = range.end;
    whenReady(startRead(m_volume, m_source, range), this,
              [this, round = m_round](const DiskResult<QByteArray> &read) {
                  if (round == m_round) {
                      take(read);
                  }
              });
}

void SourceBody::take(const DiskResult<QByteArray> &read)
{
    m_isReading = false;
    if (!read) {
        m_failure = read.error();
        if (m_events.failed) {
            m_events.failed();
        }
        return;
    }
    m_ahead.push_back(*read);
    m_aheadBytes += read->size();
    readAhead();
    Q_EMIT readyRead();
}

qint64 SourceBody::readData(char *data, qint64 maxBytes)
{
    if (m_ahead.empty()) {
        return 0;
    }
    const QByteArray &front = m_ahead.front();
    qint64 count = std::min(maxBytes, front.size() - m_frontGiven);
    if (m_events.admit) {
        const auto [admitted, wait] = m_events.admit(count);
        if (admitted <= 0) {
            m_pace.setIn(wait, [this] { Q_EMIT readyRead(); });
            return 0;
        }
        count = admitted;
    }
    std::memcpy(data, front.constData() + m_frontGiven, size_t(count));
    m_frontGiven += count;
    if (m_frontGiven == front.size()) {
        m_aheadBytes -= front.size();
        m_frontGiven = 0;
        m_ahead.pop_front();
        readAhead();
    }
    if (m_events.given) {
        m_events.given(pos() + count);
    }
    return count;
}

} // namespace core
