// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/adopt_dialog.h"

#include "core/words/explain.h"
#include "ui/dialogs/folder_field.h"
#include "ui/dialogs/link_list_model.h"
#include "ui/dialogs/plain_label.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kPathRole = Qt::UserRole;
constexpr int kRowsShown = 6;
constexpr int kColumnsShown = 80;

QLabel *labelFor(const QString &text, QWidget *buddy)
{
    auto *label = new QLabel(text);
    label->setBuddy(buddy);
    return label;
}

QTreeWidgetItem *itemOf(const core::LonePart &part)
{
    const QString folder = QFileInfo(part.path).absolutePath();
    auto *item = new QTreeWidgetItem(
        {visibleText(part.name), core::formatBytes(part.bytes), visibleText(folder)});
    item->setData(0, kPathRole, part.path);
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    item->setToolTip(0, visibleText(part.path).toHtmlEscaped());
    return item;
}

} // namespace

AdoptDialog::AdoptDialog(core::JobService *service, QWidget *parent)
    : QDialog(parent)
    , m_service(service)
{
    setWindowTitle(tr("Find left-over parts"));
    setSizeGripEnabled(true);
    auto *layout = new QVBoxLayout(this);
    auto *about = new PlainLabel(Tone::Plain);
    about->say(tr("Unfinished files that no job of the list knows of, after the list was lost for "
                  "instance. With its link each can be gone on with from where it stopped."));
    layout->addWidget(about);
    makeParts(layout);
    makeLink(layout);
    makeBottom(layout);
    connectAll();
    look();
}

void AdoptDialog::makeParts(QVBoxLayout *layout)
{
    m_folder = new FolderField(m_service, core::MissingFolder::Refuse);
    m_folder->edit()->setPlaceholderText(tr("The folders of all jobs"));
    layout->addWidget(labelFor(tr("Look &in:"), m_folder->edit()));
    layout->addWidget(m_folder);
    m_folderRemark = new PlainLabel(Tone::Problem);
    m_folderRemark->setObjectName(QStringLiteral("folderRemark"));
    layout->addWidget(m_folderRemark);
    m_parts = new QTreeWidget;
    m_parts->setObjectName(QStringLiteral("partsTree"));
    m_parts->setAccessibleName(tr("Left-over parts"));
    m_parts->setHeaderLabels({tr("Name"), tr("Size"), tr("Folder")});
    m_parts->setRootIsDecorated(false);
    m_parts->setUniformRowHeights(true);
    m_parts->setTextElideMode(Qt::ElideMiddle);
    m_parts->setMinimumSize(fontMetrics().averageCharWidth() * kColumnsShown,
                            (fontMetrics().height() + 6) * (kRowsShown + 1));
    QHeaderView *header = m_parts->header();
    header->setSectionResizeMode(QHeaderView::Stretch);
    header->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    header->setStretchLastSection(false);
    layout->addWidget(m_parts, 1);
    m_found = new PlainLabel(Tone::Quiet);
    m_found->setObjectName(QStringLiteral("found"));
    layout->addWidget(m_found);
}

void AdoptDialog::makeLink(QVBoxLayout *layout)
{
    m_understood = new LinkListModel(m_service, this);
    m_link = new QLineEdit;
    m_link->setObjectName(QStringLiteral("linkEdit"));
    m_link->setAccessibleName(tr("Link"));
    m_link->setPlaceholderText(QStringLiteral("https://…"));
    layout->addWidget(labelFor(tr("Its &link:"), m_link));
    layout->addWidget(m_link);
}

void AdoptDialog::makeBottom(QVBoxLayout *layout)
{
    m_problem = new PlainLabel(Tone::Quiet);
    m_problem->setObjectName(QStringLiteral("problem"));
    auto *close = new QPushButton(tr("Close"));
    close->setObjectName(QStringLiteral("closeButton"));
    close->setAutoDefault(false);
    m_adopt = new QPushButton(tr("&Adopt"));
    m_adopt->setObjectName(QStringLiteral("adoptButton"));
    m_adopt->setDefault(true);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_problem, 1);
    bottom->addStretch();
    bottom->addWidget(close);
    bottom->addWidget(m_adopt);
    layout->addLayout(bottom);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_adopt, &QPushButton::clicked, this, &AdoptDialog::choose);
}

void AdoptDialog::connectAll()
{
    connect(m_folder, &FolderField::changed, this, &AdoptDialog::followFolder);
    connect(m_parts, &QTreeWidget::currentItemChanged, this, &AdoptDialog::describe);
    connect(m_link, &QLineEdit::textChanged, m_understood, &LinkListModel::setText);
    connect(m_understood, &LinkListModel::changed, this, &AdoptDialog::describe);
}

void AdoptDialog::followFolder()
{
    const QString folder = m_folder->folder();
    m_folderRemark->say(folder.isEmpty() ? QString() : m_folder->problem());
    if (folder != m_searched) {
        look();
    }
}

void AdoptDialog::look()
{
    const quint64 question = ++m_question;
    m_searched = m_folder->folder();
    m_service->ask<core::message::FindParts>(
        {.folder = m_searched}, this,
        [this, question](const core::Answer<QList<core::LonePart>> &parts) {
            if (question == m_question) {
                list(parts);
            }
        });
}

void AdoptDialog::list(const core::Answer<QList<core::LonePart>> &parts)
{
    m_parts->clear();
    const QList<core::LonePart> found = parts.value_or(QList<core::LonePart>());
    for (const core::LonePart &part : found) {
        m_parts->addTopLevelItem(itemOf(part));
    }
    m_parts->setCurrentItem(m_parts->topLevelItem(0));
    if (!parts) {
        m_found->say(core::explain(parts.error()));
    } else if (found.isEmpty()) {
        m_found->say(m_searched.isEmpty() ? tr("There are none in the folders of the jobs.")
                                          : tr("There are none in this folder."));
    } else {
        m_found->say({});
    }
    describe();
}

void AdoptDialog::describe()
{
    const QString reason = problem();
    m_adopt->setEnabled(reason.isEmpty() && m_parts->currentItem() != nullptr);
    m_adopt->setAccessibleDescription(reason);
    m_problem->setTone(Tone::Quiet);
    m_problem->say(reason);
}

QString AdoptDialog::problem() const
{
    if (m_parts->topLevelItemCount() == 0) {
        return {}; // that is said elsewhere
    }
    if (m_parts->currentItem() == nullptr) {
        return tr("Choose one of them.");
    }
    if (m_link->text().trimmed().isEmpty()) {
        return tr("Paste the link that it came from.");
    }
    if (m_understood->isLooking()) {
        return tr("Looking at the link…");
    }
    const QList<UnderstoodLine> &lines = m_understood->lines();
    return lines.isEmpty() ? QString() : lines.first().problem;
}

void AdoptDialog::choose()
{
    m_adopt->setEnabled(false); // until something changes
    Q_EMIT chosen(m_parts->currentItem()->data(0, kPathRole).toString(),
                  m_understood->goodLines().first().report.url);
    m_link->clear(); // each has its own
}

void AdoptDialog::refuse(const core::Refusal &refusal)
{
    m_problem->setTone(Tone::Problem);
    m_problem->say(core::explain(refusal));
}

} // namespace ui
