// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/certificate_control.h"

#include "core/remedy/question_group.h"
#include "core/words/explain.h"
#include "core/words/sentence.h"
#include "ui/dialogs/fixed_text.h"
#include "ui/dialogs/plain_label.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace ui {

namespace {

constexpr qsizetype kPairsInALine = 16;
/// A certificate may be made out to thousands.
constexpr qsizetype kNamesShown = 4;

QString someNames(const QStringList &names)
{
    QStringList shown;
    for (const QString &name : names.first(std::min(names.size(), kNamesShown))) {
        shown += core::plain(name);
    }
    const QString text = shown.join(QStringLiteral(", "));
    return names.size() <= kNamesShown ? text : core::andMore(text, names.size() - kNamesShown);
}

} // namespace

CertificateControl::CertificateControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_certificate(context.error.certificate.value_or(core::SeenCertificate()))
    , m_origin(core::serverOf(context.error.url))
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    if (context.error.cause == core::Cause::CertificateChanged) {
        auto *note = new PlainLabel(Tone::Plain, this);
        note->setObjectName(QStringLiteral("changedNote"));
        note->say(tr("Another certificate was trusted for this server in this job. The one below "
                     "is not that one."));
        form->addRow(note);
    }
    addFacts(form);
    addFingerprint(form);

    m_compared =
        new QCheckBox(tr("I have co&mpared the fingerprint, and it is the right one"), this);
    m_compared->setObjectName(QStringLiteral("comparedCheck"));
    form->addRow(QString(), m_compared);
    setFocusProxy(m_given);

    connect(m_given, &QLineEdit::textChanged, this, &FixControl::changed);
    connect(m_compared, &QCheckBox::toggled, this, &FixControl::changed);
}

void CertificateControl::addFact(QFormLayout *form, const QString &label, const QString &value)
{
    auto *shown = new PlainLabel(Tone::Plain, this);
    form->addRow(topLabel(label), shown);
    shown->say(value);
}

void CertificateControl::addFacts(QFormLayout *form)
{
    const QString nobody = tr("nobody");
    const QString subject = core::plain(m_certificate.subject);
    const QString issuer = core::plain(m_certificate.issuer);
    addFact(form, tr("Made out to:"), subject.isEmpty() ? nobody : subject);
    if (!m_certificate.names.isEmpty()) {
        addFact(form, tr("Good for:"), someNames(m_certificate.names));
    }
    addFact(form, tr("Vouched for by:"),
            m_certificate.issuer == m_certificate.subject ? tr("nobody but itself")
            : issuer.isEmpty()                            ? nobody
                                                          : issuer);
    addFact(form, tr("Good from:"),
            tr("%1 until %2")
                .arg(core::formatDay(m_certificate.notBefore),
                     core::formatDay(m_certificate.notAfter)));
}

void CertificateControl::addFingerprint(QFormLayout *form)
{
    auto *digits = new FixedText(kPairsInALine * 3, this);
    digits->setObjectName(QStringLiteral("fingerprint"));
    digits->setAccessibleName(tr("SHA-256 fingerprint of the certificate"));
    digits->say(core::formatFingerprint(m_certificate.sha256Hex));
    auto *copyButton = new QPushButton(tr("Cop&y"), this);
    copyButton->setObjectName(QStringLiteral("copyFingerprintButton"));
    copyButton->setAccessibleDescription(tr("Copies the fingerprint in one line"));
    copyButton->setAutoDefault(false);
    connect(copyButton, &QPushButton::clicked, this, &CertificateControl::copy);
    auto *row = new QHBoxLayout;
    row->addWidget(digits, 0, Qt::AlignTop);
    row->addWidget(copyButton, 0, Qt::AlignVCenter);
    row->addStretch(1);
    form->addRow(topLabel(tr("SHA-256:")), row);

    m_given = new QLineEdit(this);
    m_given->setObjectName(QStringLiteral("fingerprintEdit"));
    m_given->setPlaceholderText(tr("Paste the fingerprint that the owner of the server names"));
    form->addRow(tr("Compare &with:"), m_given);
}

std::optional<core::Fix> CertificateControl::fix() const
{
    if (readiness().kind != FixReadiness::Kind::Ready) {
        return std::nullopt;
    }
    return core::fix::TrustCertificate{m_certificate.sha256Hex, m_origin};
}

FixReadiness CertificateControl::readiness() const
{
    const QString typed = m_given->text().trimmed();
    const QByteArray given = core::parseFingerprint(typed);
    if (!given.isEmpty() && given != m_certificate.sha256Hex) {
        return {FixReadiness::Kind::Wrong,
                tr("This is the fingerprint of another certificate. Do not trust the one above.")};
    }
    if (!given.isEmpty()) {
        return {FixReadiness::Kind::Ready, tr("The fingerprint is the same.")};
    }
    if (!typed.isEmpty()) {
        return {FixReadiness::Kind::Wrong,
                tr("This is no SHA-256 fingerprint: it has 64 digits, 0 to 9 and A to F.")};
    }
    if (!m_compared->isChecked()) {
        return {FixReadiness::Kind::Incomplete,
                tr("Compare the fingerprint with the one you were given first.")};
    }
    return {};
}

void CertificateControl::copy() const
{
    QGuiApplication::clipboard()->setText(core::formatFingerprint(m_certificate.sha256Hex));
}

} // namespace ui
