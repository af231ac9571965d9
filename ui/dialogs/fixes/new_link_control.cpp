// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/new_link_control.h"

#include "core/http/link.h"
#include "core/remedy/question_group.h"
#include "core/remedy/reason.h"
#include "core/words/explain.h"
#include "core/words/explain_link.h"
#include "core/words/explain_service.h"
#include "ui/dialogs/plain_label.h"

#include <QApplication>
#include <QClipboard>
#include <QDeadlineTimer>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

/// The first line that holds anything: what is copied from a page often has line ends around it.
/// A command may have several lines.
QString linkIn(const QString &text)
{
    if (core::isCurlCommand(text)) {
        return text.trimmed();
    }
    for (const QStringView line : QStringView(text).split(u'\n')) {
        if (!line.trimmed().isEmpty()) {
            return line.trimmed().toString();
        }
    }
    return {};
}

/// What was copied elsewhere, if it is a link or a command with one, and nothing else.
QString copiedLink()
{
    constexpr qsizetype kMostChars = 100'000;
    const QString text = QGuiApplication::clipboard()->text();
    if (text.size() > kMostChars) {
        return {};
    }
    const QString link = linkIn(text);
    const bool isLink = core::isCurlCommand(link)
                            ? core::parseCurlCommand(link).has_value()
                            : link == text.trimmed() && core::parseLink(link).has_value();
    return isLink ? link : QString();
}

qint64 nowNs()
{
    return QDeadlineTimer::current(Qt::PreciseTimer).deadlineNSecs();
}

/// The page that the file was found on; else the first one of its server.
QUrl pageFor(const FixContext &context)
{
    if (!context.job.pageUrl.isEmpty()) {
        return context.job.pageUrl;
    }
    const QUrl &url = context.error.url;
    if (context.error.cause == core::Cause::WebPageInstead) {
        return url; // to sign in there
    }
    QUrl home;
    home.setScheme(url.scheme());
    home.setHost(url.host());
    home.setPort(url.port());
    home.setPath(QStringLiteral("/"));
    return home;
}

} // namespace

NewLinkControl::NewLinkControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_service(context.service)
    , m_oldUrl(context.error.url)
    , m_page(pageFor(context))
    , m_fileIndex(context.error.fileIndex)
    , m_isTarget(context.error.type == core::JobType::Upload)
    , m_isNamed(context.error.cause == core::Cause::UploadElsewhere)
    , m_edit(new QLineEdit(this))
{
    auto *label = new QLabel(m_isTarget ? tr("N&ew address:") : tr("New &link:"), this);
    label->setBuddy(m_edit);
    m_edit->setObjectName(QStringLiteral("linkEdit"));
    m_edit->setAccessibleName(m_isTarget ? tr("New address") : tr("New link"));
    m_edit->setPlaceholderText(QStringLiteral("https://"));
    m_edit->setText(m_oldUrl.toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded));
    m_edit->selectAll();
    auto *row = new QHBoxLayout;
    row->addWidget(m_edit, 1);
    row->addWidget(makeButtons());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addLayout(row);
    setFocusProxy(m_edit);

    connect(m_edit, &QLineEdit::textChanged, this, [this] { inspect(); });
    connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this,
            &NewLinkControl::takeCopied);
    if (m_isNamed) {
        inspect();
    } else if (const auto likely = core::likelyLink(context.error)) {
        m_edit->setText(likely->toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded));
    }
}

QWidget *NewLinkControl::makeButtons()
{
    auto *buttons = new QWidget(this);
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    auto *pasteButton = new QPushButton(tr("&Paste"), buttons);
    pasteButton->setObjectName(QStringLiteral("pasteButton"));
    pasteButton->setAccessibleDescription(tr("Puts the link from the clipboard in place"));
    auto *pageButton = new QPushButton(tr("&Open the page"), buttons);
    pageButton->setObjectName(QStringLiteral("pageButton"));
    pageButton->setToolTip(visibleText(m_page.toDisplayString()));
    pageButton->setAccessibleDescription(tr("Opens it in the browser, where a fresh link may be"));
    for (QPushButton *button : {pasteButton, pageButton}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    connect(pasteButton, &QPushButton::clicked, this, &NewLinkControl::paste);
    connect(pageButton, &QPushButton::clicked, this, &NewLinkControl::openPage);
    return buttons;
}

void NewLinkControl::showEvent(QShowEvent *event)
{
    FixControl::showEvent(event);
    m_seen = QGuiApplication::clipboard()->text();
    m_usedAt = nowNs();
}

std::optional<core::Fix> NewLinkControl::fix() const
{
    if (readiness().kind != FixReadiness::Kind::Ready) {
        return std::nullopt;
    }
    const QUrl url = m_copied ? (*m_copied)->url : (*m_report)->url;
    return core::fix::NewLink{.url = url, .fileIndex = m_fileIndex};
}

core::Fixes NewLinkControl::company() const
{
    core::Fixes fixes;
    if (m_copied && *m_copied) {
        const core::CopiedRequest &request = **m_copied;
        if (!request.headers.isEmpty()) {
            fixes.append(core::fix::Headers{request.headers});
        }
        if (!request.user.isEmpty()) {
            fixes.append(core::fix::Login{.login = {request.user, request.password},
                                          .origin = core::serverOf(request.url)});
        }
    }
    return fixes;
}

QString NewLinkControl::draft(core::FileId /*file*/) const
{
    return isUntouched() ? QString() : m_edit->text();
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
        return {FixReadiness::Kind::Incomplete,
                m_isTarget ? tr("Write the new address first.") : tr("Paste the new link first.")};
    }
    if (!m_copied) {
        return readinessOfLink();
    }
    if (!*m_copied) {
        return {FixReadiness::Kind::Wrong, core::explain(m_copied->error())};
    }
    const auto count = int((*m_copied)->headers.size());
    return {FixReadiness::Kind::Ready,
            count == 0   ? tr("A request copied from a browser: its link, without any headers.")
            : count == 1 ? tr("A request copied from a browser: its link, and 1 header that goes "
                              "with it.")
                         : tr("A request copied from a browser: its link, and %n headers that go "
                              "with it.",
                              nullptr, count)};
}

