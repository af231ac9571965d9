// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/body_wake.h"

#include <QNetworkReply>

#include <utility>

namespace core {

BodyWake::BodyWake()
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kGatherMs);
    connect(&m_timer, &QTimer::timeout, this, &BodyWake::wake);
}

void BodyWake::watch(QNetworkReply *reply, qint64 enoughBytes)
{
    m_reply = reply;
    m_enoughBytes = enoughBytes;
    connect(reply, &QNetworkReply::readyRead, this, &BodyWake::look);
    connect(reply, &QNetworkReply::finished, this, &BodyWake::look);
}

QFuture<void> BodyWake::more()
{
    m_more = QPromise<void>();
    m_more.start();
    const QFuture<void> future = m_more.future();
    m_isAwaited = true;
    look();
    return future;
}

void BodyWake::look()
{
    if (!m_isAwaited) {
        return;
    }
    const qint64 bytes = m_reply->bytesAvailable();
    if (bytes >= m_enoughBytes || m_reply->isFinished()) {
        wake();
    } else if (bytes > 0 && !m_timer.isActive()) {
        m_timer.start();
    }
}

void BodyWake::wake()
{
    m_timer.stop();
    if (std::exchange(m_isAwaited, false)) {
        m_more.finish();
    }
}

} // namespace core
