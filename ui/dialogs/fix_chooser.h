// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

#include <QWidget>

#include <vector>

class QRadioButton;

namespace ui {

class KeepBox;
class PlainLabel;
class RepairCheck;

/// The repairs for one failure as a short list of choices, best first, the chosen one opened so
/// that it can be filled in. What was filled in stays when another one is looked at.
class FixChooser final : public QWidget {
    Q_OBJECT
public:
    explicit FixChooser(QWidget *parent = nullptr);

    /// Starts over with these repairs and chooses the first.
    void ask(const FixContext &context, const QList<core::FixKind> &kinds);

    /// The same question, of other files than before. The repairs are the same, and what is filled
    /// in stays.
    void setContext(const FixContext &context);
    /// Opens this repair, if it is there.
    void choose(core::FixKind kind);

    [[nodiscard]] std::optional<core::FixKind> chosen() const;
    /// What is to be sent with Resume for this file; empty when going on is all that is needed.
    [[nodiscard]] core::Fixes fixesFor(core::FileId file) const;
    [[nodiscard]] FixReadiness readiness() const;
    void focusEditor();

Q_SIGNALS:
    void changed();
    /// Another repair was opened.
    void chosenChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row {
        core::FixKind kind;
        QRadioButton *radio; ///< nothing when there is no choice
        QWidget *body;
        PlainLabel *description;
        FixControl *control;
        KeepBox *keep; ///< nothing where no secrets are given
        RepairCheck *check;
    };

    [[nodiscard]] Row makeRow(core::FixKind kind, const FixContext &context, bool hasChoice);
    [[nodiscard]] QWidget *makeBody(Row &row, const FixContext &context, bool hasChoice);
    [[nodiscard]] const Row *current() const;
    static void addControl(Row &row, const FixContext &context);
    void open();
    void keepRoom();
    static void tell(const Row &row, const FixContext &context);

    FixContext m_context;
    QWidget *m_page = nullptr;
    std::vector<Row> m_rows;
};

} // namespace ui
