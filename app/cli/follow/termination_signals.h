// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace cli {

/// Turns SIGINT, SIGTERM and SIGHUP into a signal of the event loop. One object in a process, made
/// before other threads are. SIGPIPE is ignored: writing says so itself.
class TerminationSignals final : public QObject {
    Q_OBJECT
public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;

    /// Whether one has come, even before the event loop runs.
    [[nodiscard]] static bool wasCaught();

Q_SIGNALS:
    void caught();

private:
    void drain();

    QSocketNotifier m_notifier;
};

} // namespace cli
