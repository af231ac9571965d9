// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/job/job_spec.h"
#include "core/transfer/exchange/attempt_session.h"
#include "core/transfer/exchange/content_ask.h"
#include "core/transfer/exchange/request_body.h"

#include <chrono>
#include <memory>
#include <optional>

namespace core {

/// How long an exchange waits, and for what. Counted only while we are willing to read.
struct ExchangeLimits {
    std::chrono::milliseconds connect{std::chrono::seconds(30)};   ///< until the request is sent
    std::chrono::milliseconds firstByte{std::chrono::seconds(60)}; ///< until the response begins
    std::chrono::milliseconds silence{std::chrono::seconds(60)};   ///< between two bytes of it
    /// With a body that is or was sent, until more of it is taken or the response begins: what was
    /// handed to the system may take so long to reach a slow server, and nobody is told of it.
    std::chrono::milliseconds drain{std::chrono::minutes(8)};
    /// What is left of the patience with the job: until the response begins, on whatever hop, and
    /// anew from each bit of a body that is taken.
    std::chrono::milliseconds patience{std::chrono::hours(24)};
    qint64 floorBytesPerSecond = 1024; ///< below it for floorWindow, a connection is too slow
    std::chrono::milliseconds floorWindow{std::chrono::seconds(120)};
    qint64 readBufferBytes = qint64(2) * 1024 * 1024;
};

/// Which redirects are followed; of the others the verdict is NextHop.
enum class Hops {
    All,
    SameRequest, ///< 307 and 308 to the same origin: what is sent is not for others to have
};

/// One request, as a value: everything that decides what is sent, and over whose connections.
struct ExchangeOrder {
    JobId job; ///< who may have connections of its own
    QUrl url;  ///< where it begins: headers and login of the job are for its origin alone
    JobOptions options;
    QByteArray method = "GET";
    HeaderFields fields;         ///< of what is spoken over HTTP; sent to every hop
    RequestBody *body = nullptr; ///< sent from its first byte on; outlives the exchange
    Hops hops = Hops::All;
    std::optional<ContentAsk> content; ///< what of a file is asked for; none: the status is all
    ExchangeLimits limits;
    /// Over plain HTTP by a socket that buffers: slower, but Qt takes no cut for an end by it.
    bool readsAhead = false;
    /// Of the attempt that the exchange is part of.
    std::shared_ptr<AttemptSession> session = std::make_shared<AttemptSession>();
};

/// Whether both send the same and hold the answer against the same.
[[nodiscard]] inline bool isSameRequest(const ExchangeOrder &one, const ExchangeOrder &other)
{
    JobOptions options = one.options;
    options.keepSecrets = other.options.keepSecrets; // nobody else sees that
    return one.job == other.job && one.url == other.url && options == other.options &&
           one.method == other.method && one.fields == other.fields && one.body == other.body &&
           one.hops == other.hops && one.content == other.content;
}

} // namespace core
