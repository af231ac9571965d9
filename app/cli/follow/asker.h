// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/follow/question.h"
#include "app/cli/print/echo.h"
#include "app/cli/print/screen.h"

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <optional>

namespace cli {

/// Puts questions to the person at the terminal, one at a time, without ever blocking.
class Asker final : public QObject {
    Q_OBJECT
public:
    Asker(int input, Screen *screen, QObject *parent = nullptr);

    /// To be called when no other question is open.
    void ask(Question question);
    /// Drops an open question without a decision.
    void dismiss();
    [[nodiscard]] bool isAsking() const { return m_question.has_value(); }

Q_SIGNALS:
    void decided(core::JobId job, const cli::Decision &decision);

private:
    void prompt();
    void onReadable();
    void takeLine(const QByteArray &line);
    void finish(const Decision &decision);

    int m_input;
    Screen *m_screen;
    QSocketNotifier m_notifier;
    QByteArray m_typed;
    std::optional<Question> m_question;
    std::optional<EchoOff> m_echoOff;
};

} // namespace cli
