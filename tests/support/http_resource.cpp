// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_resource.h"

#include <algorithm>

namespace {

struct Part {
    qint64 first = 0;
    qint64 end = 0;
};

/// The one range of a Range field, cut to the size. Nothing: not a single range of bytes, which a
/// server may ignore. An empty part: cannot be satisfied.
std::optional<Part> parseRange(const QByteArray &field, qint64 sizeBytes)
{
    if (!field.startsWith("bytes=") || field.contains(',')) {
        return std::nullopt;
    }
    const QList<QByteArray> ends = field.sliced(6).split('-');
    if (ends.size() != 2 || (ends[0].isEmpty() && ends[1].isEmpty())) {
        return std::nullopt;
    }
    if (ends[0].isEmpty()) {
        return Part{std::max(qint64(0), sizeBytes - ends[1].toLongLong()), sizeBytes};
    }
    const qint64 first = ends[0].toLongLong();
    const qint64 end = ends[1].isEmpty() ? sizeBytes : ends[1].toLongLong() + 1;
    return first < sizeBytes ? Part{first, std::min(end, sizeBytes)} : Part{};
}

/// If-Range holds only for a strong tag that is the same, or for the very same date.
bool ifRangeHolds(const HttpRequest &request, const Resource &resource)
{
    const auto condition = request.header("If-Range");
    if (!condition || resource.ranges == RangeAnswer::IgnoresIfRange) {
        return true;
    }
    if (condition->startsWith('"') || condition->startsWith("W/")) {
        return *condition == resource.etag && !resource.etag.startsWith("W/");
    }
    return !resource.lastModified.isEmpty() && *condition == resource.lastModified;
}

bool isLoggedIn(const HttpRequest &request, const Resource &resource)
{
    if (!resource.login) {
        return true;
    }
    const QByteArray pair = resource.login->user + ':' + resource.login->password;
    return request.header("Authorization") == "Basic " + pair.toBase64();
}

HttpAnswer plainAnswer(int status, core::HeaderFields fields)
{
    const QByteArray text = "Status " + QByteArray::number(status) + "\n";
    fields.emplaceBack("Content-Type", "text/plain");
    fields.emplaceBack("Content-Length", QByteArray::number(text.size()));
    return {responseHead(status, fields), text, 0, text.size(), Framing::Length};
}

core::HeaderFields commonFields(const Resource &resource)
{
    core::HeaderFields fields{{"Date", "Thu, 15 Jan 2026 12:00:00 GMT"}};
    const auto add = [&fields](const char *name, const QByteArray &value) {
        if (!value.isEmpty()) {
            fields.emplaceBack(name, value);
        }
    };
    add("Content-Type", resource.contentType);
    add("ETag", resource.etag);
    add("Last-Modified", resource.lastModified);
    add("Accept-Ranges", resource.ranges == RangeAnswer::Ignored ? "" : "bytes");
    return fields + resource.headers;
}

HttpAnswer bodyAnswer(int status, core::HeaderFields fields, Part part, const Resource &resource)
{
    switch (resource.framing) {
    case Framing::Length:
        fields.emplaceBack("Content-Length", QByteArray::number(part.end - part.first));
        break;
    case Framing::Chunked:
        fields.emplaceBack("Transfer-Encoding", "chunked");
        break;
    case Framing::UntilClose:
        fields.emplaceBack("Connection", "close");
        break;
    }
    return {responseHead(status, fields), resource.body, part.first, part.end, resource.framing};
}

HttpAnswer partAnswer(Part part, const Resource &resource)
{
    qint64 total = resource.body.sizeBytes();
    if (resource.ranges == RangeAnswer::Shifted) {
        part.first = std::min(part.first + 1, part.end - 1);
    } else if (resource.ranges == RangeAnswer::OtherTotal) {
        ++total;
    }
    core::HeaderFields fields = commonFields(resource);
    if (resource.ranges != RangeAnswer::NoContentRange) {
        fields.emplaceBack("Content-Range", "bytes " + QByteArray::number(part.first) + '-' +
                                                QByteArray::number(part.end - 1) + '/' +
                                                QByteArray::number(total));
    }
    return bodyAnswer(206, fields, part, resource);
}

HttpAnswer unsatisfiable(const Resource &resource)
{
    return plainAnswer(
        416, {{"Content-Range", "bytes */" + QByteArray::number(resource.body.sizeBytes())}});
}

HttpAnswer answerToGet(const HttpRequest &request, const Resource &resource)
{
    const qint64 size = resource.body.sizeBytes();
    const auto field = request.header("Range");
    if (!field && resource.ranges == RangeAnswer::Unasked) {
        return partAnswer({0, std::max(qint64(1), size / 2)}, resource);
    }
    const auto part = field ? parseRange(*field, size) : std::nullopt;
    if (!part || resource.ranges == RangeAnswer::Ignored || !ifRangeHolds(request, resource)) {
        return bodyAnswer(200, commonFields(resource), {0, size}, resource);
    }
    if (resource.ranges == RangeAnswer::Refused || part->first >= part->end) {
        return unsatisfiable(resource);
    }
    return partAnswer(*part, resource);
}

} // namespace

HttpAnswer answerTo(const HttpRequest &request, const Resource &resource)
{
    if (!isLoggedIn(request, resource)) {
        return plainAnswer(401, {{"WWW-Authenticate", "Basic realm=\"files\""}});
    }
    if (request.method != "GET" && request.method != "HEAD") {
        return plainAnswer(405, {{"Allow", "GET, HEAD"}});
    }
    HttpAnswer answer = answerToGet(request, resource);
    if (request.method == "HEAD") {
        answer.end = answer.first;
        answer.framing = Framing::Length;
    }
    return answer;
}
