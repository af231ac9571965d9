// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/check_report.h"
#include "core/job/job_snapshot.h"
#include "core/remedy/fix.h"

#include <QString>

namespace core {

/// The answer of a check in the words of the person who waits for it.
struct CheckWords {
    enum class Verdict {
        Good,    ///< the job can go on with it
        SameNo,  ///< what stopped the job would stop it again
        OtherNo, ///< something else would
    };
    Verdict verdict = Verdict::Good;
    QString text; ///< one or two sentences

    bool operator==(const CheckWords &) const = default;
};

template <>
struct EnumRows<CheckWords::Verdict> {
    static constexpr std::array rows{
        EnumRow{CheckWords::Verdict::Good, "Good"},
        EnumRow{CheckWords::Verdict::SameNo, "SameNo"},
        EnumRow{CheckWords::Verdict::OtherNo, "OtherNo"},
    };
};

/// `question`: what stopped the job.
[[nodiscard]] CheckWords explain(const CheckReport &report,
                                 const std::optional<JobError> &question);
/// The same where nothing else says what these repairs do: where no server was asked, that too.
[[nodiscard]] CheckWords explainFor(const JobSnapshot &job, const Fixes &fixes,
                                    const CheckReport &report,
                                    const std::optional<JobError> &question);

} // namespace core
