// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayList>
#include <QStringList>

/// The words as a program is given them.
inline QByteArrayList typedWords(const QStringList &words)
{
    QByteArrayList bytes;
    for (const QString &word : words) {
        bytes.append(word.toUtf8());
    }
    return bytes;
}
