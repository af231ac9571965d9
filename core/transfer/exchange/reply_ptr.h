// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QNetworkReply>

#include <memory>

namespace core {

/// Nobody hears of the reply any more. Signals of its own that are not public are left alone: it is
/// by one of them that a reply which is deleted tells its connection to close.
inline void silence(QNetworkReply *reply)
{
    const auto cut = [reply](auto signal) { QObject::disconnect(reply, signal, nullptr, nullptr); };
    cut(&QNetworkReply::readyRead);
    cut(&QNetworkReply::readChannelFinished);
    cut(&QNetworkReply::aboutToClose);
    cut(&QNetworkReply::metaDataChanged);
    cut(&QNetworkReply::finished);
    cut(&QNetworkReply::errorOccurred);
    cut(&QNetworkReply::encrypted);
    cut(&QNetworkReply::sslErrors);
    cut(&QNetworkReply::requestSent);
    cut(&QNetworkReply::uploadProgress);
    cut(&QNetworkReply::downloadProgress);
}

/// Ends a reply safely from inside its own signals: silenced, and deleted from the loop, which also
/// ends the request. Not aborted: Qt complains when a reply that has met an error is.
struct ReplyDeleter {
    void operator()(QNetworkReply *reply) const
    {
        silence(reply);
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
