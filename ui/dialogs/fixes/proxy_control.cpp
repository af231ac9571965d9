// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/proxy_control.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QRegularExpression>
#include <QStyle>
#include <QVBoxLayout>

namespace ui {

namespace {

/// Without it, "proxy.example:3128" would read as the scheme "proxy.example".
QUrl addressFrom(const QString &typed)
{
    const bool hasScheme = typed.contains(QStringLiteral("://"));
    return QUrl(hasScheme ? typed : QStringLiteral("http://") + typed, QUrl::StrictMode);
}

/// "direct" stands for no proxy in other places: taken for the name of a computer, it would fail.
bool asksForNoProxy(const QString &typed)
{
    static const QRegularExpression kDirect(QStringLiteral("\\A(direct|none)(:|://)?\\z"),
                                            QRegularExpression::CaseInsensitiveOption);
    return kDirect.match(typed).hasMatch();
}

QString problemOfAddress(const QString &typed, const QUrl &address)
{
    if (asksForNoProxy(typed)) {
        return ProxyControl::tr("To go on without a proxy, choose that below.");
    }
    if (typed.contains(u'@')) {
        return ProxyControl::tr("Put the name and the password into the fields for them.");
    }
    if (!address.isValid()) {
        return ProxyControl::tr("This is no address. Write it like http://proxy.example:3128.");
    }
    if (address.scheme() != u"http" && address.scheme() != u"socks5") {
        return ProxyControl::tr("A proxy begins with http:// or socks5://.");
    }
    if (!core::isUsableProxy(address)) {
        return ProxyControl::tr(
            "This address names no computer. Write it like http://proxy.example:3128.");
    }
    return {};
}

} // namespace

ProxyControl::ProxyControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_cause(context.error.cause)
    , m_oldProxy(context.error.proxy.adjusted(QUrl::RemoveUserInfo))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_this = makeRadio(tr("Through &this proxy:"), "proxyThis");
    layout->addWidget(m_this);
    QWidget *fields = makeFields();
    layout->addWidget(fields);
    m_none = makeRadio(tr("With&out a proxy"), "proxyNone");
    m_system = makeRadio(tr("As this computer is set &up"), "proxySystem");
    layout->addWidget(m_none);
    layout->addWidget(m_system);
    m_this->setChecked(true);
    setFocusProxy(wantsLogin() ? m_user : m_address);

    connect(m_this, &QRadioButton::toggled, fields, &QWidget::setEnabled);
    for (QRadioButton *radio : {m_this, m_none, m_system}) {
        connect(radio, &QRadioButton::toggled, this, &FixControl::changed);
    }
    for (QLineEdit *edit : {m_address, m_user, m_password}) {
        connect(edit, &QLineEdit::textChanged, this, &FixControl::changed);
    }
}

QRadioButton *ProxyControl::makeRadio(const QString &text, const char *name)
{
    auto *radio = new QRadioButton(text, this);
    radio->setObjectName(QLatin1StringView(name));
    return radio;
}

/// What is asked for comes first, and so does its place in the order of Tab.
QWidget *ProxyControl::makeFields()
{
    auto *fields = new QWidget(this);
    auto *form = new QFormLayout(fields);
    const int indent = style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth) +
                       style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing);
    form->setContentsMargins(indent, 0, 0, 0);
    if (wantsLogin()) {
        addLogin(form, fields);
        addAddress(form, fields);
    } else {
        addAddress(form, fields);
        addLogin(form, fields);
    }
    return fields;
}

void ProxyControl::addAddress(QFormLayout *form, QWidget *fields)
{
    m_address = new QLineEdit(m_oldProxy.toString(QUrl::FullyEncoded), fields);
    m_address->setObjectName(QStringLiteral("proxyEdit"));
    m_address->setPlaceholderText(QStringLiteral("http://proxy.example:3128"));
    m_address->selectAll();
    form->addRow(tr("Addr&ess:"), m_address);
}

void ProxyControl::addLogin(QFormLayout *form, QWidget *fields)
{
    m_user = new QLineEdit(fields);
    m_user->setObjectName(QStringLiteral("proxyUserEdit"));
    m_password = new QLineEdit(fields);
    m_password->setObjectName(QStringLiteral("proxyPasswordEdit"));
    m_password->setEchoMode(QLineEdit::Password);
    auto *show = new QCheckBox(tr("&Show the password"), fields);
    show->setObjectName(QStringLiteral("showProxyPassword"));
    if (!wantsLogin()) {
        m_user->setPlaceholderText(tr("If the proxy wants one"));
    }
    form->addRow(tr("User &name:"), m_user);
    form->addRow(tr("Pass&word:"), m_password);
    form->addRow(QString(), show);
    connect(show, &QCheckBox::toggled, this, [this](bool shown) {
        m_password->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    });
}

bool ProxyControl::wantsLogin() const
{
    return m_cause == core::Cause::ProxyLoginRequired;
}

QUrl ProxyControl::typedAddress() const
{
    return addressFrom(m_address->text().trimmed());
}

std::optional<core::Fix> ProxyControl::fix() const
{
    if (readiness().kind != FixReadiness::Kind::Ready) {
        return std::nullopt;
    }
    if (m_none->isChecked()) {
        return core::fix::Proxy{core::noProxy()};
    }
    if (m_system->isChecked()) {
        return core::fix::Proxy{};
    }
    QUrl proxy = typedAddress();
    if (!m_user->text().isEmpty()) {
        proxy.setUserName(m_user->text(), QUrl::DecodedMode);
        proxy.setPassword(m_password->text(), QUrl::DecodedMode);
    }
    return core::fix::Proxy{proxy};
}

FixReadiness ProxyControl::readiness() const
{
    if (m_none->isChecked()) {
        return {FixReadiness::Kind::Ready,
                tr("The servers will then see this computer itself, not the proxy.")};
    }
    return m_system->isChecked() ? FixReadiness() : readinessOfFields();
}

FixReadiness ProxyControl::readinessOfFields() const
{
    const QString typed = m_address->text().trimmed();
    if (typed.isEmpty()) {
        return {FixReadiness::Kind::Incomplete, tr("Enter the address of the proxy.")};
    }
    const QString problem = problemOfAddress(typed, typedAddress());
    if (!problem.isEmpty()) {
        return {FixReadiness::Kind::Wrong, problem};
    }
    if (m_user->text().contains(u':')) {
        // RFC 7617, 2: the first colon ends the name
        return {FixReadiness::Kind::Wrong, tr("A user name cannot have a colon in it.")};
    }
    if (m_user->text().isEmpty() && (wantsLogin() || !m_password->text().isEmpty())) {
        const bool isAsItCame = m_password->text().isEmpty() && typedAddress() == m_oldProxy;
        return {isAsItCame ? FixReadiness::Kind::Incomplete : FixReadiness::Kind::Begun,
                tr("Enter the user name and the password.")};
    }
    if (m_user->text().isEmpty() && typedAddress() == m_oldProxy) {
        return {FixReadiness::Kind::Incomplete,
                tr("This is the proxy as it was. Give another one, or choose how to go on "
                   "without it.")};
    }
    return {};
}

} // namespace ui
