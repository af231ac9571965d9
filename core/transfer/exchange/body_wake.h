// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QTimer>

class QNetworkReply;

namespace core {

/// Wakes whoever reads a body, and not for each piece of it: once enough has come, shortly after
/// the first of it, or at its end. On the thread of the reply, which outlives what is waited for.
class BodyWake final : public QObject {
public:
    BodyWake();

    /// From now on it is about this reply.
    void watch(QNetworkReply *reply, qint64 enoughBytes);
    /// Ready when there is something to read, or nothing will come any more.
    [[nodiscard]] QFuture<void> more();

private:
    void look();
    void wake();

    // Of the computer's clock, for they decide nothing. What has come waits that long for what
    // follows.
    static constexpr int kGatherMs = 4;

    QNetworkReply *m_reply = nullptr;
    qint64 m_enoughBytes = 1;
    bool m_isAwaited = false;
    QPromise<void> m_more;
    QTimer m_timer;
};

} // namespace core
