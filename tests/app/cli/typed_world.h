// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/surroundings.h"

#include <QHash>

/// A world in which these files are there and standard input brings these bytes.
inline cli::Surroundings world(const QHash<QString, QByteArray> &files = {},
                               const QByteArray &input = {}, bool isInteractive = false)
{
    return {.isInteractive = isInteractive,
            .currentFolder = QStringLiteral("/home/me"),
            .readFile = [files](const QString &path) -> cli::Surroundings::OrReason<QByteArray> {
                if (!files.contains(path)) {
                    return tl::unexpected(QStringLiteral("No such file or directory"));
                }
                return files.value(path);
            },
            .readInput = [input]() -> cli::Surroundings::OrReason<QByteArray> { return input; },
            .readInputLine = [lines = input.split('\n'), at = 0]() mutable
            -> cli::Surroundings::OrReason<QByteArray> { return lines.value(at++); },
            .findProgram = [](const QString &program) -> std::optional<QString> {
                return program == QStringLiteral("tell")
                           ? std::optional(QStringLiteral("/usr/bin/tell"))
                           : std::nullopt;
            },
            .inspectSource =
                [](const QString &path) {
                    return core::SourceReport{.path = path, .sizeBytes = 1, .problem = {}};
                },
            .askPassword = [](const QString &) { return std::optional(QStringLiteral("typed")); }};
}
