// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_several.h"
#include "ui/dialogs/asked_jobs.h"
#include "ui/dialogs/cause_list.h"
#include "ui/dialogs/error_dialog.h"
#include "ui/dialogs/evidence_text.h"
#include "ui/dialogs/plain_label.h"
#include "ui/dialogs/question_page.h"
#include "ui/dialogs/verb_bar.h"
#include "ui/models/jobs_together.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>
#include <functional>

namespace ui {

namespace {

constexpr qsizetype kMostReports = 20;

/// The jobs that have a file which is chosen on a page of this kind.
template <typename Predicate>
QList<core::JobSnapshot> jobsWith(QList<core::JobSnapshot> jobs, const QList<QuestionPage *> &pages,
                                  Predicate isMeant)
{
    QSet<core::JobId> chosen;
    for (const QuestionPage *page : pages) {
        const auto files = std::invoke(isMeant, *page) ? page->chosen() : QList<AskedFile>();
        for (const AskedFile &file : files) {
            chosen.insert(file.id.job);
        }
    }
    jobs.removeIf([&chosen](const core::JobSnapshot &job) { return !chosen.contains(job.id); });
    return jobs;
}

} // namespace

QList<core::JobSnapshot> ErrorDialog::chosenJobs() const
{
    return jobsWith(m_jobs->jobs(), pages(), [](const QuestionPage &) { return true; });
}

QList<core::JobSnapshot> ErrorDialog::answeredJobs() const
{
    return jobsWith(m_jobs->jobs(), pages(), &QuestionPage::isAnswered);
}

std::pair<QList<core::FileId>, QList<core::FileId>>
ErrorDialog::leftAndAnswered(const QList<core::JobSnapshot> &jobs) const
{
    const core::JobIds ids = idsOf(jobs);
    QList<core::FileId> left;
    QList<core::FileId> answered;
    for (const QuestionPage *page : pages()) {
        const QList<AskedFile> chosen = page->isAnswered() ? page->chosen() : QList<AskedFile>();
        for (const AskedFile &file : page->files()) {
            const bool isChosen =
                std::ranges::find(chosen, file.id, &AskedFile::id) != chosen.end();
            if (ids.contains(file.id.job)) {
                (isChosen ? answered : left).append(file.id);
            }
        }
    }
    return {left, answered};
}

/// What nobody has begun to fill in is left for later; what is filled in wrongly or in part holds
/// the answer back.
FixReadiness ErrorDialog::readiness() const
{
    using Kind = FixReadiness::Kind;
    if (chosenJobs().isEmpty()) {
        return {Kind::Incomplete, tr("Choose at least one of the files.")};
    }
    const bool isAnswered = !answeredJobs().isEmpty();
    const auto holds = [isAnswered](const FixReadiness &each) {
        return each.kind == Kind::Wrong || each.kind == Kind::Begun ||
               (each.kind == Kind::Incomplete && !isAnswered);
    };
    FixReadiness all = currentPage()->readiness();
    if (holds(all)) {
        return all;
    }
    all = all.isReady() ? all : FixReadiness();
    for (const QuestionPage *page : pages()) {
        const FixReadiness other = page->readiness();
        if (holds(other)) {
            return {Kind::Incomplete, tr("Another of the causes above waits: %1").arg(other.text)};
        }
        all.price = all.price.isEmpty() && other.isReady() ? other.price : all.price;
    }
    return all;
}

/// describeResume() speaks of going on, or of starting over where that is the first repair. A
/// choice that departs from it says its own effect.
QString ErrorDialog::repairEffect(const QList<core::JobSnapshot> &jobs) const
{
    const QList<QuestionPage *> all = pages();
    const bool departs = std::ranges::any_of(all, [](const QuestionPage *page) {
        if (!page->isAnswered() || !page->chosenFix()) {
            return false;
        }
        const core::FixKind kind = *page->chosenFix();
        const bool startsOver =
            core::fixesForAll(errorsOf(page->files())).value(0) == core::FixKind::Restart;
        return startsOver || kind == core::FixKind::Restart || kind == core::FixKind::Recheck ||
               kind == core::FixKind::SkipFile;
    });
    const QuestionPage *page = currentPage();
    if (!departs) {
        return core::describeResume(together(jobs));
    }
    if (all.size() > 1) {
        return tr("Each file goes on as its repair above says.");
    }
    const core::FixKind kind = *page->chosenFix();
    const core::JobError &error = page->current().error;
    return page->isOfSeveral() ? core::describeForAll(kind, error) : core::describe(kind, error);
}

QString ErrorDialog::resumeEffect() const
{
    const QList<core::JobSnapshot> jobs = answeredJobs();
    QStringList effect{repairEffect(jobs)};
    const auto [left, answered] = leftAndAnswered(jobs);
    if (!left.isEmpty()) {
        effect.append(tr("Resumes %1 of %2 files. Still waiting for you: %3.")
                          .arg(answered.size())
                          .arg(left.size() + answered.size())
                          .arg(left.size()));
    }
    if (const auto others = m_jobs->jobs().size() - jobs.size(); others > 0) {
        effect.append(tr("Jobs that are left as they are: %1.").arg(others));
    }
    return effect.join(u' ');
}

void ErrorDialog::describeVerbs()
{
    if (m_jobs->isEmpty() || m_groups.isEmpty()) {
        return;
    }
    const QList<core::JobSnapshot> chosen = chosenJobs();
    const QList<core::JobSnapshot> jobs = chosen.isEmpty() ? m_jobs->jobs() : chosen;
    m_verbs->describe(together(jobs), readiness(),
                      answeredJobs().isEmpty() ? QString() : resumeEffect(), int(jobs.size()));
}

core::Fixes ErrorDialog::fixesOf(core::JobId job) const
{
    core::Fixes fixes;
    for (const QuestionPage *page : pages()) {
        for (const AskedFile &file : page->isAnswered() ? page->chosen() : QList<AskedFile>()) {
            const auto all = file.id.job == job ? page->fixesFor(file.id) : core::Fixes{};
            for (const core::Fix &fix : all) {
                if (!fixes.contains(fix)) {
                    fixes.append(fix);
                }
            }
        }
    }
    return fixes;
}

void ErrorDialog::resume()
{
    QList<std::pair<core::Fixes, core::JobIds>> orders;
    const QList<core::JobSnapshot> all = answeredJobs();
    const QList<core::FileId> left = leftAndAnswered(all).first;
    for (const core::JobSnapshot &job : all) {
        if (m_jobs->wasAnswered(job.id)) { // by the first of two clicks
            continue;
        }
        const core::Fixes fixes = fixesOf(job.id);
        auto order = std::ranges::find(orders, fixes, &std::pair<core::Fixes, core::JobIds>::first);
        if (order == orders.end()) {
            orders.append({fixes, {}});
            order = std::prev(orders.end());
        }
        order->second.append(job.id);
    }
    answered(idsOf(all));
    for (const auto &[fixes, jobs] : std::as_const(orders)) {
        Q_EMIT resumeRequested(jobs, fixes, left);
    }
}

void ErrorDialog::answered(const core::JobIds &jobs)
{
    m_refusal->say({});
    core::JobIds left = idsOf(m_jobs->jobs());
    left.removeIf([&jobs](core::JobId job) { return jobs.contains(job); });
    m_jobs->setAnswered(jobs, true);
    m_jobs->remove(left); // taken out of this answer: they keep their question, for another time
}

void ErrorDialog::copyReport()
{
    QStringList reports;
    for (const QuestionPage *page : pages()) {
        for (const AskedFile &file :
             page->chosen().first(std::min(page->chosen().size(), kMostReports))) {
            reports.append(reportText(*m_jobs->job(file.id.job), file.error));
        }
    }
    QGuiApplication::clipboard()->setText(reports.join(QStringLiteral("\n\n")));
}

} // namespace ui
