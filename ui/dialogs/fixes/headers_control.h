// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"
#include "ui/dialogs/header_lines.h"

class QPlainTextEdit;

namespace ui {

/// Further request headers, such as the Referer or Cookie a browser would have sent. Filled in
/// where it is known what is missing.
class HeadersControl final : public FixControl {
    Q_OBJECT
public:
    HeadersControl(const FixContext &context, QWidget *parent);

    [[nodiscard]] std::optional<core::Fix> fix() const override;
    [[nodiscard]] FixReadiness readiness() const override;

private:
    QPlainTextEdit *m_edit;
    HeaderLines m_lines;
};

} // namespace ui
