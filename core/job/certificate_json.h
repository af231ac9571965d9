// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/certificate.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

#include <optional>

namespace core {

/// JSON forms of certificates, parts of the forms in job_json.h and as strict as they are: nothing
/// where the object is not one.
[[nodiscard]] QJsonObject toJson(const SeenCertificate &certificate);
[[nodiscard]] std::optional<SeenCertificate> seenCertificateFromJson(const QJsonObject &json);
[[nodiscard]] QJsonArray toJson(const QList<TrustedCertificate> &certificates);
[[nodiscard]] std::optional<QList<TrustedCertificate>>
trustedCertificatesFromJson(const QJsonArray &json);

} // namespace core
