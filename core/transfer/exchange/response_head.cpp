// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/response_head.h"

#include "core/http/digest.h"
#include "core/http/headers.h"

#include <QNetworkReply>

namespace core {

QByteArray ResponseHead::header(QByteArrayView name) const
{
    return fieldValue(headers, name).value_or(QByteArray());
}

std::optional<ExpectedHash> promisedHash(const ResponseHead &head)
{
    auto stated = parseReprDigest(head.header("Repr-Digest"));
    if (!stated) {
        stated = parseInstanceDigest(head.header("Digest"));
    }
    if (!stated) {
        return std::nullopt;
    }
    const bool isLong = stated->algorithm == StatedDigest::Algorithm::Sha512;
    return ExpectedHash{isLong ? ExpectedHash::Algorithm::Sha512 : ExpectedHash::Algorithm::Sha256,
                        stated->digestHex};
}

namespace {

/// A success that need not bring anything: 201, and what is neither said to be empty nor "later".
bool mayHaveContent(int status)
{
    return status == 201 || (status > 206 && status < 300);
}

} // namespace

bool hasContent(const ResponseHead &head)
{
    return head.status == 200 || head.status == 203 || head.status == 206 ||
           (mayHaveContent(head.status) && head.header("Content-Length").trimmed() != "0");
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
