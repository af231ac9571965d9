// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/system/clock.h"
#include "ui/actions/job_verb.h"

#include <QObject>

#include <map>

class QAction;
class QMenu;
class QToolBar;

namespace ui {

/// The actions of the toolbar, the menus and the keyboard. They know the selected jobs, are enabled
/// by allows(), and tell what was chosen; others do it.
class JobActions final : public QObject {
    Q_OBJECT
public:
    explicit JobActions(const core::Clock *clock, QObject *parent = nullptr);

    void setJobs(const QList<core::JobSnapshot> &selected);

    [[nodiscard]] QAction *add() const { return m_add; }
    [[nodiscard]] QAction *paste() const { return m_paste; }
    [[nodiscard]] QAction *adopt() const { return m_adopt; }
    [[nodiscard]] QAction *settings() const { return m_settings; }
    [[nodiscard]] QAction *action(JobVerb verb) const { return m_actions.at(verb); }
    [[nodiscard]] QList<QAction *> all() const;

    void fillToolBar(QToolBar *bar) const;
    void fillContextMenu(QMenu *menu) const;

Q_SIGNALS:
    void addChosen();
    void pasteChosen();
    void uploadChosen();
    void adoptChosen();
    void settingsChosen();
    void quitChosen();
    void chosen(ui::JobVerb verb, const QList<core::JobSnapshot> &jobs);

private:
    void nameComplete();
    void nameAgain();

    const core::Clock *m_clock;
    QList<core::JobSnapshot> m_jobs;
    QAction *m_add;
    QAction *m_paste;
    QAction *m_upload;
    QAction *m_adopt;
    QAction *m_quit;
    QAction *m_settings;
    std::map<JobVerb, QAction *> m_actions;
};

} // namespace ui
