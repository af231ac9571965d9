// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTableView>

namespace ui {

class TimelineModel;

/// What happened to a job, a plain list. Tells the model whether anybody looks.
class TimelineTable final : public QTableView {
    Q_OBJECT
public:
    explicit TimelineTable(TimelineModel *model, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    TimelineModel *m_model;
};

} // namespace ui
