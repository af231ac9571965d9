// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"
#include "ui/dialogs/fixes/fix_control.h"

#include <QWidget>

class QPushButton;

namespace ui {

class PlainLabel;

/// The three answers to a stopped job, each with its exact effect below it. Which are possible is
/// read from the transition table.
class VerbBar final : public QWidget {
    Q_OBJECT
public:
    explicit VerbBar(QWidget *parent = nullptr);

    /// The effect of each verb on this job, and of Resume with the repair that is chosen. Several
    /// jobs come together as one.
    void describe(const core::JobSnapshot &job, const FixReadiness &repair,
                  const QString &resumeEffect, int jobs = 1);
    /// Takes back a first click on what deletes.
    void disarm();
    [[nodiscard]] QList<QWidget *> buttons() const;

Q_SIGNALS:
    void cancelled();
    void completed();
    void resumed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void cancelClicked();
    void completeClicked();
    void resumeClicked();
    void arm(QPushButton *button);
    void describeCancel();
    void describeComplete();
    void describeResume();

    core::JobSnapshot m_job;
    FixReadiness m_repair;
    QString m_effect; ///< of Resume
    int m_jobs = 1;
    QPushButton *m_cancel;
    QPushButton *m_complete;
    QPushButton *m_resume;
    PlainLabel *m_cancelEffect;
    PlainLabel *m_completeEffect;
    PlainLabel *m_resumeEffect;
    QPushButton *m_armed = nullptr; ///< was clicked once and asks whether it is meant
};

} // namespace ui
