// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/upload_options.h"

#include "ui/dialogs/hash_field.h"
#include "ui/dialogs/plain_label.h"
#include "ui/dialogs/request_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>

namespace ui {

UploadOptions::UploadOptions(core::JobService *service, QWidget *parent)
    : QWidget(parent)
    , m_protocol(new QComboBox(this))
    , m_hash(new HashField(this))
    , m_existing(new QComboBox(this))
    , m_makeFolders(new QCheckBox(tr("Make folders that are m&issing on the server"), this))
    , m_remark(new PlainLabel(Tone::Problem, this))
{
    using core::UploadProtocol;
    m_protocol->setObjectName(QStringLiteral("protocolBox"));
    m_protocol->addItem(tr("As the server wants it"), int(UploadProtocol::Auto));
    m_protocol->addItem(tr("PUT (WebDAV, object stores)"), int(UploadProtocol::Put));
    m_protocol->addItem(tr("tus (can go on after a break)"), int(UploadProtocol::Tus));
    using core::ExistingFile;
    m_existing->setObjectName(QStringLiteral("existingBox"));
    m_existing->addItem(tr("Ask me"), int(ExistingFile::Ask));
    m_existing->addItem(tr("Replace what is on the server"), int(ExistingFile::Replace));
    m_makeFolders->setObjectName(QStringLiteral("makeFoldersBox"));

    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Send b&y:"), m_protocol);
    m_request = new RequestFields(service, form, this);
    form->addRow(tr("Chec&ksum:"), m_hash);
    form->addRow(tr("If the na&me is taken:"), m_existing);
    form->addRow(m_makeFolders);
    form->addRow(m_remark);
    connect(m_protocol, &QComboBox::currentIndexChanged, this, &UploadOptions::describe);
    connect(m_request, &RequestFields::changed, this, &UploadOptions::describe);
    connect(m_hash, &HashField::textChanged, this, &UploadOptions::describe);
}

core::JobOptions UploadOptions::options(const core::Login &ofAddress) const
{
    core::JobOptions options;
    options.protocol = core::UploadProtocol(m_protocol->currentData().toInt());
    if (!isTus()) {
        options.existing = core::ExistingFile(m_existing->currentData().toInt());
    }
    if (m_makeFolders->isChecked() && !isTus()) {
        options.missingFolder = core::MissingFolder::Create;
    }
    m_request->fill(&options, ofAddress);
    return options;
}

void UploadOptions::setSingleFile(bool isSingle)
{
    m_hash->setSingle(isSingle, tr("For a single file only"));
}

std::optional<core::ExpectedHash> UploadOptions::hash() const
{
    return m_hash->hash();
}

QString UploadOptions::problem() const
{
    const QString wrong = m_request->problem();
    return wrong.isEmpty() ? m_hash->problem() : wrong;
}

bool UploadOptions::isTus() const
{
    return core::UploadProtocol(m_protocol->currentData().toInt()) == core::UploadProtocol::Tus;
}

void UploadOptions::describe()
{
    m_existing->setEnabled(!isTus()); // the server gives names itself
    m_makeFolders->setEnabled(!isTus());
    m_remark->say(problem());
    Q_EMIT changed();
}

} // namespace ui
