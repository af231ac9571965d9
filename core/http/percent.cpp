// SPDX-License-Identifier: Apache-2.0
#include "core/http/percent.h"

#include "core/http/grammar.h"

namespace core {

namespace {

bool isEscapeAt(QByteArrayView text, qsizetype at)
{
    return text.at(at) == '%' && at + 2 < text.size() && hexValue(text.at(at + 1)) >= 0 &&
           hexValue(text.at(at + 2)) >= 0;
}

} // namespace

QByteArray percentDecoded(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (isEscapeAt(text, at)) {
            out += char(hexValue(text.at(at + 1)) * 16 + hexValue(text.at(at + 2)));
            at += 2;
        } else {
            out += text.at(at);
        }
    }
    return out;
}

bool isPercentEncoded(QByteArrayView text)
{
    bool isEncoded = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text.at(at) != '%') {
            continue;
        }
        if (!isEscapeAt(text, at)) {
            return false;
        }
        isEncoded = true;
        at += 2;
    }
    return isEncoded;
}

} // namespace core
