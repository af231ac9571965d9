// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_change.h"
#include "core/job/job_snapshot.h"

#include <QObject>

#include <memory>

class QActionGroup;
class QMenu;

namespace ui {

class SpeedLimitMenu;

/// The menus that change the selected jobs while they are there: speed limit, priority and place.
class ChangeMenus final : public QObject {
    Q_OBJECT
public:
    /// `window`: over which it is asked for another limit.
    explicit ChangeMenus(QWidget *window);
    ~ChangeMenus() override;

    void setJobs(const QList<core::JobSnapshot> &selected);
    void fill(QMenu *menu) const;

Q_SIGNALS:
    void chosen(const core::JobChange &change, const core::JobIds &jobs);

private:
    void fillPriorities();
    void choose(const core::JobChange &change);

    QList<core::JobSnapshot> m_jobs; ///< of the selected ones those that have not ended
    std::unique_ptr<SpeedLimitMenu> m_limits;
    std::unique_ptr<QMenu> m_priorities;
    QActionGroup *m_levels;
};

} // namespace ui
