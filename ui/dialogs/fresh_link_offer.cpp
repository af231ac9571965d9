// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fresh_link_offer.h"

#include "core/words/explain.h"
#include "core/words/sentence.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace ui {

namespace {

/// Each is one question to a server.
constexpr qsizetype kMostAsked = 20;

core::Fix repairOf(const QUrl &url, const core::WaitingFile &waiting)
{
    return core::fix::NewLink{.url = url, .fileIndex = waiting.file.index};
}

/// What is kept was compared with what the server has.
bool isProof(const core::ServerFinding &found)
{
    return found.proof != core::ServerFinding::Proof::None;
}

} // namespace

FreshLinkOffer::FreshLinkOffer(core::JobService *service, QWidget *parent)
    : QWidget(parent)
    , m_service(service)
    , m_use(new QCheckBox(this))
{
    m_use->setObjectName(QStringLiteral("useFreshLink"));
    m_use->setChecked(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_use);
    connect(m_use, &QCheckBox::toggled, this, &FreshLinkOffer::changed);
    hide();
}

void FreshLinkOffer::consider(const QList<core::LinkReport> &reports)
{
    m_links.clear();
    for (const core::LinkReport &report : reports) {
        if (!report.waiting || m_links.size() >= kMostAsked) {
            continue;
        }
        m_links.append(report.url);
        if (!m_candidates.contains(report.url)) {
            m_candidates.insert(report.url, {*report.waiting});
            ask(report.url, *report.waiting);
        }
    }
    describe();
}

void FreshLinkOffer::ask(const QUrl &url, const core::WaitingFile &waiting)
{
    m_service->ask<core::message::Check>(
        {.job = waiting.file.job, .fixes = {repairOf(url, waiting)}}, this,
        [this, url, waiting](const core::Answer<core::CheckReport> &report) {
            const bool isSame = report && !report->problem && report->server &&
                                (!waiting.isOnlyNamed || isProof(*report->server));
            m_candidates[url].isProven = isSame;
            if (isSame && m_links.contains(url)) {
                describe();
                Q_EMIT changed();
            }
        });
}

QList<QUrl> FreshLinkOffer::proven() const
{
    QList<QUrl> found = m_links;
    found.removeIf([this](const QUrl &url) { return !m_candidates.value(url).isProven; });
    return found;
}

void FreshLinkOffer::describe()
{
    const QList<QUrl> found = proven();
    setVisible(!found.isEmpty());
    qint64 kept = 0;
    for (const QUrl &url : found) {
        kept += m_candidates.value(url).waiting.bytesKept;
    }
    if (found.size() == 1) {
        const core::WaitingFile &waiting = m_candidates[found.first()].waiting;
        const QString name = core::plain(waiting.name).replace(u'&', QStringLiteral("&&"));
        m_use->setText(waiting.sizeBytes
                           ? tr("&Use it for %1 (job %2), which has stopped: %3 of %4 are kept")
                                 .arg(name, core::text(waiting.file.job), core::formatBytes(kept),
                                      core::formatBytes(*waiting.sizeBytes))
                           : tr("&Use it for %1 (job %2), which has stopped: %3 are kept")
                                 .arg(name, core::text(waiting.file.job), core::formatBytes(kept)));
    } else {
        m_use->setText(tr("&Use %1 of them for files that have stopped: %2 are kept")
                           .arg(QString::number(found.size()), core::formatBytes(kept)));
    }
}

QList<FreshLink> FreshLinkOffer::chosen() const
{
    QList<FreshLink> links;
    for (const QUrl &url : m_use->isChecked() ? proven() : QList<QUrl>()) {
        const core::WaitingFile waiting = m_candidates.value(url).waiting;
        links.append({waiting.file.job, repairOf(url, waiting)});
    }
    return links;
}

bool FreshLinkOffer::uses(const QUrl &url) const
{
    return m_use->isChecked() && proven().contains(url);
}

} // namespace ui
