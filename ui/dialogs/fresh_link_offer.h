// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QHash>
#include <QWidget>

class QCheckBox;

namespace ui {

/// A link that was proven to give the file of a stopped job, and the job it is for.
struct FreshLink {
    core::JobId job;
    core::Fix repair;

    bool operator==(const FreshLink &) const = default;
};

/// Among links that are to be added those that stopped jobs wait for: what most people do first
/// when a link has run out is to add the file again. Offered once the server has shown that it is
/// the same file; a person may still have it fetched anew.
class FreshLinkOffer final : public QWidget {
    Q_OBJECT
public:
    explicit FreshLinkOffer(core::JobService *service, QWidget *parent = nullptr);

    /// The links as they are now.
    void consider(const QList<core::LinkReport> &reports);
    /// Those that are to be used, as the person left it.
    [[nodiscard]] QList<FreshLink> chosen() const;
    [[nodiscard]] bool uses(const QUrl &url) const;

Q_SIGNALS:
    void changed();

private:
    struct Candidate {
        core::WaitingFile waiting;
        bool isProven = false;
    };

    void ask(const QUrl &url, const core::WaitingFile &waiting);
    [[nodiscard]] QList<QUrl> proven() const;
    void describe();

    core::JobService *m_service;
    QHash<QUrl, Candidate> m_candidates;
    QList<QUrl> m_links; ///< of the candidates those that are there now, in order
    QCheckBox *m_use;
};

} // namespace ui
