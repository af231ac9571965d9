// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

#include <QWidget>

#include <vector>

class QRadioButton;

namespace ui {

class RepairCheck;

/// The repairs for one failure as a short list of choices, best first, the chosen one opened so
/// that it can be filled in. What was filled in stays when another one is looked at.
class FixChooser final : public QWidget {
    Q_OBJECT
public:
    explicit FixChooser(QWidget *parent = nullptr);

    /// Starts over with these repairs and chooses the first.
    void ask(const FixContext &context, const QList<core::FixKind> &kinds);

    [[nodiscard]] std::optional<core::FixKind> chosen() const;
    /// What is to be sent with Resume; empty when going on is all that is needed.
    [[nodiscard]] core::Fixes fixes() const;
    [[nodiscard]] FixReadiness readiness() const;
    void focusEditor();

Q_SIGNALS:
    void changed();
    /// Another repair was opened.
    void chosenChanged();

private:
    struct Row {
        core::FixKind kind;
        QRadioButton *radio; ///< nothing when there is no choice
        QWidget *body;
        FixControl *control;
        RepairCheck *check;
    };

    [[nodiscard]] Row makeRow(core::FixKind kind, const FixContext &context, bool hasChoice);
    [[nodiscard]] QWidget *makeBody(Row &row, const FixContext &context, bool hasChoice);
    [[nodiscard]] const Row *current() const;
    void open();

    QWidget *m_page = nullptr;
    std::vector<Row> m_rows;
};

} // namespace ui
