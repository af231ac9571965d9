// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/curl_command.h"
#include "core/job/job_spec.h"

#include <QWidget>

class QComboBox;

namespace core {
class JobService;
}

namespace ui {

class HashField;
class PlainLabel;
class RequestFields;

/// What seldom needs to be said when a job is added: login, headers, checksum, name taken.
class AddOptions final : public QWidget {
    Q_OBJECT
public:
    explicit AddOptions(core::JobService *service, QWidget *parent = nullptr);

    /// A checksum belongs to one file.
    void setSingleLink(bool isSingle);
    /// What came with a link that was copied as a command for curl.
    void take(const core::CopiedRequest &request);
    /// For the job of this link. A name and password typed as part of it are meant for its server
    /// and are used unless there is a login in the fields.
    [[nodiscard]] core::JobOptions optionsFor(const QString &typedLink) const;
    [[nodiscard]] std::optional<core::ExpectedHash> hash() const;
    /// One sentence; empty when all that is filled in can be used.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void changed();

private:
    void describe();

    RequestFields *m_request;
    HashField *m_hash;
    QComboBox *m_existing;
    PlainLabel *m_remark;
};

} // namespace ui
