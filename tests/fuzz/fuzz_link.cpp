// SPDX-License-Identifier: Apache-2.0
#include "core/http/link.h"
#include "core/http/origin.h"
#include "tests/fuzz/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString typed = textOf(data, size);
    const auto link = core::parseLink(typed);
    if (link) {
        const QByteArray encoded = link->url.toEncoded();
        check(encoded.size() <= core::kMaxLinkLength && link->url.userInfo().isEmpty());
        for (const char c : encoded) {
            check(c > 0x20 && c < 0x7f);
        }
        // Read again it is the same, and so is its origin.
        const auto again = core::parseLink(QString::fromLatin1(encoded));
        check(again.has_value() && again->url.toEncoded() == encoded);
        const core::Origin origin = core::originOf(link->url);
        check(core::originOf(QUrl(core::text(origin))) == origin);
    } else {
        check(core::quotableLink(typed).size() <= 80);
    }
    return 0;
}
