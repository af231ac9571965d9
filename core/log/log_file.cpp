// SPDX-License-Identifier: Apache-2.0
#include "core/log/log_file.h"

#include <QFile>

#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core {

namespace {

constexpr mode_t kPrivate = S_IRUSR | S_IWUSR;

} // namespace

LogFile::LogFile(QString path, Limits limits)
    : m_path(std::move(path))
    , m_limits(limits)
{
}

/// Of the file in use for 0, of older ones for 1, 2, …
QByteArray LogFile::nameOf(int age) const
{
    const QByteArray name = QFile::encodeName(m_path);
    return age == 0 ? name : name + '.' + QByteArray::number(age);
}

bool LogFile::open()
{
    // Never blocks on a pipe, never follows a link out of the folder.
    Descriptor file(uninterrupted([this] {
        return ::open(nameOf(0).constData(),
                      O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                      kPrivate);
    }));
    struct stat facts {};
    if (!file.isOpen() || ::fstat(file.number(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
        return false;
    }
    if ((facts.st_mode & 07777) != kPrivate && ::fchmod(file.number(), kPrivate) != 0) {
        return false;
    }
    m_file = std::move(file);
    m_sizeBytes = facts.st_size;
    return true;
}

bool LogFile::rotate()
{
    for (int age = m_limits.oldFiles; age > 0; --age) {
        const QByteArray younger = nameOf(age - 1);
        // The youngest has to go out of the way; a gap among the older ones does not matter.
        if (::rename(younger.constData(), nameOf(age).constData()) != 0 && age == 1) {
            const bool emptied = ::ftruncate(m_file.number(), 0) == 0;
            m_sizeBytes = emptied ? 0 : m_sizeBytes;
            return emptied;
        }
    }
    m_file = Descriptor();
    return open();
}

/// All of it, or nothing of it.
bool LogFile::write(const QByteArray &text)
{
    if (!m_file.isOpen() && !open()) {
        return false;
    }
    const bool isFull = m_sizeBytes > 0 && m_sizeBytes + text.size() > m_limits.fileBytes;
    if (isFull && !rotate()) {
        return false;
    }
    const auto written = uninterrupted(
        [&] { return ::write(m_file.number(), text.constData(), size_t(text.size())); });
    if (written == text.size()) {
        m_sizeBytes += written;
        return true;
    }
    if (written > 0 && ::ftruncate(m_file.number(), m_sizeBytes) != 0) {
        m_sizeBytes += written; // half a line stays; nobody is harmed by it
    }
    return false;
}

void LogFile::append(const QByteArray &line)
{
    QByteArray text = line + '\n';
    if (m_lost > 0) {
        text.prepend("... " + QByteArray::number(m_lost) + " lines could not be written\n");
    }
    m_lost = write(text) ? 0 : m_lost + 1;
}

} // namespace core
