// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/hash_field.h"

namespace ui {

HashField::HashField(QWidget *parent)
    : QLineEdit(parent)
{
    setObjectName(QStringLiteral("hashEdit"));
    setSingle(true, {});
}

void HashField::setSingle(bool isSingle, const QString &whenMore)
{
    setEnabled(isSingle);
    setPlaceholderText(isSingle ? QStringLiteral("sha256:…") : whenMore);
}

std::optional<core::ExpectedHash> HashField::hash() const
{
    return isEnabled() ? core::recognizeHash(text()) : std::nullopt;
}

QString HashField::problem() const
{
    const bool isWrong = isEnabled() && !text().trimmed().isEmpty() && !hash();
    return isWrong ? tr("This is not a checksum. Write it as “sha256:” and 64 digits; md5, sha1, "
                        "sha512 and blake2b are known too.")
                   : QString();
}

} // namespace ui
