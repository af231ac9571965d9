// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/add_options.h"

#include "ui/dialogs/header_edit.h"
#include "ui/dialogs/plain_label.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace ui {

AddOptions::AddOptions(QWidget *parent)
    : QWidget(parent)
    , m_user(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_headers(makeHeaderEdit(this))
    , m_hash(new QLineEdit(this))
    , m_existing(new QComboBox(this))
    , m_remark(new PlainLabel(Tone::Problem, this))
{
    m_user->setObjectName(QStringLiteral("userEdit"));
    m_password->setObjectName(QStringLiteral("passwordEdit"));
    m_password->setEchoMode(QLineEdit::Password);
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
    form->addRow(tr("&User name:"), m_user);
    form->addRow(tr("&Password:"), m_password);
    form->addRow(tr("&Headers:"), m_headers);
    form->addRow(tr("Chec&ksum:"), m_hash);
    form->addRow(tr("If the na&me is taken:"), m_existing);
    form->addRow(m_remark);

    for (QLineEdit *edit : {m_user, m_password, m_hash}) {
        connect(edit, &QLineEdit::textChanged, this, &AddOptions::describe);
    }
    connect(m_headers, &QPlainTextEdit::textChanged, this, &AddOptions::describe);
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
    options.headers = parseHeaderLines(m_headers->toPlainText()).fields;
    if (!m_user->text().isEmpty()) {
        options.login = core::Login{.user = m_user->text(), .password = m_password->text()};
    }
    const QUrl link(typedLink);
    if (!options.login && !link.userName().isEmpty()) {
        options.login = core::Login{.user = link.userName(QUrl::FullyDecoded),
                                    .password = link.password(QUrl::FullyDecoded)};
    }
    return options;
}

std::optional<core::ExpectedHash> AddOptions::hash() const
{
    return m_hash->isEnabled() ? core::recognizeHash(m_hash->text()) : std::nullopt;
}

QString AddOptions::problem() const
{
    const QString headers = parseHeaderLines(m_headers->toPlainText()).problem;
    if (!headers.isEmpty()) {
        return tr("Headers: %1").arg(headers);
    }
    if (m_user->text().isEmpty() && !m_password->text().isEmpty()) {
        return tr("There is a password but no user name.");
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
