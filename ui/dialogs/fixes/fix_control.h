// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "ui/dialogs/asked_file.h"

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
    QString userName; ///< that was given before, where a login is asked for again
    /// All that the repair is for, when it is for several: `error` is the first one's.
    QList<AskedFile> files;

    [[nodiscard]] bool isOfSeveral() const { return files.size() > 1; }
    [[nodiscard]] QString label(core::FixKind kind) const;
    [[nodiscard]] QString describe(core::FixKind kind) const;
};

/// Whether a repair can be sent as it stands, and what to say about it.
struct FixReadiness {
    enum class Kind {
        Ready,
        Vain,       ///< ready, and by the answer of a check the job would stop again
        Incomplete, ///< it is as it came, and something is to be filled in: no reproach
        Begun,      ///< filled in in part, or still being looked at: no reproach either
        Wrong,      ///< what is filled in cannot work
    };
    Kind kind = Kind::Ready;
    QString text;  ///< one sentence; for Ready an optional remark
    QString price; ///< what is given up by it, as a sentence: it is asked about once more

    [[nodiscard]] bool isReady() const { return kind == Kind::Ready || kind == Kind::Vain; }
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
    /// The same for this one of the files that it is for.
    [[nodiscard]] virtual std::optional<core::Fix> fixFor(core::FileId file) const;
    /// What has to go with it: the headers of a request that was copied with its link, say.
    [[nodiscard]] virtual core::Fixes company() const { return {}; }
    [[nodiscard]] virtual FixReadiness readiness() const = 0;
    /// It is for these files from now on. What is filled in stays.
    virtual void setFiles(const QList<AskedFile> & /*files*/) {}
    /// What is filled in for a file and can be taken over by another control of the same kind.
    [[nodiscard]] virtual QString draft(core::FileId /*file*/) const { return {}; }
    virtual void setDraft(core::FileId /*file*/, const QString & /*draft*/) {}
    /// What stands in the way of sending it; empty when nothing does.
    [[nodiscard]] QString problem() const
    {
        const FixReadiness now = readiness();
        return now.kind == FixReadiness::Kind::Ready ? QString() : now.text;
    }
    /// All of it, as it is sent for this file.
    [[nodiscard]] core::Fixes fixesFor(core::FileId file) const
    {
        const auto mine = fixFor(file);
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
