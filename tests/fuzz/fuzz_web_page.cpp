// SPDX-License-Identifier: Apache-2.0
#include "core/http/web_page.h"
#include "tests/fuzz/check.h"

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes = bytesOf(data, size);
    const QString title = core::pageTitle(bytes);
    check(title.size() <= 120);
    check(std::ranges::none_of(title, [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    }));
    check(title == title.simplified());
    // White space in front changes nothing of what it is.
    check(core::beginsAsWebPage("\r\n " + bytes) == core::beginsAsWebPage(bytes) ||
          bytes.startsWith("\xef\xbb\xbf"));
    std::ignore = core::asksForPassword(bytes);
    std::ignore = core::isWebPageType(bytes);
    std::ignore = core::isNameOfFile(textOf(data, size));
    return 0;
}
