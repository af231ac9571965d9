// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/add_options.h"

#include "ui/dialogs/plain_label.h"
#include "ui/dialogs/request_fields.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>

namespace ui {

AddOptions::AddOptions(core::JobService *service, QWidget *parent)
    : QWidget(parent)
    , m_hash(new QLineEdit(this))
    , m_existing(new QComboBox(this))
    , m_remark(new PlainLabel(Tone::Problem, this))
{
    m_hash->setObjectName(QStringLiteral("hashEdit"));
    m_hash->setPlaceholderText(QStringLiteral("sha256:…"));
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

    connect(m_hash, &QLineEdit::textChanged, this, &AddOptions::describe);
    connect(m_request, &RequestFields::changed, this, &AddOptions::describe);
}

void AddOptions::setSingleLink(bool isSingle)
{
    m_hash->setEnabled(isSingle);
    m_hash->setPlaceholderText(isSingle ? QStringLiteral("sha256:…")
                                        : tr("For a single link only"));
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
    return m_hash->isEnabled() ? core::recognizeHash(m_hash->text()) : std::nullopt;
}

QString AddOptions::problem() const
{
    if (const QString wrong = m_request->problem(); !wrong.isEmpty()) {
        return wrong;
    }
    if (m_hash->isEnabled() && !m_hash->text().trimmed().isEmpty() && !hash()) {
        return tr("This is not a checksum. Write it as “sha256:” and 64 digits; md5, sha1 and "
                  "sha512 are known too.");
    }
    return {};
}

void AddOptions::describe()
{
    m_remark->say(problem());
    Q_EMIT changed();
}

} // namespace ui
