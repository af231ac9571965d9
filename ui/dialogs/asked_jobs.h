// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "ui/dialogs/asked_file.h"

#include <QSet>

#include <map>

namespace ui {

/// The jobs that a dialog asks about, and what there is to ask: their failed files, gathered into
/// questions. Asks the engine for what the snapshots do not tell.
class AskedJobs final : public QObject {
    Q_OBJECT
public:
    explicit AskedJobs(core::JobService *service, QObject *parent = nullptr);

    /// Takes these in, and lets those go of which nothing is asked any more. A single job is
    /// followed to its next question; one of several leaves with another question than theirs.
    void take(const QList<core::JobSnapshot> &jobs);
    void remove(const core::JobIds &jobs);
    /// These were answered, or their answer was refused.
    void setAnswered(const core::JobIds &jobs, bool wereAnswered);
    /// Its answer has been sent, and it has not asked anything else since.
    [[nodiscard]] bool wasAnswered(core::JobId job) const
    {
        const auto found = m_jobs.find(job);
        return found != m_jobs.end() && found->second.wasAnswered;
    }

    [[nodiscard]] bool isEmpty() const { return m_jobs.empty(); }
    [[nodiscard]] bool has(core::JobId job) const { return m_jobs.contains(job); }
    [[nodiscard]] QList<core::JobSnapshot> jobs() const;
    [[nodiscard]] std::optional<core::JobSnapshot> job(core::JobId id) const;
    /// The group that has brought the jobs together.
    [[nodiscard]] const core::QuestionGroup &group() const { return m_group; }
    /// All questions, that of the group first.
    [[nodiscard]] QList<AskedQuestion> questions() const;
    /// Something is still to be told by the engine.
    [[nodiscard]] bool isWaiting() const { return m_open > 0; }

Q_SIGNALS:
    void changed();

private:
    struct Asked {
        core::JobSnapshot job;
        core::JobError question;
        QList<core::FileSnapshot> files; ///< that failed, as far as they were told
        int filesFailed = 0;
        bool wasAnswered = false;
    };

    void takeOne(const core::JobSnapshot &job);
    void askForFiles(core::JobId job);
    [[nodiscard]] static QList<AskedFile> filesOf(const Asked &asked);
    void tellApart(QList<AskedFile> *files) const;

    core::JobService *m_service;
    std::map<core::JobId, Asked> m_jobs;
    core::QuestionGroup m_group;
    int m_open = 0;
};

} // namespace ui
