// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QNetworkReply>

#include <memory>

namespace core {

/// Ends a reply safely from inside its own signals: silenced, aborted, deleted from the loop.
struct ReplyDeleter {
    void operator()(QNetworkReply *reply) const
    {
        reply->disconnect();
        reply->abort();
        reply->deleteLater();
    }
};

/// The frame of an attempt owns its reply; nobody else deletes it.
using ReplyPtr = std::unique_ptr<QNetworkReply, ReplyDeleter>;

} // namespace core
