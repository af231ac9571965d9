// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/job_group.h"

#include <QListWidget>

namespace ui {

class JobListModel;

/// The groups with their counts. Needs attention stands out as long as somebody is needed.
class Sidebar final : public QListWidget {
    Q_OBJECT
public:
    explicit Sidebar(const JobListModel *model, QWidget *parent = nullptr);

    void setGroup(JobGroup group);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void groupChosen(ui::JobGroup group);

private:
    void showCounts();

    const JobListModel *m_model;
};

} // namespace ui
