// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/messages.h"

#include <QHash>

class FakeJobService;

/// What an engine knows that dialogs ask about.
struct DialogScript {
    core::Settings settings;
    core::CheckReport check;                    ///< of every repair
    QHash<QString, core::FolderReport> folders; ///< others are fine and have room
    QHash<QString, core::SourceReport> sources; ///< others can be sent
    QList<core::FileSnapshot> files;
    QList<core::LonePart> parts;
    core::KeyringState keyring = core::KeyringState::Missing;
};

/// From now on the service answers the questions of dialogs from this script, which must outlive
/// it. Messages that would change something are noted and stay open.
void answerFrom(const DialogScript *script, FakeJobService *service);

/// A link is good when it is http or https and has a host.
[[nodiscard]] core::LinkReport reportOnLink(const QString &typed);

/// True while nothing but questions was sent.
[[nodiscard]] bool onlyAsked(const FakeJobService &service);
