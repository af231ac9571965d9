// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace ui {

/// What a control must know of the failure it repairs.
struct FixContext {
    core::JobService *service = nullptr;
    core::JobSnapshot job;
    core::JobError error;
    QString fileName; ///< of the file that failed, as far as it is known
};

/// Whether a repair can be sent as it stands, and what to say about it.
struct FixReadiness {
    enum class Kind {
        Ready,
        Vain, ///< ready, and by the answer of a check what stopped the job would stop it again
        Incomplete, ///< something is still to be filled in: no reproach
        Wrong,      ///< what is filled in cannot work
    };
    Kind kind = Kind::Ready;
    QString text; ///< one sentence; for Ready an optional remark

    bool operator==(const FixReadiness &) const = default;
};

/// One repair as a control: what a person fills in becomes a core::Fix.
class FixControl : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// The repair as it is filled in; nothing when going on is all that is needed (there is room
    /// now, say), or while it is not Ready.
    [[nodiscard]] virtual std::optional<core::Fix> fix() const = 0;
    /// What has to go with it: the headers of a request that was copied with its link, say.
    [[nodiscard]] virtual core::Fixes company() const { return {}; }
    [[nodiscard]] virtual FixReadiness readiness() const = 0;
    /// What stands in the way of sending it; empty when nothing does.
    [[nodiscard]] QString problem() const
    {
        const FixReadiness now = readiness();
        return now.kind == FixReadiness::Kind::Ready ? QString() : now.text;
    }
    /// All of it, as it is sent.
    [[nodiscard]] core::Fixes fixes() const
    {
        const auto mine = fix();
        return mine ? core::Fixes{*mine} + company() : core::Fixes{};
    }
    /// False when there is nothing to fill in.
    [[nodiscard]] virtual bool hasEditor() const { return true; }

Q_SIGNALS:
    void changed();

protected:
    /// A label that stands at the top of its value, which may take several lines.
    [[nodiscard]] QLabel *topLabel(const QString &text);
};

/// The control of a kind of repair, filled in from the failure.
[[nodiscard]] FixControl *makeFixControl(core::FixKind kind, const FixContext &context,
                                         QWidget *parent);

} // namespace ui
