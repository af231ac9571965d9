// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fix_chooser.h"

#include "ui/dialogs/keep_box.h"
#include "ui/dialogs/plain_label.h"
#include "ui/dialogs/repair_check.h"

#include <QButtonGroup>
#include <QRadioButton>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

bool takesSecrets(core::FixKind kind)
{
    return kind == core::FixKind::Login || kind == core::FixKind::Headers ||
           kind == core::FixKind::Proxy;
}

} // namespace

FixChooser::FixChooser(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
}

void FixChooser::ask(const FixContext &context, const QList<core::FixKind> &kinds)
{
    m_rows.clear();
    m_context = context;
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
    this->layout()->setAlignment(m_page, Qt::AlignTop);
    if (!m_rows.empty() && m_rows.front().radio) {
        m_rows.front().radio->setChecked(true);
    }
    open();
}

FixChooser::Row FixChooser::makeRow(core::FixKind kind, const FixContext &context, bool hasChoice)
{
    Row row{kind, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};
    if (hasChoice) {
        row.radio = new QRadioButton(m_page);
        row.radio->setObjectName(QStringLiteral("fix") + QLatin1StringView(name(kind)));
        row.radio->installEventFilter(this);
        connect(row.radio, &QRadioButton::toggled, this, [this](bool checked) {
            if (checked) {
                open();
            }
        });
    }
    row.body = makeBody(row, context, hasChoice);
    connect(row.check, &RepairCheck::changed, this, &FixChooser::changed);
    tell(row, context);
    return row;
}

void FixChooser::tell(const Row &row, const FixContext &context)
{
    row.description->say(context.describe(row.kind));
    if (row.radio) {
        row.radio->setText(context.label(row.kind).replace(u'&', QStringLiteral("&&")));
        row.radio->setAccessibleDescription(context.describe(row.kind));
    }
}

void FixChooser::addControl(Row &row, const FixContext &context)
{
    row.control = makeFixControl(row.kind, context, row.body);
    if (row.keep && !takesSecrets(row.kind)) { // they may come along with something else
        const auto show = [keep = row.keep, control = row.control] {
            keep->setVisible(!control->company().isEmpty());
        };
        connect(row.control, &FixControl::changed, row.keep, show);
        show();
    }
}

void FixChooser::setContext(const FixContext &context)
{
    for (Row &row : m_rows) {
        tell(row, context);
        const bool isEachFiles = core::reachOf(row.kind) == core::Reach::EachFile;
        if (isEachFiles && context.isOfSeveral() != m_context.isOfSeveral()) {
            FixControl *old = row.control;
            const core::FileId file{m_context.job.id, m_context.error.fileIndex};
            const QString draft = old->draft(file);
            addControl(row, context);
            row.control->setDraft(file, draft);
            delete row.body->layout()->replaceWidget(old, row.control);
            old->hide();
            old->deleteLater();
        } else {
            row.control->setFiles(context.files);
        }
        row.check->setContext(context, row.control);
    }
    m_context = context;
    Q_EMIT changed();
}

void FixChooser::choose(core::FixKind kind)
{
    for (const Row &row : m_rows) {
        if (row.kind == kind && row.radio) {
            row.radio->setChecked(true);
        }
    }
}

core::Fixes FixChooser::fixesFor(core::FileId file) const
{
    const Row *row = current();
    if (row == nullptr) {
        return {};
    }
    core::Fixes fixes = row->control->fixesFor(file);
    for (core::Fix &fix : fixes) {
        if (row->keep) {
            core::setKeep(row->keep->choice(), &fix);
        }
    }
    return fixes;
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
        title->say(context.label(row.kind));
    }
    row.description = new PlainLabel(Tone::Quiet, body);
    layout->addWidget(row.description);
    row.body = body;
    if (takesSecrets(row.kind) || row.kind == core::FixKind::NewLink) {
        row.keep = new KeepBox(context.service, context.job.keepSecrets, body);
    }
    addControl(row, context);
    layout->addWidget(row.control);
    if (row.keep) {
        layout->addWidget(row.keep);
    }
    row.check = new RepairCheck(row.kind, context, row.control);
    layout->addWidget(row.check);
    return body;
}

bool FixChooser::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest) {
        keepRoom();
    }
    return QWidget::event(event);
}

/// Who chooses by mouse wants to fill in what opens; the arrow keys go on among the choices.
bool FixChooser::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonRelease) {
        QMetaObject::invokeMethod(this, &FixChooser::focusEditor, Qt::QueuedConnection);
    }
    return QWidget::eventFilter(watched, event);
}

void FixChooser::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    keepRoom();
}

/// As high as with the largest of the repairs open: what is below stays where it is.
void FixChooser::keepRoom()
{
    if (!m_page) {
        return;
    }
    int largest = 0;
    int all = 0;
    for (const Row &row : m_rows) {
        const int body = row.body->layout()->hasHeightForWidth()
                             ? row.body->layout()->totalHeightForWidth(width())
                             : row.body->layout()->totalSizeHint().height();
        largest = std::max(largest, body);
        all += row.radio ? row.radio->sizeHint().height() + m_page->layout()->spacing() : 0;
    }
    setMinimumHeight(all + largest + m_page->layout()->spacing());
}

std::optional<core::FixKind> FixChooser::chosen() const
{
    const Row *row = current();
    return row ? std::optional(row->kind) : std::nullopt;
}

FixReadiness FixChooser::readiness() const
{
    const Row *row = current();
    FixReadiness readiness = row ? row->control->readiness() : FixReadiness{};
    const auto answer = row ? row->check->answer() : std::nullopt;
    if (readiness.kind == FixReadiness::Kind::Ready && answer &&
        answer->verdict != core::CheckWords::Verdict::Good) {
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
