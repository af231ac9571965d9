// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QUrl>

namespace core {

/// The proxy for an address: the job's own, else what http_proxy, https_proxy, all_proxy and
/// no_proxy of the environment say, else none. Empty: direct, which noProxy() comes to as well.
[[nodiscard]] QUrl proxyFor(const QUrl &url, const QUrl &jobProxy);

} // namespace core
