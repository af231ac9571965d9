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

namespace ui {

namespace {

constexpr qsizetype kMostReports = 20;

} // namespace

QList<core::JobSnapshot> ErrorDialog::chosenJobs() const
{
    QList<core::JobSnapshot> jobs = m_jobs->jobs();
    QSet<core::JobId> chosen;
    for (const QuestionPage *page : pages()) {
        for (const AskedFile &file : page->chosen()) {
            chosen.insert(file.id.job);
        }
    }
    jobs.removeIf([&chosen](const core::JobSnapshot &job) { return !chosen.contains(job.id); });
    return jobs;
}

FixReadiness ErrorDialog::readiness() const
{
    if (chosenJobs().isEmpty()) {
        return {FixReadiness::Kind::Incomplete, tr("Choose at least one of the files.")};
    }
    const QuestionPage *current = currentPage();
    FixReadiness first = current->readiness();
    if (!first.isReady()) {
        return first;
    }
    for (const QuestionPage *page : pages()) {
        const FixReadiness other = page->readiness();
        if (!other.isReady()) {
            return {FixReadiness::Kind::Incomplete,
                    tr("Another of the causes above waits: %1").arg(other.text)};
        }
        first.price = first.price.isEmpty() ? other.price : first.price;
    }
    return first;
}

QString ErrorDialog::resumeEffect() const
{
    const QList<core::JobSnapshot> jobs = chosenJobs();
    const QuestionPage *page = currentPage();
    if (jobs.size() > 1 || page->isOfSeveral() || m_groups.size() > 1) {
        const qsizetype left = m_jobs->jobs().size() - jobs.size();
        const QString effect = core::describeResume(together(jobs));
        return left == 0 ? effect
                         : effect + u' ' + tr("Jobs that are left as they are: %1.").arg(left);
    }
    const core::JobError &error = page->current().error;
    const auto kind = page->chosenFix();
    const QList<core::FixKind> offered = core::fixesForAll({error});
    // describeResume() speaks of going on, or of starting over where that is the first repair. A
    // choice that departs from it says its own effect.
    const bool startsOver = !offered.isEmpty() && offered.first() == core::FixKind::Restart;
    const bool isItsOwn = kind == core::FixKind::Restart || kind == core::FixKind::Recheck ||
                          kind == core::FixKind::SkipFile;
    return kind && (isItsOwn || startsOver) ? core::describe(*kind, error)
                                            : core::describeResume(jobs.first());
}

void ErrorDialog::describeVerbs()
{
    if (m_jobs->isEmpty() || m_groups.isEmpty()) {
        return;
    }
    const QList<core::JobSnapshot> chosen = chosenJobs();
    const QList<core::JobSnapshot> jobs = chosen.isEmpty() ? m_jobs->jobs() : chosen;
    m_verbs->describe(together(jobs), readiness(), chosen.isEmpty() ? QString() : resumeEffect(),
                      int(jobs.size()));
}

core::Fixes ErrorDialog::fixesOf(core::JobId job) const
{
    core::Fixes fixes;
    for (const QuestionPage *page : pages()) {
        for (const AskedFile &file : page->chosen()) {
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
    for (const core::JobSnapshot &job : chosenJobs()) {
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
    answered();
    for (const auto &[fixes, jobs] : std::as_const(orders)) {
        Q_EMIT resumeRequested(jobs, fixes);
    }
}

void ErrorDialog::answered()
{
    m_refusal->say({});
    const core::JobIds chosen = idsOf(chosenJobs());
    core::JobIds left = idsOf(m_jobs->jobs());
    left.removeIf([&chosen](core::JobId job) { return chosen.contains(job); });
    m_jobs->setAnswered(chosen, true);
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
