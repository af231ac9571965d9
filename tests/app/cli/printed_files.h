// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/print/screen.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>

/// A screen whose output can be read back.
class PrintedFiles {
public:
    PrintedFiles()
        : m_isOpen(m_out.open() && m_err.open())
    {
        Q_ASSERT(m_isOpen);
    }

    [[nodiscard]] cli::Screen *screen() { return &m_screen; }
    [[nodiscard]] QString out() const { return textOf(m_out); }
    [[nodiscard]] QString err() const { return textOf(m_err); }

    /// The lines of standard output, each read as one JSON object; an empty one for what is none.
    [[nodiscard]] QList<QJsonObject> objects() const
    {
        QList<QJsonObject> objects;
        for (const QString &line : out().split(u'\n', Qt::SkipEmptyParts)) {
            objects.append(QJsonDocument::fromJson(line.toUtf8()).object());
        }
        return objects;
    }

private:
    static QString textOf(const QTemporaryFile &written)
    {
        QFile file(written.fileName());
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    QTemporaryFile m_out;
    QTemporaryFile m_err;
    bool m_isOpen;
    cli::Screen m_screen{m_out.handle(), m_err.handle(), nullptr};
};
