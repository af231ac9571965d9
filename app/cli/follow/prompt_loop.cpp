// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/prompt_loop.h"

#include <array>
#include <cerrno>
#include <utility>

#include <unistd.h>

namespace cli {

PromptLoop::PromptLoop(int input, Screen *screen)
    : m_input(input)
    , m_screen(screen)
    , m_notifier(input, QSocketNotifier::Read)
{
    m_notifier.setEnabled(false);
    connect(&m_notifier, &QSocketNotifier::activated, this, &PromptLoop::onReadable);
}

void PromptLoop::ask(Question question, Answered then)
{
    Q_ASSERT(!m_question);
    // What was typed before the question was asked is no answer to it.
    (void)::tcflush(m_input, TCIFLUSH);
    m_typed.clear();
    m_question.emplace(std::move(question));
    m_then = std::move(then);
    prompt();
    m_notifier.setEnabled(true);
}

void PromptLoop::dismiss()
{
    m_notifier.setEnabled(false);
    m_echoOff.reset();
    if (m_question) {
        m_question.reset();
        m_screen->complain(QStringLiteral("\n"));
    }
}

void PromptLoop::prompt()
{
    m_screen->complain(m_question->prompt());
    if (m_question->isSecret()) {
        m_echoOff.emplace(m_input);
    } else {
        m_echoOff.reset();
    }
}

void PromptLoop::onReadable()
{
    std::array<char, 4096> buffer{};
    const ssize_t got = ::read(m_input, buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
        return;
    }
    if (got <= 0) {
        m_screen->complain(QStringLiteral("\n"));
        finish({}); // nobody can answer any more: later, then
        return;
    }
    m_typed.append(buffer.data(), got);
    while (m_question) {
        const qsizetype end = m_typed.indexOf('\n');
        if (end < 0) {
            return;
        }
        const QByteArray line = m_typed.first(end);
        m_typed.remove(0, end + 1);
        takeLine(line);
    }
}

void PromptLoop::takeLine(const QByteArray &line)
{
    m_echoOff.reset();
    const Question::Step step = m_question->take(QString::fromLocal8Bit(line));
    if (step.decision) {
        finish(*step.decision);
        return;
    }
    if (!step.complaint.isEmpty()) {
        m_screen->complain(step.complaint + u'\n');
    }
    prompt();
}

void PromptLoop::finish(const Decision &decision)
{
    m_notifier.setEnabled(false);
    m_echoOff.reset();
    m_question.reset();
    std::exchange(m_then, nullptr)(decision);
}

} // namespace cli
