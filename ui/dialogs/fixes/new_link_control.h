// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/curl_command.h"
#include "ui/dialogs/fixes/fix_control.h"

class QLineEdit;
class QPushButton;

namespace ui {

/// Another address for the file that failed. Starts with the old one, selected, so that pasting
/// replaces it; a link that is copied anywhere while it is on the screen comes in by itself. A
/// request copied from a browser as a command for curl is taken with its headers and its login.
class NewLinkControl final : public FixControl {
    Q_OBJECT
public:
    NewLinkControl(const FixContext &context, QWidget *parent);

    [[nodiscard]] std::optional<core::Fix> fix() const override;
    [[nodiscard]] core::Fixes company() const override;
    [[nodiscard]] FixReadiness readiness() const override;
    [[nodiscard]] QString draft(core::FileId file) const override;
    void setDraft(core::FileId file, const QString &draft) override;

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeButtons();
    void inspect();
    void paste();
    void takeCopied();
    void put(const QString &text);
    void openPage();
    [[nodiscard]] bool isUntouched() const;
    [[nodiscard]] bool mayBeReplaced() const;
    [[nodiscard]] bool isInFront() const;
    [[nodiscard]] FixReadiness readinessOfLink() const;

    core::JobService *m_service;
    QUrl m_oldUrl;
    QUrl m_page; ///< where a fresh link is likely to be found
    int m_fileIndex;
    bool m_isTarget; ///< of an upload: where it goes
    bool m_isNamed;  ///< the server has said that it is to go to the address that is there
    QLineEdit *m_edit;
    QString m_seen;      ///< what the clipboard held when the control was shown
    QString m_taken;     ///< came in by itself
    qint64 m_usedAt = 0; ///< in ns: when it was shown, or its window came to the front
    /// What is typed is such a command.
    std::optional<tl::expected<core::CopiedRequest, core::CurlRefusal>> m_copied;
    /// Nothing while the engine looks at the link.
    std::optional<core::Answer<core::LinkReport>> m_report;
    quint64 m_question = 0; ///< an answer to an earlier one is dropped
};

} // namespace ui
