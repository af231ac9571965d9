// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/verb_bar.h"

#include "core/words/explain.h"
#include "ui/dialogs/plain_label.h"

#include <QEvent>
#include <QGridLayout>
#include <QPushButton>

namespace ui {

namespace {

constexpr int kEffectLines = 4;

/// What is lost with the job, here or on the server.
qint64 bytesCancelled(const core::JobSnapshot &job)
{
    return job.type == core::JobType::Upload ? job.progress.bytesDone : job.bytesOnCancel;
}

QPushButton *makeButton(const QString &text, const QString &name, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setAutoDefault(false); // Enter is always Fix and resume
    return button;
}

void sayEffect(QPushButton *button, PlainLabel *label, Tone tone, const QString &effect)
{
    label->setTone(tone);
    label->say(effect);
    button->setAccessibleDescription(effect);
}

} // namespace

VerbBar::VerbBar(QWidget *parent)
    : QWidget(parent)
    , m_cancel(makeButton(tr("&Cancel job"), QStringLiteral("cancelButton"), this))
    , m_complete(makeButton(tr("&Accept partial"), QStringLiteral("completeButton"), this))
    , m_resume(makeButton(tr("&Fix and resume"), QStringLiteral("resumeButton"), this))
    , m_cancelEffect(new PlainLabel(Tone::Quiet, this))
    , m_completeEffect(new PlainLabel(Tone::Quiet, this))
    , m_resumeEffect(new PlainLabel(Tone::Quiet, this))
{
    m_cancelEffect->setObjectName(QStringLiteral("cancelEffect"));
    m_completeEffect->setObjectName(QStringLiteral("completeEffect"));
    m_resumeEffect->setObjectName(QStringLiteral("resumeEffect"));
    m_resume->setDefault(true);
    m_cancel->installEventFilter(this);
    m_complete->installEventFilter(this);
    m_resume->installEventFilter(this);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(fontMetrics().averageCharWidth() * 3);
    int column = 0;
    for (QPushButton *button : {m_cancel, m_complete, m_resume}) {
        grid->addWidget(button, 0, column);
        grid->setColumnStretch(column++, 1);
    }
    // The longest effects take as much: else the buttons would move with what they do.
    grid->setRowMinimumHeight(1, kEffectLines * fontMetrics().lineSpacing());
    column = 0;
    for (PlainLabel *effect : {m_cancelEffect, m_completeEffect, m_resumeEffect}) {
        grid->addWidget(effect, 1, column++);
    }
    connect(m_cancel, &QPushButton::clicked, this, &VerbBar::cancelClicked);
    connect(m_complete, &QPushButton::clicked, this, &VerbBar::completeClicked);
    connect(m_resume, &QPushButton::clicked, this, &VerbBar::resumeClicked);
}

void VerbBar::describe(const core::JobSnapshot &job, const FixReadiness &repair,
                       const QString &resumeEffect, int jobs)
{
    if (job.id != m_job.id || job.state != m_job.state || jobs != m_jobs) {
        m_armed = nullptr;
    }
    if (m_armed == m_resume && repair.price.isEmpty()) {
        m_armed = nullptr; // another repair, or none that costs anything
    }
    m_job = job;
    m_jobs = jobs;
    m_repair = repair;
    m_effect = resumeEffect;
    describeCancel();
    describeComplete();
    describeResume();
}

void VerbBar::disarm()
{
    if (m_armed != nullptr) {
        m_armed = nullptr;
        describeCancel();
        describeComplete();
        describeResume();
    }
}

void VerbBar::arm(QPushButton *button)
{
    m_armed = button;
    button->setFocus(Qt::OtherFocusReason); // some desktops do not focus a clicked button
    describeCancel();
    describeComplete();
    describeResume();
}

QList<QWidget *> VerbBar::buttons() const
{
    return {m_cancel, m_complete, m_resume};
}

bool VerbBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_cancel || watched == m_complete || watched == m_resume) {
        if (event->type() == QEvent::MouseButtonDblClick &&
            (watched != m_resume || !m_repair.price.isEmpty())) {
            return true; // a double click is one click; it must not confirm itself
        }
        if (event->type() == QEvent::FocusOut && watched == m_armed) {
            disarm();
        }
    }
    return QWidget::eventFilter(watched, event);
}

