// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QHash>

/// Answers the questions dialogs ask, from the event loop like a real engine, and counts every
/// message that would change something.
class ScriptedService final : public core::JobService {
    Q_OBJECT
public:
    using core::JobService::JobService;

    core::Settings settings;
    QHash<QString, core::FolderReport> folders; ///< others are fine and have room
    QList<core::FileSnapshot> files;
    int commands = 0;  ///< messages other than questions
    int inspected = 0; ///< links asked about

    /// A link is good when it is http or https and has a host.
    [[nodiscard]] static core::LinkReport reportOn(const QString &typed);

protected:
    void post(core::AnyCall call) override;

private:
    void answer(core::Call<core::message::Inspect> call);
    void answer(core::Call<core::message::Volumes> call);
    void answer(core::Call<core::message::GetSettings> call);
    void answer(core::Call<core::message::Files> call);
    template <typename Other>
    void answer(core::Call<Other>)
    {
        ++commands; // dropped: answered by EngineGone
    }
};
