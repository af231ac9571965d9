// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/adopt_runner.h"

#include "app/cli/print/words.h"
#include "core/system/when_ready.h"

#include <QFileInfo>

namespace cli {

AdoptRunner::AdoptRunner(AdoptRequest request, const CommandContext &context,
                         ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
    , m_request(std::move(request))
{
}

void AdoptRunner::start()
{
    if (m_request.link) {
        adopt();
    } else {
        list();
    }
}

/// In the folder that was named, or in that of the file that was.
void AdoptRunner::list()
{
    const QFileInfo named(m_request.path);
    if (!m_request.path.isEmpty() && !named.exists()) {
        reporter()->failed(Words::tr("There is no file or folder %1.").arg(m_request.path));
        finish(core::ExitCode::Storage);
        return;
    }
    const bool isFile = !m_request.path.isEmpty() && named.isFile();
    const QString folder = isFile ? named.absolutePath() : m_request.path;
    core::whenReady(service()->call<core::message::FindParts>({.folder = folder}), this,
                    [this](const core::Answer<QList<core::LonePart>> &parts) {
                        if (!parts) {
                            refuse(parts.error());
                            return;
                        }
                        reporter()->loneParts(*parts);
                        finish(core::ExitCode::Done);
                    });
}

void AdoptRunner::adopt()
{
    core::whenReady(
        service()->call<core::message::Adopt>({.path = m_request.path, .url = *m_request.link}),
        this, [this](const core::Answer<core::JobId> &id) {
            if (!id) {
                refuse(id.error());
                return;
            }
            lookUp({*id}, [this](const Jobs &jobs) { tell(jobs.first()); });
        });
}

void AdoptRunner::tell(const core::JobSnapshot &job)
{
    reporter()->state(job);
    const QString resume = reporter()->style().command(QLatin1StringView("resume"), job.id);
    reporter()->done(Words::tr("The unfinished file is job %1 now. \"%2\" goes on with it.")
                         .arg(core::text(job.id), resume));
    finish(core::ExitCode::Done);
}

} // namespace cli
