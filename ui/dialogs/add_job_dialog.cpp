// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/add_job_dialog.h"

#include "ui/dialogs/download_page.h"
#include "ui/dialogs/fitting_scroll_area.h"
#include "ui/dialogs/plain_label.h"
#include "ui/dialogs/quiet_mnemonics.h"
#include "ui/dialogs/upload_page.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <utility>

namespace ui {

AddJobDialog::AddJobDialog(core::JobService *service, QWidget *parent)
    : QDialog(parent)
    , m_download(new DownloadPage(service))
    , m_upload(new UploadPage(service))
    , m_tabs(new QTabBar)
    , m_pages(new QStackedWidget)
{
    new QuietMnemonics(this);
    setSizeGripEnabled(true);
    m_area = new FittingScrollArea(makeContent(), this);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_area, 1);
    layout->addWidget(makeBottom());
    connect(m_download, &DownloadPage::addRequested, m_add, &QPushButton::click);
    connect(m_tabs, &QTabBar::currentChanged, this, &AddJobDialog::turn);
    turn();
}

QWidget *AddJobDialog::makeContent()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    m_pages->setObjectName(QStringLiteral("addPages"));
    m_tabs->setObjectName(QStringLiteral("addTabs"));
    m_tabs->setAccessibleName(tr("What to add"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    // Before the bar is part of a layout, which asks for its size once while nobody sees it.
    addPage(m_download, tr("&Download"));
    addPage(m_upload, tr("Upl&oad"));
    layout->addWidget(m_tabs);
    layout->addWidget(m_pages, 1);
    return content;
}

QWidget *AddJobDialog::makeBottom()
{
    auto *bottom = new QWidget(this);
    auto *layout = new QHBoxLayout(bottom);
    layout->setContentsMargins(0, 0, 0, 0);
    m_problem = new PlainLabel(Tone::Quiet, bottom);
    m_problem->setObjectName(QStringLiteral("problem"));
    auto *buttons = new QDialogButtonBox(bottom);
    QPushButton *cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    cancel->setObjectName(QStringLiteral("cancelButton"));
    cancel->setAutoDefault(false);
    m_add = buttons->addButton(tr("&Add"), QDialogButtonBox::AcceptRole);
    m_add->setObjectName(QStringLiteral("addButton"));
    m_add->setDefault(true);
    layout->addWidget(m_problem, 1);
    layout->addWidget(buttons, 0, Qt::AlignBottom);
    connect(buttons, &QDialogButtonBox::rejected, this, &AddJobDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &AddJobDialog::submit);
    return bottom;
}

void AddJobDialog::addPage(AddPage *page, const QString &title)
{
    m_pages->addWidget(page);
    m_tabs->addTab(title);
    connect(page, &AddPage::changed, this, &AddJobDialog::describe);
    connect(page, &AddPage::grown, this, [this] { m_area->growWindow(); });
}

AddPage *AddJobDialog::page() const
{
    return m_pages->currentWidget() == m_upload ? static_cast<AddPage *>(m_upload) : m_download;
}

void AddJobDialog::showPage(AddPage *page)
{
    m_tabs->setCurrentIndex(m_pages->indexOf(page));
}

void AddJobDialog::turn()
{
    m_pages->setCurrentIndex(m_tabs->currentIndex());
    m_refusal.clear();
    setWindowTitle(page() == m_upload ? tr("Add uploads") : tr("Add downloads"));
    if (isVisible()) {
        page()->enter();
    }
    describe();
}

void AddJobDialog::addLinks(const QStringList &lines)
{
    showPage(m_download);
    m_download->addLinks(lines);
}

void AddJobDialog::addFiles(const QStringList &paths)
{
    showPage(m_upload);
    m_upload->addFiles(paths);
}

void AddJobDialog::describe()
{
    const QString problem = page()->problem();
    const QString reason = m_refusal.isEmpty() ? problem : m_refusal;
    m_add->setText(page()->addText());
    m_add->setEnabled(problem.isEmpty() && m_submitted == 0);
    m_add->setAccessibleDescription(reason);
    m_problem->setTone(m_refusal.isEmpty() ? Tone::Quiet : Tone::Problem);
    m_problem->say(reason);
}

void AddJobDialog::submit()
{
    const QList<core::JobSpec> made = page()->jobs();
    const QList<FreshLink> fresh =
        page() == m_download ? m_download->freshLinks() : QList<FreshLink>();
    m_refusal.clear();
    m_submitted = made.size();
    describe();
    for (const FreshLink &link : fresh) {
        Q_EMIT freshLinkGiven(link.job, link.repair);
    }
    if (made.isEmpty()) {
        accept();
    } else {
        Q_EMIT submitted(made);
    }
}

void AddJobDialog::settle(const QList<core::JobSpec> &refused, const QString &why)
{
    const qsizetype submitted = std::exchange(m_submitted, 0);
    if (refused.isEmpty()) {
        accept();
        return;
    }
    m_refusal =
        refused.size() == submitted
            ? why
            : tr("%1 of %2 were added. %3").arg(submitted - refused.size()).arg(submitted).arg(why);
    if (refused.size() < submitted) {
        page()->keepOnly(refused);
    }
    describe();
    m_area->growWindow();
}

void AddJobDialog::setVisible(bool visible)
{
    if (visible) {
        m_area->fitWindow();
    }
    QDialog::setVisible(visible);
}

void AddJobDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    page()->enter();
}

} // namespace ui
