// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/new_link_control.h"

#include "core/words/explain.h"
#include "core/words/explain_service.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

/// The first line that holds anything: what is copied from a page often has line ends around it.
QString firstLineOf(const QString &text)
{
    for (const QStringView line : QStringView(text).split(u'\n')) {
        if (!line.trimmed().isEmpty()) {
            return line.trimmed().toString();
        }
    }
    return {};
}

} // namespace

NewLinkControl::NewLinkControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_service(context.service)
    , m_oldUrl(context.error.url)
    , m_fileIndex(context.error.fileIndex)
    , m_edit(new QLineEdit(this))
{
    auto *label = new QLabel(tr("New &link:"), this);
    label->setBuddy(m_edit);
    m_edit->setObjectName(QStringLiteral("linkEdit"));
    m_edit->setAccessibleName(tr("New link"));
    m_edit->setPlaceholderText(QStringLiteral("https://"));
    m_edit->setText(m_oldUrl.toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded));
    m_edit->selectAll();
    auto *pasteButton = new QPushButton(tr("&Paste"), this);
    pasteButton->setObjectName(QStringLiteral("pasteButton"));
    pasteButton->setAccessibleDescription(tr("Puts the link from the clipboard in place"));
    pasteButton->setAutoDefault(false);

    auto *row = new QHBoxLayout;
    row->addWidget(m_edit, 1);
    row->addWidget(pasteButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addLayout(row);
    setFocusProxy(m_edit);

    connect(m_edit, &QLineEdit::textChanged, this, [this] { inspect(); });
    connect(pasteButton, &QPushButton::clicked, this, [this] { paste(); });
}

std::optional<core::Fix> NewLinkControl::fix() const
{
    if (readiness().kind != FixReadiness::Kind::Ready) {
        return std::nullopt;
    }
    return core::fix::NewLink{.url = (*m_report)->url, .fileIndex = m_fileIndex};
}

QString NewLinkControl::draft(core::FileId /*file*/) const
{
    return isOldLink() ? QString() : m_edit->text();
}

void NewLinkControl::setDraft(core::FileId /*file*/, const QString &draft)
{
    if (!draft.isEmpty()) {
        m_edit->setText(draft);
    }
}

FixReadiness NewLinkControl::readiness() const
{
    if (m_edit->text().trimmed().isEmpty()) {
        return {FixReadiness::Kind::Incomplete, tr("Paste the new link first.")};
    }
    if (isOldLink()) {
        return {FixReadiness::Kind::Incomplete,
                tr("This is the old link. Put a fresh one in its place.")};
    }
    if (!m_report) {
        return {FixReadiness::Kind::Incomplete, tr("Looking at the link…")};
    }
    const core::Answer<core::LinkReport> &report = *m_report;
    if (!report) {
        return {FixReadiness::Kind::Wrong, core::explain(report.error())};
    }
    if (report->problem || !report->url.isValid()) {
        return {FixReadiness::Kind::Wrong, core::explain(*report)};
    }
    return {FixReadiness::Kind::Ready, tr("This link can be used.")};
}

bool NewLinkControl::isOldLink() const
{
    return m_edit->text().trimmed() ==
               m_oldUrl.toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded) ||
           (m_report && *m_report && (*m_report)->url == m_oldUrl.adjusted(QUrl::RemoveUserInfo));
}

void NewLinkControl::inspect()
{
    const quint64 question = ++m_question;
    m_report.reset();
    const QString typed = m_edit->text().trimmed();
    if (!typed.isEmpty()) {
        m_service->ask<core::message::InspectLinks>(
            {.links = {typed}}, this,
            [this, question](const core::Answer<QList<core::LinkReport>> &answer) {
                if (question != m_question) {
                    return;
                }
                if (!answer) {
                    m_report = tl::unexpected(answer.error());
                } else if (!answer->isEmpty()) {
                    m_report = answer->first();
                }
                Q_EMIT changed();
            });
    }
    Q_EMIT changed();
}

void NewLinkControl::paste()
{
    const QString link = firstLineOf(QGuiApplication::clipboard()->text());
    if (!link.isEmpty()) {
        m_edit->setText(link);
    }
    m_edit->setFocus(Qt::OtherFocusReason);
}

} // namespace ui