void VerbBar::cancelClicked()
{
    if (bytesCancelled(m_job) > 0 && m_armed != m_cancel) {
        arm(m_cancel);
        return;
    }
    disarm();
    Q_EMIT cancelled();
}

/// Where nothing is whole it deletes all there is, as Cancel does.
void VerbBar::completeClicked()
{
    const core::CompleteEffect &effect = m_job.completeEffect;
    if (effect.filesKept == 0 && effect.bytesPartial + effect.bytesAside > 0 &&
        m_armed != m_complete) {
        arm(m_complete);
        return;
    }
    disarm();
    Q_EMIT completed();
}

void VerbBar::resumeClicked()
{
    if (!m_repair.price.isEmpty() && m_armed != m_resume) {
        arm(m_resume);
        return;
    }
    disarm();
    Q_EMIT resumed();
}

void VerbBar::describeCancel()
{
    m_cancel->setEnabled(next(m_job.type, m_job.state, core::JobEvent::Cancel).has_value());
    if (m_armed != m_cancel) {
        m_cancel->setText(m_jobs == 1 ? tr("&Cancel job") : tr("&Cancel %1 jobs").arg(m_jobs));
        sayEffect(m_cancel, m_cancelEffect, Tone::Quiet, core::describeCancel(m_job));
        return;
    }
    m_cancel->setText(m_jobs == 1 ? tr("Yes, &cancel it") : tr("Yes, &cancel all %1").arg(m_jobs));
    const QString question =
        m_job.type == core::JobType::Upload
            ? tr("Click once more to have the server forget the %1 it has. This cannot be undone.")
            : tr("Click once more to delete the %1 that are saved. This cannot be undone.");
    sayEffect(m_cancel, m_cancelEffect, Tone::Problem,
              question.arg(core::formatBytes(bytesCancelled(m_job))));
}

void VerbBar::describeComplete()
{
    const bool isPossible = next(m_job.type, m_job.state, core::JobEvent::Complete).has_value();
    m_complete->setEnabled(isPossible);
    if (m_armed != m_complete) {
        m_complete->setText(tr("&Accept partial"));
        sayEffect(m_complete, m_completeEffect, Tone::Quiet, core::describeComplete(m_job));
        return;
    }
    m_complete->setText(tr("Yes, &accept nothing"));
    sayEffect(m_complete, m_completeEffect, Tone::Problem,
              tr("Nothing is whole. Click once more to delete the %1 that are saved. This cannot "
                 "be undone.")
                  .arg(core::formatBytes(m_job.completeEffect.bytesPartial +
                                         m_job.completeEffect.bytesAside)));
}

void VerbBar::describeResume()
{
    const bool isPossible = next(m_job.type, m_job.state, core::JobEvent::Resume).has_value();
    const bool isVain = m_repair.kind == FixReadiness::Kind::Vain;
    const bool isReady = m_repair.isReady();
    m_resume->setEnabled(isPossible && isReady);
    if (m_armed == m_resume) {
        m_resume->setText(tr("Yes, &fix and resume"));
        sayEffect(m_resume, m_resumeEffect, Tone::Problem, m_repair.price);
        return;
    }
    m_resume->setText(isVain ? tr("&Try all the same") : tr("&Fix and resume"));
    const bool isWrong = m_repair.kind == FixReadiness::Kind::Wrong;
    sayEffect(m_resume, m_resumeEffect, isWrong ? Tone::Problem : Tone::Quiet,
              isWrong   ? tr("Correct what is marked above first.")
              : isVain  ? tr("By the check it would stop again.")
              : isReady ? m_effect
                        : m_repair.text);
}

} // namespace ui
