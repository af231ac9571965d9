// SPDX-License-Identifier: Apache-2.0
#include "core/http/digest.h"
#include "core/http/headers.h"
#include "tests/fuzz/check.h"

#include <algorithm>

namespace {

bool isLowerHex(const QByteArray &text)
{
    return std::ranges::all_of(
        text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

void keepsItsPromise(const std::optional<core::StatedDigest> &digest)
{
    if (!digest) {
        return;
    }
    const bool isLong = digest->algorithm == core::StatedDigest::Algorithm::Sha512;
    check(digest->digestHex.size() == (isLong ? 128 : 64) && isLowerHex(digest->digestHex));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray value = bytesOf(data, size);
    const auto stated = core::parseReprDigest(value);
    keepsItsPromise(stated);
    keepsItsPromise(core::parseInstanceDigest(value));
    // What says something is of the grammar, and is read the same with white space around it.
    check(!stated || core::isFieldValue(value));
    check(!stated || core::parseReprDigest(" " + value + "\t") == stated);
    return 0;
}
