// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/folder_field.h"

#include "core/words/explain.h"
#include "core/words/explain_service.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

FolderField::FolderField(core::JobService *service, core::MissingFolder missing, QWidget *parent)
    : QWidget(parent)
    , m_service(service)
    , m_missing(missing)
    , m_edit(new QLineEdit(this))
    , m_browse(new QPushButton(tr("&Browse…"), this))
{
    m_edit->setObjectName(QStringLiteral("folderEdit"));
    m_edit->setAccessibleName(tr("Folder"));
    m_browse->setObjectName(QStringLiteral("browseButton"));
    m_browse->setAutoDefault(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_browse);
    setFocusProxy(m_edit);

    connect(m_edit, &QLineEdit::textChanged, this, [this] { look(); });
    connect(m_browse, &QPushButton::clicked, this, [this] { browse(); });
}

void FolderField::setFolder(const QString &folder)
{
    m_edit->setText(QDir::toNativeSeparators(folder));
}

QString FolderField::folder() const
{
    QString typed = m_edit->text().trimmed();
    if (typed.isEmpty()) {
        return {};
    }
    if (typed == u'~' || typed.startsWith(QStringLiteral("~/"))) {
        typed.replace(0, 1, QDir::homePath());
    }
    return QDir::cleanPath(QDir::fromNativeSeparators(typed));
}

QString FolderField::problem() const
{
    const QString chosen = folder();
    if (chosen.isEmpty()) {
        return tr("Choose a folder.");
    }
    if (!QDir::isAbsolutePath(chosen)) {
        return tr("Give the whole path of the folder, from “/” on.");
    }
    if (!m_report) {
        return core::explain(m_report.error());
    }
    return isToBeMade() ? QString() : core::explain(*m_report);
}

bool FolderField::isToBeMade() const
{
    return m_missing == core::MissingFolder::Create && m_report && m_report->problem &&
           m_report->problem->cause == core::Cause::FolderMissing;
}

QString FolderField::freeSpace() const
{
    if (isToBeMade()) {
        return tr("This folder will be made.");
    }
    return m_report && m_report->freeBytes
               ? tr("%1 free there").arg(core::formatBytes(*m_report->freeBytes))
               : QString();
}

void FolderField::look()
{
    const quint64 question = ++m_question;
    const QString asked = folder();
    m_report = {};
    Q_EMIT changed();
    if (!QDir::isAbsolutePath(asked)) {
        return;
    }
    m_service->ask<core::message::InspectFolder>(
        {.folder = asked}, this, [this, question](const core::Answer<core::FolderReport> &answer) {
            if (question != m_question) {
                return;
            }
            m_report = answer;
            Q_EMIT changed();
        });
}

void FolderField::browse()
{
    auto *picker = new QFileDialog(this, tr("Choose a folder"), folder());
    picker->setAttribute(Qt::WA_DeleteOnClose);
    picker->setFileMode(QFileDialog::Directory);
    picker->setOption(QFileDialog::ShowDirsOnly);
    connect(picker, &QFileDialog::fileSelected, this, &FolderField::setFolder);
    picker->open();
}

} // namespace ui
