// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/headers_control.h"

#include "core/remedy/reason.h"
#include "ui/dialogs/header_edit.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace ui {

HeadersControl::HeadersControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_edit(makeHeaderEdit(this))
{
    auto *label = new QLabel(tr("&Headers, one on each line:"), this);
    label->setBuddy(m_edit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_edit);
    setFocusProxy(m_edit);

    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        m_lines = parseHeaderLines(m_edit->toPlainText());
        Q_EMIT changed();
    });
    QString missing;
    for (const core::HeaderField &field : core::missingFields(context.error)) {
        missing += QString::fromLatin1(field.first + ": " + field.second) + u'\n';
    }
    m_edit->setPlainText(missing);
}

std::optional<core::Fix> HeadersControl::fix() const
{
    if (readiness().kind != FixReadiness::Kind::Ready) {
        return std::nullopt;
    }
    return core::fix::Headers{m_lines.fields};
}

FixReadiness HeadersControl::readiness() const
{
    if (!m_lines.problem.isEmpty()) {
        return {FixReadiness::Kind::Wrong, m_lines.problem};
    }
    if (m_lines.fields.isEmpty()) {
        return {FixReadiness::Kind::Incomplete, tr("Enter at least one header.")};
    }
    return {};
}

} // namespace ui
