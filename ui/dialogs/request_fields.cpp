// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/request_fields.h"

#include "ui/dialogs/header_edit.h"
#include "ui/dialogs/header_lines.h"
#include "ui/dialogs/keep_box.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace ui {

RequestFields::RequestFields(core::JobService *service, QFormLayout *form, QWidget *parent)
    : QObject(parent)
    , m_user(new QLineEdit(parent))
    , m_password(new QLineEdit(parent))
    , m_headers(makeHeaderEdit(parent))
    , m_keep(new KeepBox(service, false, parent))
{
    m_user->setObjectName(QStringLiteral("userEdit"));
    m_password->setObjectName(QStringLiteral("passwordEdit"));
    m_password->setEchoMode(QLineEdit::Password);
    form->addRow(tr("&User name:"), m_user);
    form->addRow(tr("&Password:"), m_password);
    form->addRow(tr("&Headers:"), m_headers);
    form->addRow(QString(), m_keep);
    for (QLineEdit *edit : {m_user, m_password}) {
        connect(edit, &QLineEdit::textChanged, this, &RequestFields::changed);
    }
    connect(m_headers, &QPlainTextEdit::textChanged, this, &RequestFields::changed);
}

void RequestFields::fill(core::JobOptions *options, const core::Login &ofAddress) const
{
    options->keepSecrets = m_keep->choice().value_or(false);
    options->headers = parseHeaderLines(m_headers->toPlainText()).fields;
    if (!m_user->text().isEmpty()) {
        options->login = core::Login{.user = m_user->text(), .password = m_password->text()};
    } else if (!ofAddress.user.isEmpty()) {
        options->login = ofAddress;
    }
}

void RequestFields::take(const core::CopiedRequest &request)
{
    QStringList lines;
    for (const auto &[name, value] : request.headers) {
        lines.append(QString::fromUtf8(name + ": " + value));
    }
    m_headers->setPlainText(lines.join(u'\n'));
    m_user->setText(request.user);
    m_password->setText(request.password);
}

QString RequestFields::problem() const
{
    const QString headers = parseHeaderLines(m_headers->toPlainText()).problem;
    if (!headers.isEmpty()) {
        return tr("Headers: %1").arg(headers);
    }
    if (m_user->text().isEmpty() && !m_password->text().isEmpty()) {
        return tr("There is a password but no user name.");
    }
    return {};
}

} // namespace ui
