// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/follow/question.h"
#include "app/cli/print/echo.h"
#include "app/cli/print/screen.h"

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <functional>
#include <optional>

namespace cli {

/// Puts questions to the person at the terminal, one at a time, without ever blocking.
class PromptLoop final : public QObject {
    Q_OBJECT
public:
    using Answered = std::function<void(const Decision &decision)>;

    PromptLoop(int input, Screen *screen);

    /// To be called when no other question is open. `then` is called once, with Later when nobody
    /// can answer any more, and not at all when the question is dismissed.
    void ask(Question question, Answered then);
    /// Drops an open question without a decision.
    void dismiss();
    [[nodiscard]] bool isAsking() const { return m_question.has_value(); }

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
    Answered m_then;
    std::optional<EchoOff> m_echoOff;
};

} // namespace cli
