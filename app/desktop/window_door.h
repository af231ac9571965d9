// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/descriptor.h"
#include "core/remote/endpoint.h"
#include "core/remote/frame.h"

#include <QFuture>
#include <QLocalServer>
#include <QObject>

class QLocalSocket;

/// What a start of the program brings along for the window that is there already.
struct Visit {
    QStringList links;
    bool wantsWindow = true; ///< false: it is enough that somebody is there
    QString activationToken; ///< lets the window come to the front (xdg-activation); empty for none
};

/// One window for each state folder: who starts a second one is let in by the first.
class WindowDoor final : public QObject {
    Q_OBJECT
public:
    explicit WindowDoor(QObject *parent = nullptr);
    ~WindowDoor() override;

    /// Hands the visit over to the window of this folder; false when there is none.
    [[nodiscard]] static QFuture<bool> knock(const QString &stateFolder, const Visit &visit,
                                             QObject *context);
    /// From now on this is the window of the folder, which is there; false when another one is.
    [[nodiscard]] bool open(const QString &stateFolder);

Q_SIGNALS:
    void visited(const Visit &visit);

private:
    void letIn();
    void read(QLocalSocket *visitor, core::FrameReader *frames);

    core::Descriptor m_lock;
    QLocalServer m_server;
    core::Listening m_listening;
};
