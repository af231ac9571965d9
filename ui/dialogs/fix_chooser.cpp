// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fix_chooser.h"

#include "core/words/explain.h"
#include "ui/dialogs/plain_label.h"
#include "ui/dialogs/repair_check.h"

#include <QButtonGroup>
#include <QRadioButton>
#include <QStyle>
#include <QVBoxLayout>

namespace ui {

FixChooser::FixChooser(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
}

void FixChooser::ask(const FixContext &context, const QList<core::FixKind> &kinds)
{
    m_rows.clear();
    if (m_page) {
        // One of its children may be the sender of what led here.
        m_page->hide();
        m_page->setParent(nullptr);
        m_page->deleteLater();
    }
    m_page = new QWidget(this);
    auto *layout = new QVBoxLayout(m_page);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *group = new QButtonGroup(m_page);
    for (const core::FixKind kind : kinds) {
        const Row row = makeRow(kind, context, kinds.size() > 1);
        if (row.radio) {
            group->addButton(row.radio);
            layout->addWidget(row.radio);
        }
        layout->addWidget(row.body);
        m_rows.push_back(row);
    }
    this->layout()->addWidget(m_page);
    if (!m_rows.empty() && m_rows.front().radio) {
        m_rows.front().radio->setChecked(true);
    }
    open();
}

FixChooser::Row FixChooser::makeRow(core::FixKind kind, const FixContext &context, bool hasChoice)
{
    Row row{kind, nullptr, nullptr, nullptr, nullptr};
    if (hasChoice) {
        QString text = core::label(kind, context.error.cause);
        row.radio = new QRadioButton(text.replace(u'&', QStringLiteral("&&")), m_page);
        row.radio->setObjectName(QStringLiteral("fix") + QLatin1StringView(name(kind)));
        row.radio->setAccessibleDescription(core::describe(kind, context.error));
        connect(row.radio, &QRadioButton::toggled, this, [this](bool checked) {
            if (checked) {
                open();
            }
        });
    }
    row.body = makeBody(row, context, hasChoice);
    connect(row.check, &RepairCheck::changed, this, &FixChooser::changed);
    return row;
}

QWidget *FixChooser::makeBody(Row &row, const FixContext &context, bool hasChoice)
{
    auto *body = new QWidget(m_page);
    auto *layout = new QVBoxLayout(body);
    const int indent = style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth) +
                       style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing);
    layout->setContentsMargins(hasChoice ? indent : 0, 0, 0, fontMetrics().lineSpacing() / 2);
    if (!hasChoice) {
        auto *title = new PlainLabel(Tone::Plain, body);
        layout->addWidget(title);
        title->say(core::label(row.kind, context.error.cause));
    }
    auto *description = new PlainLabel(Tone::Quiet, body);
    layout->addWidget(description);
    description->say(core::describe(row.kind, context.error));
    row.control = makeFixControl(row.kind, context, body);
    layout->addWidget(row.control);
    row.check = new RepairCheck(row.kind, context, row.control);
    layout->addWidget(row.check);
    return body;
}

std::optional<core::FixKind> FixChooser::chosen() const
{
    const Row *row = current();
    return row ? std::optional(row->kind) : std::nullopt;
}

core::Fixes FixChooser::fixes() const
{
    const Row *row = current();
    return row ? row->control->fixes() : core::Fixes{};
}

FixReadiness FixChooser::readiness() const
{
    const Row *row = current();
    FixReadiness readiness = row ? row->control->readiness() : FixReadiness{};
    const auto answer = row ? row->check->answer() : std::nullopt;
    if (readiness.kind == FixReadiness::Kind::Ready && answer &&
        answer->verdict == core::CheckWords::Verdict::SameNo) {
        readiness.kind = FixReadiness::Kind::Vain;
    }
    return readiness;
}

void FixChooser::focusEditor()
{
    const Row *row = current();
    if (!row) {
        return;
    }
    if (row->control->hasEditor()) {
        row->control->setFocus(Qt::OtherFocusReason);
    } else if (row->radio) {
        row->radio->setFocus(Qt::OtherFocusReason);
    }
}

const FixChooser::Row *FixChooser::current() const
{
    for (const Row &row : m_rows) {
        if (!row.radio || row.radio->isChecked()) {
            return &row;
        }
    }
    return nullptr;
}

void FixChooser::open()
{
    const Row *chosen = current();
    for (const Row &row : m_rows) {
        row.body->setVisible(&row == chosen);
        if (&row == chosen) {
            row.check->open();
        } else {
            row.check->close();
        }
        if (row.radio) {
            // Tab comes to the chosen one only; the arrow keys move among them.
            row.radio->setFocusPolicy(&row == chosen ? Qt::StrongFocus : Qt::ClickFocus);
        }
    }
    Q_EMIT chosenChanged();
    Q_EMIT changed();
}

} // namespace ui
