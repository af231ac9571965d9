// SPDX-License-Identifier: Apache-2.0
#include "core/http/file_name.h"
#include "core/http/name_characters.h"
#include "tests/fuzz/check.h"

namespace {

/// Joiners stay within a name, where they say how the letters beside them are written.
bool isJoiner(QChar c)
{
    return c == core::kZeroWidthJoiner || c == core::kZeroWidthNonJoiner;
}

void checkName(const QString &name)
{
    if (name.isEmpty()) {
        return;
    }
    check(name.isValidUtf16());
    for (const QChar c : name) {
        check(c != u'/' && c != u'\\' && c.category() != QChar::Other_Control);
        check(c.category() != QChar::Other_Format || isJoiner(c));
    }
    check(!isJoiner(name.front()) && !isJoiner(name.back()));
    check(!name.startsWith(u'.') && !name.endsWith(u'.'));
    check(!name.startsWith(u' ') && !name.endsWith(u' '));
    check(name.toUtf8().size() <= core::kMaxFileNameBytes - core::kFileNameReserveBytes);
    check(core::safeFileName(name) == name);
    check(core::numbered(name, 2147483647).toUtf8().size() <= core::kMaxFileNameBytes);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    checkName(core::safeFileName(textOf(data, size)));
    const QUrl url = QUrl::fromEncoded("https://example.org/" + bytesOf(data, size));
    checkName(core::fileNameFrom(url));
    return 0;
}