FixReadiness NewLinkControl::readinessOfLink() const
{
    if (isUntouched() && !m_isNamed) {
        return {FixReadiness::Kind::Incomplete,
                m_isTarget ? tr("This is the old address. Put another one in its place.")
                           : tr("This is the old link. Put a fresh one in its place.")};
    }
    if (!m_report) {
        return {FixReadiness::Kind::Begun,
                m_isTarget ? tr("Looking at the address…") : tr("Looking at the link…")};
    }
    const core::Answer<core::LinkReport> &report = *m_report;
    if (!report) {
        return {FixReadiness::Kind::Wrong, core::explain(report.error())};
    }
    if (report->problem || !report->url.isValid()) {
        return {FixReadiness::Kind::Wrong, core::explain(*report)};
    }
    if (isUntouched()) {
        return {FixReadiness::Kind::Ready, tr("The server has named this address itself.")};
    }
    // Whether it leads anywhere is found out by asking there.
    const bool cameByItself = m_edit->text() == m_taken;
    return {FixReadiness::Kind::Ready,
            cameByItself ? tr("Taken from what you copied. Ctrl+Z brings the old one back.")
                         : QString()};
}

bool NewLinkControl::isUntouched() const
{
    return m_edit->text().trimmed() ==
               m_oldUrl.toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded) ||
           (m_report && *m_report && (*m_report)->url == m_oldUrl.adjusted(QUrl::RemoveUserInfo));
}

void NewLinkControl::inspect()
{
    const quint64 question = ++m_question;
    m_report.reset();
    m_copied.reset();
    const QString typed = m_edit->text().trimmed();
    if (core::isCurlCommand(typed)) {
        m_copied = core::parseCurlCommand(typed);
    } else if (!typed.isEmpty()) {
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
    const QString link = linkIn(QGuiApplication::clipboard()->text());
    if (!link.isEmpty()) {
        put(link);
    }
    m_edit->setFocus(Qt::OtherFocusReason);
}

/// Only while a person sees it: at no other time the clipboard is looked at.
void NewLinkControl::takeCopied()
{
    const QString link = isVisible() ? copiedLink() : QString();
    const bool isOwn = link == m_edit->selectedText() || link == m_edit->text();
    if (!link.isEmpty() && !isOwn && link != m_seen.trimmed() && mayBeReplaced() && isInFront()) {
        m_taken = link;
        put(link);
    }
}

/// What a person has typed stays.
bool NewLinkControl::mayBeReplaced() const
{
    const QString typed = m_edit->text().trimmed();
    return typed.isEmpty() || isUntouched() || typed == m_taken;
}

/// Of several dialogs that want a link, the one that was used last.
bool NewLinkControl::isInFront() const
{
    const QList<QWidget *> windows = QApplication::topLevelWidgets();
    return std::ranges::none_of(windows, [this](const QWidget *other) {
        const auto controls = other->findChildren<NewLinkControl *>();
        return std::ranges::any_of(controls, [this](const NewLinkControl *control) {
            return control->isVisible() && control->m_usedAt > m_usedAt;
        });
    });
}

void NewLinkControl::changeEvent(QEvent *event)
{
    FixControl::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isActiveWindow()) {
        m_usedAt = nowNs();
    }
}

/// As if it was typed, so that it can be undone.
void NewLinkControl::put(const QString &text)
{
    m_edit->selectAll();
    m_edit->insert(text);
}

void NewLinkControl::openPage()
{
    QDesktopServices::openUrl(m_page);
}

} // namespace ui
