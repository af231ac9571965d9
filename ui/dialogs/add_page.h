// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_spec.h"

#include <QWidget>

namespace ui {

/// A page of the add dialog: what is filled in, and the jobs that it makes.
class AddPage : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// Why nothing can be added yet, in one sentence; empty when it can.
    [[nodiscard]] virtual QString problem() const = 0;
    /// What the button says.
    [[nodiscard]] virtual QString addText() const = 0;
    [[nodiscard]] virtual QList<core::JobSpec> jobs() const = 0;
    /// All the others have become jobs and are taken off the page.
    virtual void keepOnly(const QList<core::JobSpec> &jobs) = 0;
    /// It comes before the person: looks again at what may have changed, and takes the focus.
    virtual void enter() = 0;

Q_SIGNALS:
    void changed();
    /// Something was opened that needs room.
    void grown();
};

} // namespace ui
