// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/hash_control.h"

#include "ui/dialogs/fixed_text.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QStyle>

namespace ui {

namespace {

/// SHA-256 takes one line, SHA-512 two.
constexpr qsizetype kDigitsInALine = 64;

} // namespace

HashControl::HashControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_wanted(context.error.wantedHash)
    , m_found(context.error.foundHash)
    , m_fileIndex(context.error.fileIndex)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    if (m_wanted) {
        addDigest(form, tr("Expected %1:"), "wantedHash", *m_wanted);
    }
    if (m_found) {
        addDigest(form, tr("Found %1:"), "foundHash", *m_found);
    }
    m_this = new QRadioButton(tr("Compare with &this one:"), this);
    m_this->setObjectName(QStringLiteral("hashThis"));
    m_this->setChecked(true);
    form->addRow(m_this);
    m_edit = new QLineEdit(this);
    m_edit->setObjectName(QStringLiteral("hashEdit"));
    m_edit->setAccessibleName(tr("The right checksum"));
    m_edit->setPlaceholderText(tr("sha256:…, the digits alone, or a line of a list of checksums"));
    m_edit->setMaxLength(4096); // a line of a list may hold a long name
    auto *indented = new QHBoxLayout;
    indented->addSpacing(style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth) +
                         style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing));
    indented->addWidget(m_edit);
    form->addRow(indented);
    m_none = new QRadioButton(tr("Compare with n&one"), this);
    m_none->setObjectName(QStringLiteral("hashNone"));
    form->addRow(m_none);
    setFocusProxy(m_edit);

    connect(m_edit, &QLineEdit::textChanged, this, &FixControl::changed);
    connect(m_this, &QRadioButton::toggled, this, [this](bool checked) {
        m_edit->setEnabled(checked);
        Q_EMIT changed();
    });
}

void HashControl::addDigest(QFormLayout *form, const QString &title, const char *name,
                            const core::ExpectedHash &hash)
{
    const QString label = title.arg(core::label(hash.algorithm));
    auto *digits = new FixedText(kDigitsInALine, this);
    digits->setObjectName(QLatin1StringView(name));
    digits->setAccessibleName(label);
    digits->say(QString::fromLatin1(hash.digestHex));
    form->addRow(topLabel(label), digits);
}

std::optional<core::Fix> HashControl::fix() const
{
    if (readiness().kind != FixReadiness::Kind::Ready) {
        return std::nullopt;
    }
    return core::fix::OtherHash{
        m_none->isChecked() ? std::nullopt : core::recognizeHash(m_edit->text()), m_fileIndex};
}

FixReadiness HashControl::readiness() const
{
    if (m_none->isChecked()) {
        return {FixReadiness::Kind::Ready,
                tr("Whether the file is damaged is then not looked at.")};
    }
    if (m_edit->text().trimmed().isEmpty()) {
        return {FixReadiness::Kind::Incomplete,
                tr("Paste the right checksum first, or choose none.")};
    }
    const auto hash = core::recognizeHash(m_edit->text());
    if (!hash) {
        return {FixReadiness::Kind::Wrong,
                tr("This is not one whole checksum. Those of md5, sha1, sha256, sha512 "
                   "and blake2b are known.")};
    }
    return readinessOf(*hash);
}

FixReadiness HashControl::readinessOf(const core::ExpectedHash &hash) const
{
    if (m_found && hash == *m_found) {
        return {FixReadiness::Kind::Ready, tr("This is the checksum that the file has.")};
    }
    if (m_wanted && hash == *m_wanted) {
        return {FixReadiness::Kind::Incomplete,
                tr("This is the checksum as it was. Paste another one.")};
    }
    if (m_found && hash.algorithm == m_found->algorithm) {
        return {FixReadiness::Kind::Wrong, tr("The file does not have this checksum either.")};
    }
    return {
        FixReadiness::Kind::Ready,
        tr("The file will be compared with this %1 checksum.").arg(core::label(hash.algorithm))};
}

} // namespace ui
