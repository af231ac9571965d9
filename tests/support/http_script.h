// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/http_resource.h"

#include <QByteArray>
#include <QList>

#include <functional>
#include <optional>
#include <variant>

/// What a server does with one request, step by step. After the last step the connection waits for
/// the next request, unless a step closed it.
namespace step {

/// These bytes, exactly: heads, broken chunks, banners.
struct Send {
    QByteArray bytes;
};

/// [first, end) of a body; to its end when none is given. Sent at the pace of the client.
struct SendBody {
    Body body;
    qint64 first = 0;
    std::optional<qint64> end;
    Framing framing = Framing::Length; ///< Chunked also sends the last chunk, UntilClose closes
};

/// What serve() has under the path of the request; 404 when it has nothing.
struct Serve {};

/// Nothing until HttpServer::release() of that name, before or after.
struct WaitFor {
    QByteArray gate;
};

/// Nothing ever again, with the connection open.
struct Stall {};

/// An orderly end, after all bytes before it have been taken by the client.
struct Close {};

/// A TCP reset. What the system has not delivered by then is lost.
struct Reset {};

/// Something of the test's own at exactly this point: a new version of the file, a released gate.
struct Do {
    std::function<void()> action;
};

} // namespace step

using ScriptStep = std::variant<step::Send, step::SendBody, step::Serve, step::WaitFor, step::Stall,
                                step::Close, step::Reset, step::Do>;
using Script = QList<ScriptStep>;
