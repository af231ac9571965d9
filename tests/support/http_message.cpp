// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_message.h"

#include <algorithm>

namespace {

bool isNamed(const core::HeaderField &field, QByteArrayView name)
{
    return field.first.compare(name, Qt::CaseInsensitive) == 0;
}

QByteArray reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 206:
        return "Partial Content";
    case 302:
        return "Found";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 416:
        return "Range Not Satisfiable";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

} // namespace

std::optional<QByteArray> HttpRequest::header(QByteArrayView name) const
{
    const auto found = std::ranges::find_if(
        headers, [name](const core::HeaderField &field) { return isNamed(field, name); });
    return found == headers.end() ? std::nullopt : std::optional(found->second);
}

int HttpRequest::count(QByteArrayView name) const
{
    return int(std::ranges::count_if(
        headers, [name](const core::HeaderField &field) { return isNamed(field, name); }));
}

std::optional<HttpRequest> parseRequestHead(const QByteArray &head)
{
    QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> start = lines.takeFirst().trimmed().split(' ');
    if (start.size() != 3) {
        return std::nullopt;
    }
    HttpRequest request;
    request.method = start[0];
    request.path = start[1];
    request.raw = head;
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0) {
            request.headers.append({line.first(colon), line.sliced(colon + 1).trimmed()});
        }
    }
    return request;
}

QByteArray responseHead(int status, const core::HeaderFields &fields)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status) + "\r\n";
    for (const core::HeaderField &field : fields) {
        head += field.first + ": " + field.second + "\r\n";
    }
    return head + "\r\n";
}

QByteArray response(int status, core::HeaderFields fields, const QByteArray &body)
{
    fields.emplaceBack("Content-Length", QByteArray::number(body.size()));
    return responseHead(status, fields) + body;
}

QByteArray chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}
