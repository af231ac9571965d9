// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/put_runner.h"

#include "core/system/when_ready.h"
#include "core/words/explain_service.h"

#include <QDir>

namespace cli {

PutRunner::PutRunner(const PutRequest &request, const CommandContext &context,
                     ExitHandler onFinished)
    : NewJobRunner(static_cast<const NewJobRequest &>(request), context, std::move(onFinished))
    , m_notices(request.notices)
{
}

/// A file that cannot be read is better known before there is a job.
void PutRunner::start()
{
    const QString path = QDir(spec().folder).filePath(spec().files.first().name);
    core::whenReady(service()->call<core::message::InspectSource>({.path = path}), this,
                    [this](const core::Answer<core::SourceReport> &report) {
                        if (!report) {
                            refuse(report.error());
                        } else if (report->problem) {
                            reporter()->failed(core::explain(*report));
                            finish(core::exitCodeFor(*report->problem));
                        } else if (!isFinished()) {
                            for (const QString &text : std::as_const(m_notices)) {
                                reporter()->notice({}, text);
                            }
                            add();
                        }
                    });
}

} // namespace cli
