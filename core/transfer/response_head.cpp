// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/response_head.h"

#include "core/http/headers.h"

#include <QNetworkReply>

namespace core {

QByteArray ResponseHead::header(QByteArrayView name) const
{
    return fieldValue(headers, name).value_or(QByteArray());
}

ResponseHead headOf(const QNetworkReply &reply)
{
    return {
        .status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
        .headers = reply.rawHeaderPairs(),
        .url = reply.request().url(),
    };
}

} // namespace core
