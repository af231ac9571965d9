// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/get_runner.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/system/when_ready.h"
#include "core/words/explain.h"
#include "core/words/explain_service.h"

namespace cli {

using namespace Qt::StringLiterals;

void GetRunner::start()
{
    lookAtFolder();
}

/// A folder that cannot take files is better known before there is a job.
void GetRunner::lookAtFolder()
{
    core::whenReady(service()->call<core::message::InspectFolder>({.folder = spec().folder}), this,
                    [this](const core::Answer<core::FolderReport> &report) {
                        if (!report) {
                            refuse(report.error());
                        } else if (report->problem) {
                            reporter()->failed(core::explain(*report));
                            finish(core::ExitCode::Storage);
                        } else if (!isFinished()) {
                            lookAtLinks();
                        }
                    });
}

/// What is fetched anew although a job that has stopped could go on from this link is told, and how
/// to go on with that job instead.
void GetRunner::lookAtLinks()
{
    QStringList links;
    for (const core::FileSpec &file : spec().files) {
        links.append(file.url.toString(QUrl::FullyEncoded));
    }
    core::whenReady(service()->call<core::message::InspectLinks>({.links = links}), this,
                    [this](const core::Answer<QList<core::LinkReport>> &reports) {
                        for (const core::LinkReport &report :
                             reports.value_or(QList<core::LinkReport>())) {
                            if (report.waiting && report.waiting->bytesKept > 0) {
                                tellOf(*report.waiting);
                            }
                        }
                        if (!isFinished()) {
                            add();
                        }
                    });
}

void GetRunner::tellOf(const core::WaitingFile &waiting)
{
    const core::JobId job = waiting.file.job;
    reporter()->notice(job,
                       Words::tr("Job %1 has stopped, with %3 of %2. To let it go on from this "
                                 "link: %4 --url LINK")
                           .arg(core::text(job), terminalText(waiting.name),
                                core::formatBytes(waiting.bytesKept),
                                reporter()->style().command("resume"_L1, job)));
}

} // namespace cli
