// SPDX-License-Identifier: Apache-2.0
#include "core/http/curl_command.h"
#include "core/http/headers.h"
#include "tests/fuzz/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto request = core::parseCurlCommand(QStringLiteral("curl ") + textOf(data, size));
    if (request) {
        check(request->url.isValid() && request->url.userInfo().isEmpty());
        for (const auto &[name, value] : request->headers) {
            check(core::isFieldName(name) && core::isFieldValue(value));
            check(!core::isReservedFieldName(name));
        }
    }
    return 0;
}
