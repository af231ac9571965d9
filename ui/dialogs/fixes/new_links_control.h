// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

class QTableWidget;

namespace ui {

class PlainLabel;

/// Another address for each of the files: a table to type in, or filled from a list of links that
/// is pasted, by the names that the links have.
class NewLinksControl final : public FixControl {
    Q_OBJECT
public:
    NewLinksControl(const FixContext &context, QWidget *parent);

    /// Nothing: there is one for each file.
    [[nodiscard]] std::optional<core::Fix> fix() const override { return std::nullopt; }
    [[nodiscard]] std::optional<core::Fix> fixFor(core::FileId file) const override;
    [[nodiscard]] FixReadiness readiness() const override;
    void setFiles(const QList<AskedFile> &files) override;
    [[nodiscard]] QString draft(core::FileId file) const override;
    void setDraft(core::FileId file, const QString &draft) override;

    /// Takes a list of links, one a line: all of them, or none with a sentence that says why.
    void fillIn(const QString &pasted);

private:
    struct Row {
        AskedFile file;
        QString typed;
        std::optional<core::LinkReport> report; ///< nothing while the engine looks at it
    };

    void connectTable();
    void fillTable();
    void inspect();
    void take(const QStringList &asked, const QList<core::LinkReport> &reports);
    void distribute(const QList<core::LinkReport> &links);
    /// The row of each link; empty when they do not fit, which is then said.
    [[nodiscard]] QList<int> rowsFor(const QList<core::LinkReport> &links);
    [[nodiscard]] bool areLinks(const QList<core::LinkReport> &lines);
    [[nodiscard]] const Row *rowOf(core::FileId file) const;
    void paste();
    void say(const QString &sentence);

    core::JobService *m_service;
    QList<Row> m_rows;
    bool m_isTarget; ///< of uploads: where they go
    QTableWidget *m_table;
    PlainLabel *m_remark;
    quint64 m_question = 0; ///< an answer to an earlier one is dropped
    quint64 m_pasted = 0;
};

} // namespace ui
