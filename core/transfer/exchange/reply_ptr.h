// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QNetworkReply>

#include <memory>

namespace core {

/// Ends a reply safely from inside its own signals: silenced, and deleted from the loop, which also
/// ends the request. Not aborted: Qt complains when a reply that has met an error is.
struct ReplyDeleter {
    void operator()(QNetworkReply *reply) const
    {
        reply->disconnect();
        reply->deleteLater();
    }
};

/// Ends the request early; finished() comes from inside. A reply that has met an error ends by
/// itself.
inline void abortReply(QNetworkReply *reply)
{
    if (reply->error() == QNetworkReply::NoError) {
        reply->abort();
    }
}

/// The frame of an attempt owns its reply; nobody else deletes it.
using ReplyPtr = std::unique_ptr<QNetworkReply, ReplyDeleter>;

} // namespace core
