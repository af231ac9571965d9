// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/curl_command.h"
#include "core/job/job_spec.h"

#include <QObject>

class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QWidget;

namespace core {
class JobService;
}

namespace ui {

class KeepBox;

/// The rows of a form that say how the server is asked: login and headers.
class RequestFields final : public QObject {
    Q_OBJECT
public:
    /// Makes the rows at the end of the form, which is the parent's.
    RequestFields(core::JobService *service, QFormLayout *form, QWidget *parent);

    /// A login that stood in the address is used unless there is one in the fields.
    void fill(core::JobOptions *options, const core::Login &ofAddress) const;
    /// Puts the headers and the login of a request that was copied from a browser into the fields.
    void take(const core::CopiedRequest &request);
    /// One sentence; empty when all that is filled in can be used.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void changed();

private:
    QLineEdit *m_user;
    QLineEdit *m_password;
    QPlainTextEdit *m_headers;
    KeepBox *m_keep;
};

} // namespace ui
