// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/repair_check.h"

#include "core/remedy/checked_against.h"
#include "core/words/explain.h"
#include "ui/dialogs/plain_label.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace ui {

namespace {

/// A person who types goes on within this time.
constexpr std::chrono::milliseconds kAskAfter(400);

bool hasLogin(const QUrl &url)
{
    return !url.userInfo().isEmpty();
}

/// Whether something would be sent that was typed to be kept secret: a server that counts wrong
/// passwords is not asked unbidden.
bool carriesSecret(const core::Fix &fix)
{
    if (const auto *link = std::get_if<core::fix::NewLink>(&fix)) {
        return hasLogin(link->url);
    }
    if (const auto *proxy = std::get_if<core::fix::Proxy>(&fix)) {
        return hasLogin(proxy->proxy);
    }
    return std::holds_alternative<core::fix::Login>(fix) ||
           std::holds_alternative<core::fix::Headers>(fix); // a cookie, say
}

core::CheckedAgainst againstWhat(core::FixKind kind, const FixContext &context)
{
    return core::checkedAgainst(kind, core::isAboutPlace(context.error.cause));
}

} // namespace

RepairCheck::RepairCheck(core::FixKind kind, FixContext context, FixControl *control)
    : m_kind(kind)
    , m_context(std::move(context))
    , m_control(control)
    , m_remark(new PlainLabel(Tone::Quiet, this))
    , m_button(new QPushButton(tr("Chec&k"), this))
    , m_pause(new QTimer(this))
    , m_lapse(new QTimer(this))
{
    const QString name = QLatin1StringView(core::name(kind));
    m_remark->setObjectName(QStringLiteral("remark") + name);
    m_button->setObjectName(QStringLiteral("check") + name);
    m_button->setAccessibleDescription(tr("Finds out whether this will do, and changes nothing"));
    m_button->setAutoDefault(false);
    QSizePolicy kept = m_remark->sizePolicy();
    kept.setRetainSizeWhenHidden(true);
    m_remark->setSizePolicy(kept);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_remark, 1, Qt::AlignTop);
    layout->addWidget(m_button, 0, Qt::AlignTop);
    // Room for an answer is kept, or the buttons would move away under the mouse.
    setMinimumHeight(std::max(2 * fontMetrics().lineSpacing(), m_button->sizeHint().height()));
    m_pause->setSingleShot(true);
    m_pause->setInterval(kAskAfter);
    m_lapse->setSingleShot(true);
    m_lapse->setInterval(core::kCheckKeptFor);
    m_pause->setObjectName(QStringLiteral("pause") + name);
    m_lapse->setObjectName(QStringLiteral("lapse") + name);
    connect(m_lapse, &QTimer::timeout, this, &RepairCheck::lapse);
    connect(m_pause, &QTimer::timeout, this, &RepairCheck::ask);
    connect(m_button, &QPushButton::clicked, this, &RepairCheck::ask);
    listen();
    say();
}

void RepairCheck::listen()
{
    connect(m_control, &FixControl::changed, this, &RepairCheck::reconsider);
}

void RepairCheck::setContext(const FixContext &context, FixControl *control)
{
    m_context = context;
    if (control != m_control) {
        m_control = control;
        listen();
    }
    reconsider();
}

/// Of several files the first is asked about.
core::Fixes RepairCheck::fixes() const
{
    return m_control->fixesFor({m_context.job.id, m_context.error.fileIndex});
}

void RepairCheck::open()
{
    m_isOpen = true;
    reconsider();
}

void RepairCheck::close()
{
    m_isOpen = false;
    m_pause->stop();
}

bool RepairCheck::isReady() const
{
    return m_control->readiness().kind == FixReadiness::Kind::Ready;
}

/// Links that each are for a file of its own are not asked about: the button would promise all.
bool RepairCheck::asksServer() const
{
    const bool isTable = m_context.isOfSeveral() && core::reachOf(m_kind) == core::Reach::EachFile;
    return !isTable && againstWhat(m_kind, m_context) == core::CheckedAgainst::Server;
}

/// What needs only this computer, and links and proxies as they are typed.
bool RepairCheck::asksByItself() const
{
    if (!asksServer()) {
        return againstWhat(m_kind, m_context) == core::CheckedAgainst::Place;
    }
    const bool isTyped = m_kind == core::FixKind::NewLink || m_kind == core::FixKind::Proxy;
    const core::Fixes typed = fixes();
    return isTyped && !typed.isEmpty() && std::ranges::none_of(typed, carriesSecret);
}

void RepairCheck::reconsider()
{
    if ((m_answer || m_isAsking) && fixes() != m_asked) {
        ++m_question;
        m_isAsking = false;
        m_answer.reset();
        m_lapse->stop();
        m_hasLapsed = false;
    }
    m_pause->stop();
    if (m_isOpen && isReady() && !m_answer && !m_isAsking && asksByItself()) {
        m_pause->start();
    }
    say();
    Q_EMIT changed();
}

void RepairCheck::ask()
{
    m_pause->stop();
    m_lapse->stop();
    m_hasLapsed = false;
    m_answer.reset();
    m_asked = fixes();
    m_isAsking = true;
    m_context.service->ask<core::message::Check>(
        {.job = m_context.job.id, .fixes = m_asked}, this,
        [this, question = ++m_question](const core::Answer<core::CheckReport> &report) {
            if (question == m_question) {
                take(report);
            }
        });
    say();
    Q_EMIT changed();
}

void RepairCheck::take(const core::Answer<core::CheckReport> &report)
{
    m_isAsking = false;
    if (report) {
        m_answer = core::explain(*report, m_context.error);
        if (m_context.isOfSeveral() && (report->server || report->upload)) {
            m_answer->text = tr("Asked for %1 alone: %2").arg(m_context.fileName, m_answer->text);
        }
        if (report->server) {
            m_lapse->start();
        }
    } else if (report.error().kind != core::RefusalKind::Superseded) {
        m_answer =
            core::CheckWords{core::CheckWords::Verdict::OtherNo, core::explain(report.error())};
    }
    say();
    Q_EMIT changed();
}

/// The answer still counts, but the server will be asked for it once more.
void RepairCheck::lapse()
{
    m_hasLapsed = true;
    say();
}

void RepairCheck::say()
{
    const FixReadiness readiness = m_control->readiness();
    m_button->setVisible(asksServer());
    m_button->setEnabled(isReady() && !m_isAsking);
    const bool isNo = m_answer && m_answer->verdict != core::CheckWords::Verdict::Good;
    m_remark->setTone(isNo || readiness.kind == FixReadiness::Kind::Wrong ? Tone::Problem
                                                                          : Tone::Quiet);
    if (m_isAsking) {
        m_remark->say(tr("Checking…"));
    } else if (m_answer) {
        m_remark->say(m_hasLapsed
                          ? m_answer->text + u' ' +
                                tr("That was a while ago, so it is asked once more when the job "
                                   "goes on. A link that works only once is used up by now.")
                          : m_answer->text);
    } else {
        // What is only missing still is said once, below the button that waits for it.
        const bool isMissing = readiness.kind == FixReadiness::Kind::Incomplete ||
                               readiness.kind == FixReadiness::Kind::Begun;
        m_remark->say(isMissing ? QString() : readiness.text);
    }
}

} // namespace ui
