// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/login_control.h"

#include "core/remedy/question_group.h"
#include "ui/dialogs/plain_label.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>

namespace ui {

LoginControl::LoginControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_user(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_origin(core::serverOf(context.error.url))
    , m_keptName(context.userName)
{
    m_user->setObjectName(QStringLiteral("userEdit"));
    m_password->setObjectName(QStringLiteral("passwordEdit"));
    m_password->setEchoMode(QLineEdit::Password);
    auto *show = new QCheckBox(tr("&Show the password"), this);
    show->setObjectName(QStringLiteral("showPassword"));

    auto *layout = new QFormLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addRow(tr("&User name:"), m_user);
    layout->addRow(tr("Pass&word:"), m_password);
    layout->addRow(QString(), show);
    if (context.error.url.scheme() == QStringLiteral("http")) {
        auto *warning = new PlainLabel(Tone::Problem, this);
        warning->setObjectName(QStringLiteral("unencryptedWarning"));
        layout->addRow(warning);
        warning->say(tr("The connection to %1 is not encrypted: others on the way may read the "
                        "password.")
                         .arg(context.error.url.host()));
    }
    m_user->setText(m_keptName);
    setFocusProxy(context.userName.isEmpty() ? m_user : m_password);

    connect(m_user, &QLineEdit::textChanged, this, &FixControl::changed);
    connect(m_password, &QLineEdit::textChanged, this, &FixControl::changed);
    connect(show, &QCheckBox::toggled, this, [this](bool shown) {
        m_password->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    });
}

std::optional<core::Fix> LoginControl::fix() const
{
    if (readiness().kind != FixReadiness::Kind::Ready) {
        return std::nullopt;
    }
    return core::fix::Login{.login = {.user = m_user->text(), .password = m_password->text()},
                            .origin = m_origin};
}

FixReadiness LoginControl::readiness() const
{
    if (m_user->text().isEmpty()) {
        return {m_password->text().isEmpty() ? FixReadiness::Kind::Incomplete
                                             : FixReadiness::Kind::Begun,
                tr("Enter the user name and the password.")};
    }
    if (!m_keptName.isEmpty() && m_password->text().isEmpty()) {
        return {FixReadiness::Kind::Incomplete, tr("Enter the password again.")};
    }
    if (m_user->text().contains(u':')) {
        // RFC 7617, 2: the first colon ends the name
        return {FixReadiness::Kind::Wrong, tr("A user name cannot have a colon in it.")};
    }
    return {};
}

} // namespace ui
