// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <chrono>

/// The real `bhop`, run as a process while the event loop of the test turns, so that a server of
/// the test can answer it.
class BhopRun {
public:
    /// Starts it; standard input brings `input` and ends. `environment` comes on top of ours.
    explicit BhopRun(const QStringList &arguments, const QByteArray &input = {},
                     const QHash<QString, QString> &environment = {});
    ~BhopRun();
    BhopRun(const BhopRun &) = delete;
    BhopRun &operator=(const BhopRun &) = delete;

    /// Waits for its end; its exit status, -1 when it crashed or did not end.
    [[nodiscard]] int exitCode();
    [[nodiscard]] bool endsWithin(std::chrono::milliseconds limit);
    /// As Ctrl-C does.
    void interrupt();
    /// As a crash or the end of the battery does.
    void kill();

    [[nodiscard]] QByteArray out();
    [[nodiscard]] QByteArray err();
    /// The JSON lines printed so far, whole ones only.
    [[nodiscard]] QList<QJsonObject> lines();
    /// Those of one kind of event.
    [[nodiscard]] QList<QJsonObject> lines(QStringView event);

private:
    void collect();

    QProcess m_process;
    QByteArray m_out;
    QByteArray m_err;
};

/// The same at a terminal of its own: what is typed and what is shown.
class BhopAtTerminal {
public:
    explicit BhopAtTerminal(const QStringList &arguments);
    ~BhopAtTerminal();
    BhopAtTerminal(const BhopAtTerminal &) = delete;
    BhopAtTerminal &operator=(const BhopAtTerminal &) = delete;

    /// Waits until this is on the screen after all that was waited for before.
    [[nodiscard]] bool shows(const QByteArray &text);
    void type(const QByteArray &text);
    [[nodiscard]] int exitCode();
    /// All that was ever shown.
    [[nodiscard]] const QByteArray &shown();

private:
    void collect();

    int m_terminal = -1;
    QProcess m_process;
    QByteArray m_shown;
    qsizetype m_seen = 0;
};
