// SPDX-License-Identifier: Apache-2.0
#include "core/log/log.h"

#include "core/system/work_thread.h"
#include "core/remedy/redact.h"

#include <deque>
#include <mutex>
#include <utility>

namespace core {

namespace {

/// The one way of a line into the file. Cut only once it was redacted: half an address is none that
/// could be recognised.
QByteArray fit(const QString &line)
{
    const QString redacted = redactLine(line);
    return redacted.size() <= Log::kLongestLine
               ? redacted.toUtf8()
               : redacted.first(Log::kLongestLine).toUtf8() + "...";
}

} // namespace

class Log::Private {
public:
    explicit Private(std::function<QDateTime()> now)
        : m_utcNow(std::move(now))
    {
    }

    void open(const QString &path, LogFile::Limits limits);
    void close();
    void push(QString line);
    [[nodiscard]] QDateTime utcNow() const { return m_utcNow(); }

private:
    /// On the writer's thread: all that waits.
    void carryOver();
    void wakeWriter();

    std::function<QDateTime()> m_utcNow;
    std::mutex m_mutex;
    std::deque<QString> m_waiting;        // guarded by m_mutex
    qint64 m_dropped = 0;                 // guarded by m_mutex
    bool m_isWoken = false;               // guarded by m_mutex
    std::unique_ptr<LogFile> m_file;      // of the writer while there is one
    std::unique_ptr<WorkThread> m_writer; // guarded by m_mutex
};

void Log::Private::open(const QString &path, LogFile::Limits limits)
{
    const std::lock_guard lock(m_mutex);
    m_file = std::make_unique<LogFile>(path, limits);
    m_writer = std::make_unique<WorkThread>("log");
    wakeWriter();
}

void Log::Private::close()
{
    std::unique_ptr<WorkThread> writer;
    {
        const std::lock_guard lock(m_mutex);
        writer = std::move(m_writer);
    }
    if (writer) {
        writer->finish();
        carryOver(); // what came while the writer was ending
        m_file.reset();
    }
}

void Log::Private::wakeWriter()
{
    if (m_writer && !m_isWoken) {
        m_isWoken = true;
        m_writer->post([this] { carryOver(); });
    }
}

void Log::Private::push(QString line)
{
    const std::lock_guard lock(m_mutex);
    if (m_waiting.size() >= size_t(kMostWaiting)) {
        m_waiting.pop_front();
        ++m_dropped;
    }
    m_waiting.push_back(std::move(line));
    wakeWriter();
}

void Log::Private::carryOver()
{
    std::deque<QString> lines;
    qint64 dropped = 0;
    {
        const std::lock_guard lock(m_mutex);
        lines = std::exchange(m_waiting, {});
        dropped = std::exchange(m_dropped, 0);
        m_isWoken = false;
    }
    if (dropped > 0) {
        m_file->append("... " + QByteArray::number(dropped) + " lines were too many");
    }
    for (const QString &line : lines) {
        m_file->append(fit(line));
    }
}

Log::Log(std::function<QDateTime()> utcNow)
    : d(std::make_unique<Private>(std::move(utcNow)))
{
}

Log::~Log()
{
    d->close();
}

void Log::open(const QString &folder, LogFile::Limits limits)
{
    d->open(folder + QStringLiteral("/bellhop.log"), limits);
}

void Log::close()
{
    d->close();
}

void Log::write(LogLevel level, const char *source, const QString &text)
{
    d->push(d->utcNow().toString(Qt::ISODateWithMs) + u' ' + QLatin1StringView(name(level)) + u' ' +
            QLatin1StringView(source) + QStringLiteral(": ") + text);
}

} // namespace core
