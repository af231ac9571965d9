// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/remote/endpoint.h"
#include "core/remote/engine_server.h"
#include "core/remote/envelope.h"
#include "core/remote/frame.h"
#include "tests/support/fake_job_service.h"
#include "tests/support/require.h"
#include "tests/support/turn_until.h"

#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

/// A service of the test that front ends reach over a socket, in a folder of its own.
struct ServedRig {
    ServedRig()
    {
        const QString problem = server.listen(state.path());
        require(problem.isEmpty(), problem);
    }

    QTemporaryDir state;
    FakeJobService service;
    core::EngineServer server{&service, std::chrono::milliseconds(1)};
};

/// The first word of a front end of this version, with this in it.
inline QByteArray helloWith(const QByteArray &rest)
{
    return R"({"kind":"hello","protocol":)" + QByteArray::number(core::protocolVersion()) + ',' +
           rest + '}';
}

/// A front end that says what the test says.
class RawFrontEnd {
public:
    explicit RawFrontEnd(const QString &stateFolder)
    {
        m_socket.connectToServer(core::endpointPaths(stateFolder, core::Role::Engine).first());
        require(m_socket.waitForConnected(), m_socket.errorString());
    }

    void write(const QByteArray &bytes) { m_socket.write(bytes); }
    void say(const QByteArray &message) { write(core::toFrames(message)); }
    void greet() { say(helloWith(R"("program":"t","handlesAttention":true)")); }

    /// The next message; empty when none comes.
    [[nodiscard]] QByteArray heard()
    {
        const auto hears = [this] {
            const auto some = m_frames.take(m_socket.readAll());
            m_heard += some.value_or(QByteArrayList());
            return !m_heard.isEmpty();
        };
        std::ignore = turnUntil(hears, std::chrono::seconds(5));
        return m_heard.isEmpty() ? QByteArray() : m_heard.takeFirst();
    }
    [[nodiscard]] bool isTurnedAway()
    {
        return turnUntil([this] { return m_socket.state() == QLocalSocket::UnconnectedState; },
                         std::chrono::seconds(5));
    }

private:
    QLocalSocket m_socket;
    core::FrameReader m_frames;
    QByteArrayList m_heard;
};
