// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/download_session.h"

#include "core/http/file_name.h"
#include "core/system/when_ready.h"
#include "core/transfer/lanes.h"

#include <algorithm>
#include <utility>

namespace core {

DownloadSession::DownloadSession(TransferWorld given, DownloadOrder what, std::stop_token token,
                                 AttemptEvents tell)
    : AttemptFacts(given, std::move(what), std::move(token), std::move(tell))
    , m_syncAlarm(given.clock)
    , m_lastSync(given.clock->now())
{
}

void DownloadSession::adopt(const OpenedPart &opened)
{
    part = opened.handle;
    identity = opened.identity;
}

QFuture<void> DownloadSession::moved(const PartIdentity &to)
{
    identity = to;
    return identify(validator);
}

void DownloadSession::forgetPart()
{
    identity = {};
    validator = {};
    promisedHash.reset();
    sizeBytes.reset();
    haveBytes = 0;
    durableBytes = 0;
    events.partLost();
}

void DownloadSession::startHop(const QUrl &address)
{
    hop = address;
    head = {};
    m_lookedAt.clear();
}

QByteArray DownloadSession::readBody(qint64 maxBytes)
{
    if (!m_lookedAt.isEmpty()) {
        const QByteArray bytes = m_lookedAt.first(std::min<qint64>(maxBytes, m_lookedAt.size()));
        m_lookedAt.remove(0, bytes.size());
        return bytes;
    }
    // The watchdog closes what it aborts.
    return reply->isOpen() ? reply->read(maxBytes) : QByteArray();
}

RangeAsk DownloadSession::ask() const
{
    RangeAsk made = askFor(haveBytes, sizeBytes, validator);
    if (!asRange) {
        made.asRange = false;
        made.from = 0;
        made.ifRange.clear();
    }
    return made;
}

std::optional<ExpectedHash> DownloadSession::hashToVerify() const
{
    if (order.acceptance == Acceptance::AsItIs) {
        return std::nullopt;
    }
    return order.hash ? order.hash : promisedHash;
}

void DownloadSession::learn(const ResponseHead &response, const BodyPlan &plan)
{
    if (plan.sizeBytes) {
        sizeBytes = plan.sizeBytes;
    }
    sizeSource = SizeSource::Stated;
    offeredValidator = plan.validator;
    if (const auto promised = core::promisedHash(response)) {
        promisedHash = promised;
    }
    if (name.isEmpty()) {
        name = chooseFileName(response.header("Content-Disposition"), response.url, order.url);
    }
}

QFuture<void> DownloadSession::identify()
{
    return identify(offeredValidator);
}

QFuture<void> DownloadSession::identify(const Validator &proven)
{
    validator = proven;
    return events.identified({.name = name,
                              .sizeBytes = sizeBytes,
                              .validator = validator,
                              .promisedHash = promisedHash,
                              .part = identity});
}

bool DownloadSession::triesAnotherConnection()
{
    if (m_hasTriedAnother || head.status != 206 || !watchdog.isTooSlow()) {
        return false;
    }
    m_hasTriedAnother = ask().from == haveBytes;
    return m_hasTriedAnother;
}

void DownloadSession::write(qint64 offset, QByteArray bytes)
{
    haveBytes = std::max(haveBytes, offset + bytes.size());
    volume->write(*part, offset, std::move(bytes));
    events.received(haveBytes);
}

void DownloadSession::syncIfDue()
{
    if (m_syncUnderWay || m_syncAlarm.isSet() || haveBytes <= durableBytes) {
        return;
    }
    const BootTime now = world.clock->now();
    const BootTime due = m_lastSync + order.limits.syncEvery;
    if (now < due) {
        m_syncAlarm.set(due, [this] { syncIfDue(); });
        return;
    }
    m_syncUnderWay = true;
    m_lastSync = now;
    whenReady(volume->sync(*part), &m_context,
              [this, upTo = haveBytes](const DiskResult<> &synced) {
                  m_syncUnderWay = false;
                  if (synced) {
                      claim(upTo);
                      syncIfDue();
                  }
              });
}

void DownloadSession::claim(qint64 prefixBytes)
{
    if (prefixBytes > durableBytes) {
        durableBytes = prefixBytes;
        events.durable(RangeSet::prefix(durableBytes));
    }
}

JobError DownloadSession::error(Cause cause, Step step, const QString &detail) const
{
    JobError made{.cause = cause, .step = step};
    made.evidence.detail = detail;
    fill(&made);
    return made;
}

JobError DownloadSession::error(const DiskError &failure) const
{
    JobError made = diagnose(failure);
    fill(&made);
    return made;
}

void DownloadSession::fill(JobError *made) const
{
    made->fileIndex = order.file.index;
    made->url = hop.adjusted(QUrl::RemoveUserInfo);
    made->proxy = proxyFor(hop, order.options.proxy).adjusted(QUrl::RemoveUserInfo);
    if (made->localPath.isEmpty()) {
        made->localPath = order.folder + u'/' + name;
    }
    made->httpStatus = head.status;
    made->fileBytesDone = durableBytes;
    made->fileBytesTotal = sizeBytes;
    made->time = world.clock->utcNow();
    made->evidence.redirects = redirects;
    made->evidence.headers = head.headers;
    made->evidence.attempt = order.attempt;
    made->evidence.offsetBytes = haveBytes;
}

std::optional<JobError> DownloadSession::transportError() const
{
    if (watchdog.hasBitten()) {
        // Qt does not tell of a proxy that hangs up instead of answering CONNECT.
        const bool isOfProxy = !watchdog.isConnected() && way() == Way::Tunnel;
        return error(isOfProxy ? Cause::ProxyFailed : Cause::ServerSilent,
                     head.status == 0 ? Step::Connect : Step::Receive,
                     QStringLiteral("nothing came in time"));
    }
    if (const auto &refused = certificates.refusal()) {
        JobError made = error(refused->cause, Step::Connect, reply->errorString());
        made.certificate = refused->certificate;
        return made;
    }
    if (reply->error() == QNetworkReply::NoError) {
        return std::nullopt;
    }
    const bool hasAnswer = head.status != 0;
    return error(
        causeOfTransport(reply->error(), hasAnswer ? Way::Direct : way(), reply->errorString()),
        hasAnswer ? Step::Receive : Step::Connect, reply->errorString());
}

Way DownloadSession::way() const
{
    const QUrl proxy = proxyFor(hop, order.options.proxy);
    if (proxy.isEmpty() || proxy.scheme() != u"http") {
        return Way::Direct;
    }
    return hop.scheme() == u"https" ? Way::Tunnel : Way::ThroughProxy;
}

} // namespace core
