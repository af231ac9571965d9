// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <initializer_list>
#include <vector>

namespace core {

/// Turns signals that ask the program to end, such as SIGINT and SIGTERM, into a signal of the
/// event loop. One object in a process, made after the application and before other threads.
/// Blocking reads end with EINTR when one comes. SIGPIPE is ignored: writing says so itself.
class TerminationSignals final : public QObject {
    Q_OBJECT
public:
    explicit TerminationSignals(std::initializer_list<int> numbers);
    ~TerminationSignals() override;

    /// Whether one has come, even before the event loop runs.
    [[nodiscard]] static bool wasCaught();

Q_SIGNALS:
    void caught();

private:
    void drain();

    std::vector<int> m_numbers;
    QSocketNotifier m_notifier;
};

} // namespace core
