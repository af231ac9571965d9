// SPDX-License-Identifier: Apache-2.0
// What jobs ask is put before the person: each question in turn, then all answers are given at
// once.
#include "app/cli/follow/job_follower.h"

#include "app/cli/print/words.h"
#include "core/system/when_ready.h"

#include <algorithm>

namespace cli {

Questions JobFollower::notLeft(core::JobId id, Questions questions) const
{
    const QSet<int> later = m_watches.value(id).later;
    questions.removeIf([&later](const QList<AskedFile> &files) {
        return std::ranges::all_of(files, [&later](const AskedFile &file) {
            return later.contains(file.error.fileIndex);
        });
    });
    return questions;
}

void JobFollower::askNext()
{
    while (!m_prompts.isAsking() && !m_isAboutToAsk && !m_toAsk.isEmpty()) {
        const core::JobId id = m_toAsk.takeFirst();
        if (openQuestion(*m_watches[id].job.last())) {
            m_isAboutToAsk = true;
            core::whenReady(m_context.service->call<core::message::Keyring>({}), this,
                            [this, id](const core::Answer<core::KeyringState> &keyring) {
                                m_isAboutToAsk = false;
                                ask(id, keyring.value_or(core::KeyringState::Missing));
                            });
        }
    }
}

void JobFollower::ask(core::JobId id, core::KeyringState keyring)
{
    const auto watch = m_watches.constFind(id);
    const auto job = watch == m_watches.cend() ? std::nullopt : watch->job.last();
    const auto problem = job ? openQuestion(*job) : std::nullopt;
    if (!problem) {
        askNext();
        return;
    }
    const Answers &answers = watch->answers;
    if (answers.turn > 0) {
        m_context.reporter->otherProblem(*job, answers.asked.at(answers.turn));
    }
    m_live.setHeld(true);
    m_prompts.ask(Question(*job,
                           answers.asked.value(answers.turn, {AskedFile{*problem, QString()}}),
                           m_context.currentFolder, keyring),
                  [this, id](const Decision &decision) { onDecided(id, decision); });
}

void JobFollower::onDecided(core::JobId id, const Decision &decision)
{
    m_live.setHeld(false);
    switch (decision.verb) {
    case Decision::Verb::Cancel:
        tellRefusals(m_context.service->call<core::message::Cancel>({.jobs = {id}}));
        break;
    case Decision::Verb::Complete:
        complete(id);
        break;
    case Decision::Verb::Later:
    case Decision::Verb::Resume:
        takeAnswer(id, decision);
        break;
    }
    askNext();
}

void JobFollower::takeAnswer(core::JobId id, const Decision &decision)
{
    Watch &watch = m_watches[id];
    Answers &answers = watch.answers;
    const QList<AskedFile> files = answers.asked.value(answers.turn++);
    if (decision.verb == Decision::Verb::Resume) {
        answers.isAnyGiven = true;
        answers.fixes += decision.fixes;
    } else {
        for (const AskedFile &file : files) {
            watch.later.insert(file.error.fileIndex);
            answers.left.append({id, file.error.fileIndex});
        }
    }
    if (answers.turn < answers.asked.size()) {
        m_toAsk.prepend(id);
    } else if (answers.isAnyGiven) {
        resume({id}, answers.fixes, answers.left);
    } else {
        if (answers.asked.size() > 1) {
            m_context.reporter->notice(
                id, Words::tr("All %1 questions wait for an answer; \"bhop errors\" lists them.")
                        .arg(answers.asked.size()));
        }
        settle(id, *watch.failedWith);
    }
}

} // namespace cli
