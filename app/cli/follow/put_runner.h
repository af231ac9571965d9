// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/follow/new_job_runner.h"

namespace cli {

/// `bhop put`: looks at the file first.
class PutRunner final : public NewJobRunner {
    Q_OBJECT
public:
    PutRunner(const PutRequest &request, const CommandContext &context, ExitHandler onFinished);

    void start() override;

private:
    QStringList m_notices;
};

} // namespace cli
