// SPDX-License-Identifier: Apache-2.0
#include "core/http/content_disposition.h"
#include "core/http/file_name.h"
#include "tests/fuzz/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray field = bytesOf(data, size);
    for (const QString &name : core::fileNamesIn(field)) {
        check(!name.trimmed().isEmpty());
    }
    const QString chosen = core::chooseFileName(field, QUrl(), QUrl());
    check(!chosen.isEmpty() && core::safeFileName(chosen) == chosen);
    return 0;
}
