// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/check_runner.h"

#include "app/cli/follow/lookup.h"
#include "core/job/question.h"
#include "core/remedy/question_group.h"
#include "core/system/when_ready.h"

#include <QSet>

#include <algorithm>
#include <iterator>

namespace cli {

namespace {

/// Each takes a request and a moment of whoever waits for the answer.
constexpr qsizetype kMostChecked = 20;

bool isLeftOutBy(const core::Fixes &fixes, int index)
{
    return std::ranges::any_of(fixes, [index](const core::Fix &fix) {
        return core::kindOf(fix) == core::FixKind::SkipFile && core::fileOf(fix) == index;
    });
}

/// One that names no file and is for one alone: that which the job asks about.
bool isForOneInQuestion(const core::Fixes &fixes)
{
    return std::ranges::any_of(fixes, [](const core::Fix &fix) {
        return core::reachOf(core::kindOf(fix)) != core::Reach::All && !core::fileOf(fix);
    });
}

} // namespace

QList<core::FileSnapshot> filesToCheck(const QList<core::FileSnapshot> &files,
                                       const core::Fixes &fixes)
{
    QSet<int> named;
    for (const core::Fix &fix : fixes) {
        const auto file = core::fileOf(fix);
        if (file && core::kindOf(fix) != core::FixKind::SkipFile) {
            named.insert(*file);
        }
    }
    const auto chosen = [&](auto isMeant) {
        QList<core::FileSnapshot> made;
        std::ranges::copy_if(files, std::back_inserter(made), [&](const core::FileSnapshot &file) {
            return isMeant(file) && !isLeftOutBy(fixes, file.id.index);
        });
        return made;
    };
    if (!named.isEmpty()) {
        return chosen([&named](const auto &file) { return named.contains(file.id.index); });
    }
    using State = core::FileState;
    for (const auto &states :
         {QList{State::Failed}, QList{State::Pending, State::Waiting}, QList{State::Whole}}) {
        auto found = chosen([&states](const auto &file) { return states.contains(file.state); });
        if (!found.isEmpty() && !isForOneInQuestion(fixes)) {
            return found;
        }
    }
    return {};
}

CheckRunner::CheckRunner(const CheckRequest &request, const CommandContext &context,
                         ExitHandler onFinished)
    : RepairRunner(request.repair, context, std::move(onFinished))
{
}

void CheckRunner::go(const Jobs &jobs, const core::Fixes &fixes)
{
    m_job = jobs.first();
    m_fixes = fixes;
    withAllFiles(service(), this, m_job.id, [this](const QList<core::FileSnapshot> &files) {
        const QList<core::FileSnapshot> chosen = filesToCheck(files, m_fixes);
        for (const core::FileSnapshot &file : chosen.first(std::min(chosen.size(), kMostChecked))) {
            m_left.append({file.id.index, files.size() > 1 ? file.name : QString(), file.error});
        }
        m_others = chosen.size() - m_left.size();
        if (m_left.isEmpty()) {
            m_left.append(File());
        }
        next();
    });
}

void CheckRunner::next()
{
    if (m_left.isEmpty()) {
        reporter()->checked(m_checked, m_others);
        const auto stopped = std::ranges::find_if(
            m_checked, [](const CheckedFile &file) { return file.report.problem.has_value(); });
        finish(stopped == m_checked.end() ? core::ExitCode::Done
                                          : core::exitCodeFor(*stopped->report.problem));
        return;
    }
    const File file = m_left.takeFirst();
    core::whenReady(service()->call<core::message::Check>(
                        {.job = m_job.id, .fixes = m_fixes, .fileIndex = file.index}),
                    this, [this, file](const core::Answer<core::CheckReport> &report) {
                        if (report) {
                            take(file, *report);
                        } else {
                            refuse(report.error());
                        }
                    });
}

void CheckRunner::take(const File &file, const core::CheckReport &report)
{
    const auto asked = core::questionOf(m_job);
    const auto &question = file.error ? file.error : asked ? asked : m_job.error;
    m_checked.append({report, core::explainFor(m_job, m_fixes, report, question), file.name});
    next();
}

} // namespace cli
