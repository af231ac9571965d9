// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/content_coding.h"

#include "core/http/content_disposition.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

/// Of the IANA registry, and what servers send besides. Any other word is none.
constexpr std::array<QByteArrayView, 19> kCodings{
    "aes128gcm",  "br",        "bzip",   "bzip2", "compress",     "dcb",  "dcz",
    "deflate",    "exi",       "gzip",   "lzma",  "pack200-gzip", "x-br", "x-bzip2",
    "x-compress", "x-deflate", "x-gzip", "xz",    "zstd",
};

constexpr std::array<QLatin1StringView, 11> kPackedEndings{
    QLatin1StringView(".gz"),   QLatin1StringView(".tgz"),  QLatin1StringView(".svgz"),
    QLatin1StringView(".bz2"),  QLatin1StringView(".tbz2"), QLatin1StringView(".xz"),
    QLatin1StringView(".txz"),  QLatin1StringView(".zst"),  QLatin1StringView(".br"),
    QLatin1StringView(".lzma"), QLatin1StringView(".Z"),
};

bool isPackedName(const QString &name)
{
    return std::ranges::any_of(kPackedEndings, [&name](QLatin1StringView ending) {
        return name.endsWith(ending, Qt::CaseInsensitive);
    });
}

/// QNetworkAccessManager undoes chunks and nothing beside them.
bool isPlainTransfer(const ResponseHead &head)
{
    const QByteArrayList words = head.header("Transfer-Encoding").toLower().split(',');
    return std::ranges::all_of(words, [](const QByteArray &word) {
        const QByteArray coding = word.trimmed();
        return coding.isEmpty() || coding == "chunked" || coding == "identity";
    });
}

bool hasContentCoding(const ResponseHead &head)
{
    const QByteArrayList words = head.header("Content-Encoding").toLower().split(',');
    return std::ranges::any_of(words, [](const QByteArray &word) {
        return std::ranges::find(kCodings, QByteArrayView(word.trimmed())) != kCodings.end();
    });
}

} // namespace

bool isCoded(const ResponseHead &head, const QString &name)
{
    if (!isPlainTransfer(head)) {
        return true;
    }
    return hasContentCoding(head) && !isPackedName(name) && !isPackedName(head.url.path()) &&
           !isPackedName(fileNamesIn(head.header("Content-Disposition")).value(0));
}

} // namespace core
