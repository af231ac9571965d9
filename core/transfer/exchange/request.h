// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/exchange_order.h"

#include <QNetworkRequest>

namespace core {

/// The request for one hop of an exchange: identity coding, HTTP/1.1, redirects, credentials and
/// cookies of QNetworkAccessManager all off. Headers of the job are put in only when the hop has
/// the origin of the job's own address; they never travel across a redirect to another one. Logins
/// go to the origin they are for, once it has asked; cookies are those of the attempt. The login
/// for a proxy is put in only where the request is one to the proxy.
[[nodiscard]] QNetworkRequest requestFor(const ExchangeOrder &order, const QUrl &hop);

} // namespace core
