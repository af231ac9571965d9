// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_spec.h"

#include <QWidget>

class QCheckBox;
class QComboBox;

namespace core {
class JobService;
}

namespace ui {

class HashField;
class PlainLabel;
class RequestFields;

/// What seldom needs to be said when an upload is added: how it is sent, login, headers, checksum,
/// name taken, missing folders.
class UploadOptions final : public QWidget {
    Q_OBJECT
public:
    explicit UploadOptions(core::JobService *service, QWidget *parent = nullptr);

    /// A login that stood in the address is used unless there is one in the fields.
    [[nodiscard]] core::JobOptions options(const core::Login &ofAddress) const;
    /// A checksum belongs to one file.
    void setSingleFile(bool isSingle);
    [[nodiscard]] std::optional<core::ExpectedHash> hash() const;
    /// With tus the server gives names and places itself.
    [[nodiscard]] bool isTus() const;
    /// One sentence; empty when all that is filled in can be used.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void changed();

private:
    void describe();

    QComboBox *m_protocol;
    HashField *m_hash;
    RequestFields *m_request;
    QComboBox *m_existing;
    QCheckBox *m_makeFolders;
    PlainLabel *m_remark;
};

} // namespace ui
