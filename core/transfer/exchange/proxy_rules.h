// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_spec.h"

namespace core {

/// The proxy for an address: the job's own, else what http_proxy, https_proxy, all_proxy and
/// no_proxy say in the environment of whoever commanded the job, else none. Empty: direct, which
/// noProxy() comes to as well.
[[nodiscard]] QUrl proxyFor(const QUrl &url, const JobOptions &options);

} // namespace core
