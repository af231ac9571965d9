// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/fixes/fix_control.h"

class QCheckBox;
class QFormLayout;
class QLineEdit;

namespace ui {

/// The certificate that was refused, to be compared and then trusted. It is ready only once a
/// person says that it was compared, or has given a fingerprint that is the same.
class CertificateControl final : public FixControl {
    Q_OBJECT
public:
    CertificateControl(const FixContext &context, QWidget *parent);

    [[nodiscard]] std::optional<core::Fix> fix() const override;
    [[nodiscard]] FixReadiness readiness() const override;

private:
    void addFacts(QFormLayout *form);
    void addFingerprint(QFormLayout *form);
    void addFact(QFormLayout *form, const QString &label, const QString &value);
    void copy() const;

    core::SeenCertificate m_certificate;
    QString m_origin; ///< that showed it
    QLineEdit *m_given;
    QCheckBox *m_compared;
};

} // namespace ui
