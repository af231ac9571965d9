// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/descriptor.h"

#include <QByteArray>
#include <QString>

namespace core {

/// A text file that grows by whole lines and never beyond a limit: the full one is renamed to
/// "name.1", the older ones move on, the oldest goes. Mode 0600; no link is followed. Nothing that
/// goes wrong with it is an error of anybody: what could not be written is counted, and the count
/// stands in the file once it can be written again. Used on one thread.
class LogFile {
public:
    struct Limits {
        qint64 fileBytes = qint64(1) << 20;
        int oldFiles = 3;
    };

    explicit LogFile(QString path)
        : LogFile(std::move(path), Limits())
    {
    }
    LogFile(QString path, Limits limits);

    /// A line without its end.
    void append(const QByteArray &line);

private:
    bool open();
    bool rotate();
    bool write(const QByteArray &text);
    [[nodiscard]] QByteArray nameOf(int age) const;

    QString m_path;
    Limits m_limits;
    Descriptor m_file;
    qint64 m_sizeBytes = 0;
    qint64 m_lost = 0; ///< lines since the last one that was written
};

} // namespace core
