// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

class QLineEdit;

namespace ui {

/// Another address for the file that failed. Starts with the old one, selected, so that pasting
/// replaces it.
class NewLinkControl final : public FixControl {
    Q_OBJECT
public:
    NewLinkControl(const FixContext &context, QWidget *parent);

    [[nodiscard]] std::optional<core::Fix> fix() const override;
    [[nodiscard]] FixReadiness readiness() const override;
    [[nodiscard]] QString draft(core::FileId file) const override;
    void setDraft(core::FileId file, const QString &draft) override;

private:
    void inspect();
    void paste();
    [[nodiscard]] bool isOldLink() const;

    core::JobService *m_service;
    QUrl m_oldUrl;
    int m_fileIndex;
    QLineEdit *m_edit;
    /// Nothing while the engine looks at the link.
    std::optional<core::Answer<core::LinkReport>> m_report;
    quint64 m_question = 0; ///< an answer to an earlier one is dropped
};

} // namespace ui
