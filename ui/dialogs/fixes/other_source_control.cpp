// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/other_source_control.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

OtherSourceControl::OtherSourceControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_edit(new QLineEdit(context.error.localPath, this))
{
    auto *label = new QLabel(tr("F&ile:"), this);
    label->setBuddy(m_edit);
    auto *button = new QPushButton(tr("&Choose…"), this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_edit, 1);
    layout->addWidget(button);
    setFocusProxy(m_edit);

    connect(m_edit, &QLineEdit::textChanged, this, &FixControl::changed);
    connect(button, &QPushButton::clicked, this, &OtherSourceControl::choose);
    m_edit->selectAll();
}

std::optional<core::Fix> OtherSourceControl::fix() const
{
    if (readiness().kind != FixReadiness::Kind::Ready) {
        return std::nullopt;
    }
    return core::fix::OtherSource{QDir::cleanPath(m_edit->text())};
}

FixReadiness OtherSourceControl::readiness() const
{
    const QString path = m_edit->text();
    if (!QDir::isAbsolutePath(path) || QFileInfo(path).fileName().isEmpty()) {
        return {FixReadiness::Kind::Incomplete, tr("Choose the file that is to be sent.")};
    }
    return {FixReadiness::Kind::Ready, {}};
}

void OtherSourceControl::choose()
{
    auto *dialog = new QFileDialog(this, tr("Choose the file to send"),
                                   QFileInfo(m_edit->text()).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_edit, &QLineEdit::setText);
    dialog->open();
}

} // namespace ui
