// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/add_options.h"

#include "ui/dialogs/hash_field.h"
#include "ui/dialogs/plain_label.h"
#include "ui/dialogs/request_fields.h"

#include <QComboBox>
#include <QFormLayout>

namespace ui {

AddOptions::AddOptions(core::JobService *service, QWidget *parent)
    : QWidget(parent)
    , m_hash(new HashField(this))
    , m_existing(new QComboBox(this))
    , m_remark(new PlainLabel(Tone::Problem, this))
{
    m_existing->setObjectName(QStringLiteral("existingBox"));
    using core::ExistingFile;
    m_existing->addItem(tr("Ask me"), int(ExistingFile::Ask));
    m_existing->addItem(tr("Keep both"), int(ExistingFile::KeepBoth));
    m_existing->addItem(tr("Replace the old file"), int(ExistingFile::Replace));
    m_existing->addItem(tr("Do not download it again"), int(ExistingFile::Skip));

    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    m_request = new RequestFields(service, form, this);
    form->addRow(tr("Chec&ksum:"), m_hash);
    form->addRow(tr("If the na&me is taken:"), m_existing);
    form->addRow(m_remark);

    connect(m_hash, &HashField::textChanged, this, &AddOptions::describe);
    connect(m_request, &RequestFields::changed, this, &AddOptions::describe);
}

void AddOptions::setSingleLink(bool isSingle)
{
    m_hash->setSingle(isSingle, tr("For a single link only"));
}

void AddOptions::take(const core::CopiedRequest &request)
{
    m_request->take(request);
}

core::JobOptions AddOptions::optionsFor(const QString &typedLink) const
{
    core::JobOptions options;
    options.existing = core::ExistingFile(m_existing->currentData().toInt());
    const QUrl link(typedLink);
    m_request->fill(&options, {.user = link.userName(QUrl::FullyDecoded),
                               .password = link.password(QUrl::FullyDecoded)});
    return options;
}

std::optional<core::ExpectedHash> AddOptions::hash() const
{
    return m_hash->hash();
}

QString AddOptions::problem() const
{
    const QString wrong = m_request->problem();
    return wrong.isEmpty() ? m_hash->problem() : wrong;
}

void AddOptions::describe()
{
    m_remark->say(problem());
    Q_EMIT changed();
}

} // namespace ui
