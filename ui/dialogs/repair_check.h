// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/words/explain_check.h"
#include "ui/dialogs/fixes/fix_control.h"

#include <QWidget>

#include <optional>

class QPushButton;
class QTimer;

namespace ui {

class PlainLabel;

/// Says below a repair whether it will do, before it is used. What can be asked without giving
/// anything away is asked as soon as the repair looks complete, and again when it changes; the
/// rest, and what would send a password or a header that was typed, when Check is pressed.
class RepairCheck final : public QWidget {
    Q_OBJECT
public:
    RepairCheck(core::FixKind kind, FixContext context, FixControl *control);

    /// The same repair for other files than before.
    void setContext(const FixContext &context, FixControl *control);
    /// The repair was chosen: from now on it is asked about.
    void open();
    /// It is another one now, or none: an answer that comes is not waited for.
    void close();
    /// What was found out of the repair as it is filled in now; nothing before that.
    [[nodiscard]] const std::optional<core::CheckWords> &answer() const { return m_answer; }

Q_SIGNALS:
    void changed();

private:
    void listen();
    void reconsider();
    void ask();
    [[nodiscard]] core::Fixes fixes() const;
    void take(const core::Answer<core::CheckReport> &report);
    void lapse();
    void say();
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] bool asksServer() const;
    [[nodiscard]] bool asksByItself() const;

    core::FixKind m_kind;
    FixContext m_context;
    FixControl *m_control;
    PlainLabel *m_remark;
    QPushButton *m_button;
    QTimer *m_pause;
    QTimer *m_lapse; ///< until the answer of a server is not kept any more
    std::optional<core::CheckWords> m_answer;
    core::Fixes m_asked;    ///< what the answer, or the question under way, is about
    quint64 m_question = 0; ///< an answer to an earlier one is dropped
    bool m_isAsking = false;
    bool m_isOpen = false;
    bool m_hasLapsed = false;
};

} // namespace ui
