// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/other_folder_control.h"

#include "ui/dialogs/folder_field.h"

#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace ui {

namespace {

/// A folder that is likely to do: where downloads go, else home, but not where it just failed.
QString proposalInsteadOf(const QString &oldFolder)
{
    for (const auto location : {QStandardPaths::DownloadLocation, QStandardPaths::HomeLocation}) {
        const QString folder = QStandardPaths::writableLocation(location);
        if (!folder.isEmpty() && QDir::cleanPath(folder) != oldFolder) {
            return folder;
        }
    }
    return oldFolder;
}

} // namespace

OtherFolderControl::OtherFolderControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_oldFolder(QDir::cleanPath(context.job.folder))
    , m_field(new FolderField(context.service, core::MissingFolder::Refuse, this))
{
    auto *label = new QLabel(tr("F&older:"), this);
    label->setBuddy(m_field->edit());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_field);
    setFocusProxy(m_field->edit());

    connect(m_field, &FolderField::changed, this, &FixControl::changed);
    m_field->setFolder(proposalInsteadOf(m_oldFolder));
    m_field->edit()->selectAll();
}

std::optional<core::Fix> OtherFolderControl::fix() const
{
    if (readiness().kind != FixReadiness::Kind::Ready) {
        return std::nullopt;
    }
    return core::fix::OtherFolder{m_field->folder()};
}

FixReadiness OtherFolderControl::readiness() const
{
    if (m_field->folder().isEmpty()) {
        return {FixReadiness::Kind::Incomplete, m_field->problem()};
    }
    if (m_field->folder() == m_oldFolder) {
        return {FixReadiness::Kind::Incomplete,
                tr("This is the folder as it was. Choose another one.")};
    }
    if (!m_field->problem().isEmpty()) {
        return {FixReadiness::Kind::Wrong, m_field->problem()};
    }
    return {FixReadiness::Kind::Ready, m_field->freeSpace()};
}

} // namespace ui
